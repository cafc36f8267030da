import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/** One kind of wish: what a person reads to decide whether a text belongs to it, and texts that do. */
export type Cluster = { id: number; name: string; description: string; examples: string[] }

export type Clusters = {
  /** Changes when a text may belong elsewhere than before; what was found under another one is not used. */
  version: number
  /** Where everything belongs that fits none of the others. */
  catchAll: number
  /** How to decide, for all of them. */
  rules: string
  clusters: Cluster[]
}

const file = new URL('../../../../prompts/support/clusters.md', import.meta.url)

let kept: Clusters | undefined

/** The clusters as `prompts/support/clusters.md` describes them. Read once. */
export const readClusters = (): Clusters => {
  kept ??= parseClusters(readFileSync(file, 'utf8'))
  return kept
}

const frontMatter = z.strictObject({ version: z.number().int().positive(), catch_all: z.number().int() })

/** Front matter, rules, then one `## <id>. <name>` a cluster with its description and a list of examples. */
export const parseClusters = (text: string): Clusters => {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? []
  const { version, catch_all: catchAll } = frontMatter.parse(parse(head))
  const [intro = '', ...sections] = body.split(/^## /m)
  const clusters = sections.map(readSection)
  if (!clusters.some(({ id }) => id === catchAll)) throw new TypeError(`No cluster has the number ${catchAll}`)
  return { version, catchAll, rules: unwrapped(intro.replace(/^# .*$/m, '')), clusters }
}

const readSection = (section: string): Cluster => {
  const [, id = '', name = '', rest = ''] = /^(\d+)\. (.+)\n([\s\S]*)$/.exec(section) ?? []
  if (name === '') throw new TypeError(`This is no cluster: ## ${section.slice(0, 60)}`)
  const examples = [...rest.matchAll(/^- (.+)$/gm)].map(([, example = '']) => example.trim())
  return { id: Number(id), name: name.trim(), description: unwrapped(rest.replace(/^- .*$/gm, '')), examples }
}

const unwrapped = (text: string) =>
  text
    .split(/\n{2,}/)
    .map(paragraph => paragraph.replace(/\s+/g, ' ').trim())
    .filter(paragraph => paragraph !== '')
    .join('\n\n')
