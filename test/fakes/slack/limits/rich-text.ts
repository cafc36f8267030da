import { known } from './objects.ts'
import { flag, kinds, list, number, object, oneOf, type Shape, text } from './shape.ts'

/** Formatted text (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). No length is documented but that of a whole message. */

const marks = object(
  {},
  { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag, unlink: flag },
)
const style = { style: marks }
const long = 40_000

const inline: Record<string, Shape> = {
  text: object({ type: known, text: text(long) }, style),
  link: object({ type: known, url: text(3000) }, { ...style, text: text(long), unsafe: flag }),
  emoji: object(
    { type: known, name: text(255) },
    { ...style, unicode: text(255), url: text(3000), skin_tone: number() },
  ),
  user: object({ type: known, user_id: text(255) }, style),
  usergroup: object({ type: known, usergroup_id: text(255) }, style),
  channel: object({ type: known, channel_id: text(255) }, style),
  team: object({ type: known, team_id: text(255) }, style),
  broadcast: object({ type: known, range: oneOf('here', 'channel', 'everyone') }, style),
  date: object(
    { type: known, timestamp: number(), format: text(255) },
    { ...style, url: text(3000), fallback: text(long) },
  ),
  color: object({ type: known, value: text(255) }, style),
}

const words = list(kinds(inline), { max: 1000 })
const border = number({ min: 0, max: 1 })
const section = object({ type: known, elements: words })

const parts = kinds({
  rich_text_section: section,
  rich_text_list: object(
    {
      type: known,
      style: oneOf('bullet', 'ordered'),
      elements: list(kinds({ rich_text_section: section }), { max: 1000 }),
    },
    { indent: number({ min: 0, max: 8 }), offset: number({ min: 0 }), border },
  ),
  rich_text_quote: object({ type: known, elements: words }, { border }),
  rich_text_preformatted: object(
    { type: known, elements: list(kinds({ text: inline.text ?? known, link: inline.link ?? known }), { max: 1000 }) },
    { border, language: text(255) },
  ),
})

export const richText: Shape = object(
  { type: oneOf('rich_text'), elements: list(parts, { max: 1000 }) },
  { block_id: text(255) },
)
