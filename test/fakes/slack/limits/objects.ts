import { isObject } from '../arguments.ts'
import type { Json } from '../world.ts'
import { exactlyOne, flag, kinds, list, matching, object, oneOf, type Shape, text } from './shape.ts'

/** A `type` field that has been looked at already. */
export const known: Shape = () => undefined

/** Text objects (https://docs.slack.dev/reference/block-kit/composition-objects/text-object). `emoji` goes with plain text only, `verbatim` with mrkdwn only. */
export const plainText = (max: number, min = 1): Shape =>
  object({ type: oneOf('plain_text'), text: text(max, min) }, { emoji: flag })

export const mrkdwn = (max: number): Shape => object({ type: oneOf('mrkdwn'), text: text(max) }, { verbatim: flag })

export const anyText = (max: number): Shape => matching(kinds({ plain_text: plainText(max), mrkdwn: mrkdwn(max) }))

/** Options (https://docs.slack.dev/reference/block-kit/composition-objects/option-object): `url` in overflow menus only, mrkdwn in radio buttons and checkboxes only. */
const option = (label: Shape, more: Record<string, Shape> = {}): Shape =>
  object({ text: label, value: text(150) }, { description: label, ...more })

export const plainOption = option(plainText(75))
export const linkOption = option(plainText(75), { url: text(3000) })
export const markedOption = option(anyText(75))

export const optionGroup: Shape = object({ label: plainText(75), options: list(plainOption, { max: 100 }) })

/** A dialog that asks again (https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object). */
export const confirm: Shape = object(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: oneOf('primary', 'danger') },
)

export const dispatchConfig: Shape = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }),
})

const fileParts: Shape = object({}, { id: text(255), url: text(3000) }, exactlyOne('id', 'url'))

/** A file by its id or its URL, not both; it must be there and processed (https://github.com/slackapi/python-slack-sdk/issues/1797). */
export const slackFile: Shape = (value, at, check) => {
  fileParts(value, at, check)
  const id = isObject(value) ? (value.id ?? idOf(value.url)) : undefined
  if (typeof id === 'string' && !check.isShowable(id)) check.report('invalid slack file', at)
}

const idOf = (url: unknown) => (typeof url === 'string' ? (/-(F[A-Z0-9]{8,})\//.exec(url)?.[1] ?? url) : undefined)

/** What image blocks and image elements share. An address must be one that Slack can reach. */
export const imageParts = {
  needed: { type: known, alt_text: text(2000, 0) },
  allowed: { image_url: text(3000), slack_file: slackFile },
  also: (value: Json, at: string, check: Parameters<Shape>[2]) => {
    exactlyOne('image_url', 'slack_file')(value, at, check)
    const { image_url: url } = value
    if (typeof url === 'string' && !/^https?:\/\/(?!localhost|127\.|\[)/.test(url))
      check.report('downloading image failed', `${at}/image_url`)
  },
}

export const imageElement: Shape = object(imageParts.needed, imageParts.allowed, imageParts.also)
