import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** What a preview of Teams consists of besides its card, and what it may do. */
export type TeamsParts = { scripts: string[]; style: string; logo: string; policy: string }

/** Reads the parts with the first preview and keeps them (about 1 MB). */
export const createTeamsParts = (): (() => Promise<TeamsParts>) => {
  let parts: Promise<TeamsParts> | undefined
  return () => {
    parts ??= readParts()
    return parts
  }
}

const readParts = async (): Promise<TeamsParts> => {
  const own = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')
  const [renderer, start, looks, icon, fonts] = await Promise.all([
    readFile(packaged('adaptivecards/dist/adaptivecards.min.js'), 'utf8'),
    own('./preview/teams.js'),
    own('./preview/teams.css'),
    own('./page/icon.svg'),
    Promise.all(faces.map(fontFace)),
  ])
  const scripts = [renderer, start]
  const style = [...fonts, looks].join('\n')
  const logo = `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`
  return { scripts, style, logo, policy: policy(scripts, style) }
}

/**
 * The page has everything inside and runs these two scripts only. It has no origin: whatever went wrong in it could reach neither the room nor
 * any other address. The three policies are those that the official renderer makes when it is loaded.
 */
const policy = (scripts: string[], style: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${['deprecatedExportedFunctionPolicy', 'markdownPassthroughPolicy', 'restoreContentsPolicy'].map(name => `adaptivecards#${name}`).join(' ')}`,
    'sandbox allow-scripts',
  ].join('; ')

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const faces = [
  { file: 'Inter-Regular-subset.woff2', weight: 400 },
  { file: 'Inter-SemiBold-subset.woff2', weight: 600 },
]

const fontFace = async ({ file, weight }: (typeof faces)[number]) => {
  const font = await readFile(packaged(`inter-ui/web-latin/${file}`))
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${font.toString('base64')})}`
}

const packaged = (path: string) => fileURLToPath(import.meta.resolve(path))
