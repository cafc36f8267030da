import { isObject } from '../arguments.ts'
import { actingBlocks } from './acting-blocks.ts'
import { buttonOnly } from './elements.ts'
import { anyText, imageElement, known, mrkdwn, plainText } from './objects.ts'
import { richText } from './rich-text.ts'
import { flag, kinds, list, object, oneOf, type Shape, text } from './shape.ts'
import { tables } from './tables.ts'
import { textBlocks } from './text-blocks.ts'

/** Blocks of 2025 and later that no answer needs (https://docs.slack.dev/reference/block-kit/blocks). */
const block = { block_id: text(255) }

const card = object(
  { type: known },
  {
    ...block,
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(kinds(buttonOnly), { max: 3 }),
  },
  (value, at, { report }) => {
    if (!['hero_image', 'title', 'actions', 'body'].some(name => value[name] !== undefined))
      report('must define at least one of `hero_image`, `title`, `actions` or `body`', at)
  },
)

const source = object({ type: oneOf('url'), url: text(3000), text: text(255) })
const task = (statuses: string[]) =>
  object(
    { type: oneOf('task_card'), task_id: text(255), title: text(255), status: oneOf(...statuses) },
    { ...block, details: richText, output: richText, sources: list(source, { max: 50 }) },
  )

const { actions, input } = actingBlocks
const { context, divider, header, image, section, video, rich_text } = textBlocks
const children = { actions, context, divider, header, image, input, rich_text, section, video, table: tables.table }
const child = kinds(Object.fromEntries(Object.entries(children).map(([type, shape]) => [type, shape ?? known])))

export const newerBlocks: Record<string, Shape> = {
  alert: object(
    { type: known, text: anyText(200) },
    { ...block, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  card,
  carousel: object({ type: known, elements: list(kinds({ card }), { max: 10 }) }, block),
  container: object(
    { type: known, child_blocks: list(child, { max: 10 }) },
    {
      ...block,
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      icon: imageElement,
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    ({ title, rich_text_title }, at, { report }) => {
      if (title === undefined && rich_text_title === undefined) report('missing required field: title', at)
    },
  ),
  // A task that stands alone has begun; only those of a plan can wait.
  task_card: task(['in_progress', 'complete', 'error']),
  plan: object(
    { type: known, title: text(255), tasks: list(task(['pending', 'in_progress', 'complete', 'error']), { max: 50 }) },
    block,
    ({ tasks }, at, { report }) => {
      const ids = Array.isArray(tasks) ? tasks.filter(isObject).map(each => each.task_id) : []
      if (new Set(ids).size < ids.length) report('task ids must be unique', `${at}/tasks`)
    },
  ),
}
