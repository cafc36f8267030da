import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type PageFile = { body: Uint8Array<ArrayBuffer>; type: string; tag: string }

const names = [
  'index.html',
  'base.css',
  'room.css',
  'answer.css',
  'details.css',
  'files.css',
  'actions.css',
  'replies.css',
  'icon.svg',
  'theme-first.js',
  'room.js',
  'answer.js',
  'announce.js',
  'ask.js',
  'choices.js',
  'composer.js',
  'copy.js',
  'dom.js',
  'domain.js',
  'feedback.js',
  'file-turn.js',
  'files.js',
  'icons.js',
  'panels.js',
  'picture.js',
  'previews.css',
  'previews.js',
  'send-file.js',
  'slack-preview.css',
  'start.js',
  'theme.js',
  'turn.js',
]

/** Files of packages, under a name of ours. */
const packaged = [
  ['inter.woff2', 'inter-ui/variable/InterVariable.woff2'],
  ['slack-blocks.css', 'slack-blocks-to-jsx/dist/style.css'],
] as const

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  woff2: 'font/woff2',
}

/** The page's files by name, read once. Only names of this list are ever served, so no path can lead elsewhere. */
export const readPageFiles = async (): Promise<ReadonlyMap<string, PageFile>> => {
  const own = names.map(name => [name, new URL(`./page/${name}`, import.meta.url)] as const)
  const others = packaged.map(([name, path]) => [name, new URL(import.meta.resolve(path))] as const)
  return new Map(
    await Promise.all([...own, ...others].map(async ([name, url]) => [name, await pageFile(name, url)] as const)),
  )
}

const pageFile = async (name: string, url: URL): Promise<PageFile> => {
  const body = new Uint8Array(await readFile(fileURLToPath(url)))
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return { body, type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', tag }
}
