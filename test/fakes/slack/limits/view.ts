import type { Json } from '../world.ts'
import { checkBlocks } from './check.ts'
import { known, plainText } from './objects.ts'
import { type Check, flag, object, oneOf, text } from './shape.ts'

const shared = { private_metadata: text(3000, 0), callback_id: text(255, 0), external_id: text(255, 0) }
const modal = object(
  { type: oneOf('modal'), title: plainText(24), blocks: known },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
)
const home = object({ type: oneOf('home'), blocks: known }, shared)

/** Slack's sentences about a view it would not take (https://docs.slack.dev/reference/views). */
export const checkView = (
  view: Json,
  options: Omit<Check, 'report' | 'surface'> & { type: 'modal' | 'home' },
): string[] => {
  const found: string[] = []
  const { type, ...rest } = options
  const check = { ...rest, surface: type, report: (s: string, at: string) => found.push(`${s} [json-pointer:${at}]`) }
  if (type === 'home') home(view, '/view', check)
  else modal(view, '/view', check)
  const blocks = Array.isArray(view.blocks) ? view.blocks : []
  const hasInput = blocks.some(block => block?.type === 'input')
  if (type === 'modal' && hasInput && view.submit === undefined) check.report('missing required field: submit', '/view')
  found.push(...checkBlocks(blocks, { ...rest, surface: type, at: '/view/blocks' }).errors)
  return found.length > 0 ? ['failed to match all allowed schemas [json-pointer:/view]', ...found] : []
}
