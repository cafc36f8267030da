import { isObject, listOf, textOf } from './arguments.ts'
import { checkBlocks } from './limits/check.ts'
import type { Surface } from './limits/shape.ts'
import { withIds } from './messages.ts'
import { refuse, refuseWith } from './refusal.ts'
import type { Block, Json, Message, Team, World } from './world.ts'

/** Longest text of a message; Slack cuts what is over it (https://docs.slack.dev/reference/methods/chat.postMessage). */
const longestText = 40_000

/**
 * What a message says, checked as Slack checks it. `before` is the message that `chat.update` changes: without `blocks` it keeps those it
 * had, without `text` its text (https://github.com/slackapi/python-slack-sdk/issues/523).
 */
export const contentOf = (
  args: Json,
  { world, team, surface, before }: { world: World; team: Team; surface: Surface; before?: Message },
): { text: string; blocks: Block[] } => {
  const text = textOf(args, 'text') ?? textOf(args, 'markdown_text')
  const listed = listOf(args, 'blocks', 'invalid_blocks_format')
  const hasAttachments = Array.isArray(args.attachments) && args.attachments.length > 0
  if (text === undefined && !listed?.length && !hasAttachments) refuse('no_text')
  const blocks = listed === undefined ? (before?.blocks ?? []) : acceptBlocks(listed, { world, team, surface })
  return { text: (text ?? before?.text ?? '').slice(0, longestText), blocks }
}

/** Blocks that Slack would take, each with an id. Refuses with `invalid_blocks` or `msg_blocks_too_long`. */
export const acceptBlocks = (
  blocks: unknown[],
  { world, team, surface, at = '/blocks' }: { world: World; team: Team; surface: Surface; at?: string },
): Block[] => {
  const { errors, code } = checkBlocks(blocks, {
    at,
    surface,
    newBlocks: world.settings.newBlocks === 'allowed',
    isShowable: id => isShowable(world, { team: team.id, id, surface }),
  })
  if (code === 'msg_blocks_too_long') refuse(code)
  if (errors.length > 0) refuseWith(code, errors)
  return withIds(world, blocks.filter(isObject))
}

/** Whether a block may show this file: finished, a picture, of this workspace. */
export const isShowable = (world: World, { team, id, surface }: { team: string; id: string; surface: Surface }) => {
  const file = world.files.get(id)
  if (surface === 'ephemeral' && world.settings.ephemeralFiles === 'refused') return false
  return file?.team === team && file.state === 'complete' && world.now() >= file.readyAt && isPicture(file.name)
}

const isPicture = (name: string) => /\.(png|jpe?g|gif)$/i.test(name)
