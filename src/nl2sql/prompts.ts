import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { PromptName } from './client/complete.ts'

const head = z.strictObject({
  version: z.number().int().positive(),
  /** The model's name; absent: the usual one (`OPENAI_MODEL`). */
  model: z.string().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** Of a text that is tried beside the current one (`plan.next.md`): how often it is taken, 0 to 1. */
  share: z.number().min(0).max(1).optional(),
})

/** A text of `prompts/`, with what stands in its head. */
export type Prompt = PromptName & { model?: string; temperature?: number; text: string }

/** A text, and the one that is tried beside it. */
export type Prompts = { current: Prompt; next?: Prompt & { share: number } }

/** The text that questions are worked out with. */
export const shippedPlan = new URL('../../prompts/plan.md', import.meta.url)

/** Reads `<name>.md`, and `<name>.next.md` when there is one. Throws when the head is not as it must be. */
export const readPrompts = async (file: URL): Promise<Prompts> => {
  const name = file.pathname.replace(/^.*\/prompts\//, '').replace(/\.md$/, '')
  const current = read(name, await readFile(file, 'utf8'))
  const beside = await readFile(new URL(file.href.replace(/\.md$/, '.next.md')), 'utf8').catch(() => undefined)
  if (beside === undefined) return { current }
  const { share = 0, ...next } = read(name, beside)
  return { current, next: { ...next, share } }
}

/** The text for a conversation: always the same one for the same key, and the tried one as often as its share says. */
export const choosePrompt = ({ current, next }: Prompts, key: string): Prompt => {
  if (!next) return current
  const place = createHash('sha256').update(key).digest().readUInt32BE(0) / 2 ** 32
  return place < next.share ? next : current
}

/** Puts the parts in for `{{name}}`. A part is put in as it is; what it holds is not looked at again. Throws when one is missing. */
export const fillIn = (text: string, parts: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name]
    if (part === undefined) throw new Error(`A prompt asks for {{${name}}}, which nobody gives.`)
    return part
  })

const read = (name: string, file: string): Prompt & { share?: number } => {
  const [, front = '', text = ''] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(file) ?? []
  const found = head.safeParse(parse(front))
  if (!found.success) throw new Error(`prompts/${name}.md: its head ${z.prettifyError(found.error)}`)
  return { name, ...found.data, text: text.trim() }
}
