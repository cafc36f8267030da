import { anyBlock } from './blocks.ts'
import { type Check, list } from './shape.ts'
import { togetherness, weightOf } from './together.ts'

export type CheckOptions = Omit<Check, 'report'> & {
  /** Where the blocks stand in the payload, such as `/blocks`. */
  at: string
}

/** Most that all blocks of a message may weigh together. */
const longestMessage = 13_200

/** Slack's sentences about blocks it would not take, each with its place, and the error it gives them under. */
export const checkBlocks = (
  blocks: unknown[],
  { at, ...options }: CheckOptions,
): { code: string; errors: string[] } => {
  const errors: string[] = []
  const check: Check = { ...options, report: (sentence, where) => errors.push(`${sentence} [json-pointer:${where}]`) }
  const isMessage = options.surface === 'message' || options.surface === 'ephemeral'
  list(anyBlock, { min: 0, max: isMessage ? 50 : 100 })(blocks, at, check)
  const { tables } = togetherness(blocks, at, check)
  if (errors.length > 0) return { code: 'invalid_blocks', errors }
  if (isMessage && tables.length > 1)
    return { code: 'invalid_attachments', errors: [`only_one_table_allowed [json-pointer:${tables[1]}]`] }
  if (isMessage && weightOf(blocks) > longestMessage)
    return { code: 'msg_blocks_too_long', errors: ['msg_blocks_too_long'] }
  return { code: 'invalid_blocks', errors }
}
