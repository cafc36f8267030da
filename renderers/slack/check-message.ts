import { z } from 'zod'
import { homeBlock, messageBlock, modalBlock, viewText } from './check-blocks.ts'

/**
 * Why Slack would refuse a message or a view, or why it must not leave: "/blocks/2/text/text: …", one entry each, none when it may be sent.
 * Knows nothing of what built it. Everything is on a positive list: block types per surface, keys, and in texts no markup and no character that steers.
 */
export const problemsOf = (payload: unknown): string[] => {
  const found = { modal, home, message }[kindOf(payload)].safeParse(payload)
  const issues = found.success ? [] : found.error.issues.map(i => `${pointer(i.path)}: ${i.message}`)
  return [...issues, ...charactersThatSteer(payload, '')]
}

/** Slack's own count is in no page; others measured about 13,200 (https://github.com/slackapi/bolt-js/issues/2509). */
const messageSize = 13_200
/** `chat.update` counts bytes and refuses more (`msg_too_long`); `chat.postMessage` would take ten times as much. */
const textBytes = 4000

const fallback = z
  .string()
  .min(1)
  .refine(t => Buffer.byteLength(t) <= textBytes, `is longer than ${textBytes} bytes`)
  .refine(t => !/[<>]|&(?!(?:amp|lt|gt);)/.test(t), 'holds markup')

const blockIds = (payload: { blocks: { block_id: string }[] }, context: z.RefinementCtx) => {
  const seen = new Set<string>()
  for (const [i, { block_id }] of payload.blocks.entries()) {
    if (seen.has(block_id))
      context.addIssue({ code: 'custom', path: ['blocks', i, 'block_id'], message: 'is not unique' })
    seen.add(block_id)
  }
}

const message = z
  .strictObject({ text: fallback, blocks: z.array(messageBlock).min(1).max(50) })
  .superRefine(blockIds)
  .superRefine(({ blocks }, context) => {
    const tooMany = (message: string) => context.addIssue({ code: 'custom', path: ['blocks'], message })
    if (blocks.filter(b => b.type === 'table').length > 1) tooMany('hold more than one table')
    if (blocks.filter(b => b.type === 'data_visualization').length > 2) tooMany('hold more than two charts')
    const size = sizeOf(blocks)
    if (size > messageSize) tooMany(`take ${size} characters, ${messageSize} fit`)
  })

const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: viewText,
    close: viewText.optional(),
    submit: viewText.optional(),
    callback_id: z.string().min(1).max(255),
    private_metadata: z.string().max(3000).optional(),
    blocks: z.array(modalBlock).min(1).max(100),
  })
  .superRefine(blockIds)
  .refine(m => m.submit || m.blocks.every(b => b.type !== 'input'), {
    path: ['submit'],
    message: 'is missing beside inputs',
  })

const home = z
  .strictObject({ type: z.literal('home'), blocks: z.array(homeBlock).min(1).max(100) })
  .superRefine(blockIds)

const kindOf = (payload: unknown): 'modal' | 'home' | 'message' => {
  const type = typeof payload === 'object' && payload !== null && 'type' in payload ? payload.type : undefined
  return type === 'modal' || type === 'home' ? type : 'message'
}

/** JSON with the entities that Slack stores. */
const sizeOf = (blocks: unknown) =>
  JSON.stringify(blocks).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').length

const pointer = (path: PropertyKey[]) =>
  path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/'

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200f\u202a-\u202e\u2066-\u2069]/

const charactersThatSteer = (value: unknown, path: string): string[] => {
  if (typeof value === 'string')
    return steering.test(value) || !value.isWellFormed() ? [`${path || '/'}: holds characters that steer`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => charactersThatSteer(part, path + pointer([key])))
}
