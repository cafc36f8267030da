import { z } from 'zod'
import { readClick } from '../view/click.ts'

/**
 * Every block that may leave, with every key it may have: what is not here is refused, mrkdwn, links and addresses of pictures among it.
 * The numbers are those of https://docs.slack.dev/reference/block-kit, written down apart from what builds the blocks.
 */

const string = (most: number) => z.string().min(1).max(most)
const id = string(255)
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: string(most), emoji: z.literal(false) })

/** A click of ours; an example of the Home tab carries its question. */
const click = z.string().max(150).refine(isClick, 'is no click of ours')
const buttonValue = z.string().max(2000)

const confirm = z.strictObject({
  title: plain(100),
  text: plain(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
})

const button = z
  .strictObject({
    type: z.literal('button'),
    text: plain(75),
    action_id: id,
    value: buttonValue,
    accessibility_label: string(75).optional(),
    style: z.enum(['primary', 'danger']).optional(),
    confirm: confirm.optional(),
  })
  .refine(b => b.action_id.startsWith('home:ask:') || (b.value.length <= 150 && isClick(b.value)), {
    path: ['value'],
    message: 'is no click of ours',
  })

const option = <T extends z.ZodType>(value: T) =>
  z.strictObject({ text: plain(75), value, description: plain(75).optional() })

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: id,
    placeholder: plain(150),
    options: z.array(option(click)).min(1).max(100),
    initial_option: option(click).optional(),
    confirm: confirm.optional(),
  })
  .refine(s => !s.initial_option || s.options.some(o => JSON.stringify(o) === JSON.stringify(s.initial_option)), {
    path: ['initial_option'],
    message: 'is none of the options',
  })

const thumb = z.strictObject({ text: plain(75), value: click, accessibility_label: string(75).optional() })

const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: id,
  positive_button: thumb,
  negative_button: thumb,
})

const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  icon: z.literal('trash'),
  text: plain(75),
  action_id: id,
  value: click,
  accessibility_label: string(75).optional(),
  confirm: confirm.optional(),
  visible_to_user_ids: z
    .array(z.string().regex(/^[UW][A-Z0-9]+$/))
    .min(1)
    .max(10)
    .optional(),
})

const richText = z.strictObject({
  type: z.literal('text'),
  text: string(3000),
  style: z.strictObject({ bold: z.boolean() }).optional(),
})

const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richText).min(1) })

const richElement = z.discriminatedUnion('type', [
  richSection,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.literal('bullet'),
    elements: z.array(richSection).min(1),
  }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(richText.omit({ style: true })).min(1),
  }),
])

const point = z.strictObject({ label: string(20), value: z.number() })
const label = string(20)

const seriesChart = (type: 'bar' | 'line' | 'area') =>
  z
    .strictObject({
      type: z.literal(type),
      series: z
        .array(z.strictObject({ name: label, data: z.array(point).min(1).max(20) }))
        .min(1)
        .max(12),
      axis_config: z.strictObject({
        categories: z.array(label).min(1).max(20),
        x_label: string(50).optional(),
        y_label: string(50).optional(),
      }),
    })
    .refine(c => isUnlike(c.axis_config.categories), { path: ['axis_config', 'categories'], message: 'are not unique' })
    .refine(c => isUnlike(c.series.map(s => s.name)), { path: ['series'], message: 'have names that are not unique' })
    .superRefine((c, context) => {
      const wanted = JSON.stringify(c.axis_config.categories)
      for (const [i, s] of c.series.entries())
        if (JSON.stringify(s.data.map(p => p.label)) !== wanted)
          context.addIssue({ code: 'custom', path: ['series', i, 'data'], message: 'has not one point per category' })
    })

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(point.extend({ value: z.number().positive() }))
    .min(1)
    .max(12),
})

const cell = z.strictObject({ type: z.literal('raw_text'), text: string(2000) })

const table = z
  .strictObject({
    type: z.literal('table'),
    block_id: id,
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(z.strictObject({ align: z.enum(['left', 'center', 'right']), is_wrapped: z.boolean() }))
      .max(20)
      .optional(),
  })
  .refine(t => t.rows.every(r => r.length === t.rows[0]?.length), { path: ['rows'], message: 'are not equally long' })

const header = z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) })
const section = z.strictObject({
  type: z.literal('section'),
  block_id: id,
  text: plain(3000),
  accessory: button.optional(),
})
const rich = z.strictObject({ type: z.literal('rich_text'), block_id: id, elements: z.array(richElement).min(1) })
const context = z.strictObject({
  type: z.literal('context'),
  block_id: id,
  elements: z.array(plain(3000)).min(1).max(10),
})
const divider = z.strictObject({ type: z.literal('divider'), block_id: id })

const actions = z
  .strictObject({
    type: z.literal('actions'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [button, staticSelect]))
      .min(1)
      .max(25),
  })
  .refine(b => isUnlike(b.elements.map(e => e.action_id)), {
    path: ['elements'],
    message: 'have action ids that are not unique',
  })

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: id,
  elements: z
    .array(z.discriminatedUnion('type', [feedbackButtons, iconButton]))
    .min(1)
    .max(5),
})

const image = z.strictObject({
  type: z.literal('image'),
  block_id: id,
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]+$/) }),
  alt_text: string(2000),
  title: plain(2000).optional(),
})

const chart = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: id,
  title: string(50),
  chart: z.discriminatedUnion('type', [pie, seriesChart('bar'), seriesChart('line'), seriesChart('area')]),
})

const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  element: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('plain_text_input'),
      action_id: id,
      multiline: z.boolean().optional(),
      max_length: z.int().min(1).max(3000).optional(),
      placeholder: plain(150).optional(),
    }),
    z.strictObject({
      type: z.literal('radio_buttons'),
      action_id: id,
      options: z
        .array(option(string(150)))
        .min(1)
        .max(10),
    }),
  ]),
})

/** Where which block may stand (https://docs.slack.dev/blocks.json): a modal takes no table, chart or feedback. */
export const messageBlock = z.discriminatedUnion('type', [
  header,
  section,
  rich,
  context,
  divider,
  actions,
  contextActions,
  image,
  table,
  chart,
])
export const modalBlock = z.discriminatedUnion('type', [header, section, rich, context, divider, actions, input])
export const homeBlock = z.discriminatedUnion('type', [header, section, rich, context, divider, actions])

/** A text object of a view. */
export const viewText = plain(24)

function isClick(value: string): boolean {
  return readClick(value) !== undefined
}

function isUnlike(names: string[]): boolean {
  return new Set(names).size === names.length
}
