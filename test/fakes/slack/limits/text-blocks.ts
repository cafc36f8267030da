import { accessories } from './elements.ts'
import { anyText, imageElement, imageParts, known, plainText } from './objects.ts'
import { richText } from './rich-text.ts'
import { flag, kinds, list, number, object, type Shape, text } from './shape.ts'

/** Blocks that show something (https://docs.slack.dev/reference/block-kit/blocks). */
const block = { block_id: text(255) }

export const textBlocks: Record<string, Shape> = {
  divider: object({ type: known }, block),
  header: object({ type: known, text: plainText(150) }, { ...block, level: number({ min: 1, max: 4 }) }),
  section: object(
    { type: known },
    {
      ...block,
      text: anyText(3000),
      fields: list(anyText(2000), { max: 10 }),
      accessory: kinds({ ...accessories, image: imageElement }),
      expand: flag,
    },
    ({ text, fields }, at, { report }) => {
      if (text === undefined && fields === undefined) report('must define either `text` or `fields`', `${at}/type`)
    },
  ),
  context: object({ type: known, elements: list(kinds({ image: imageElement, ...texts() }), { max: 10 }) }, block),
  image: object(imageParts.needed, { ...block, ...imageParts.allowed, title: plainText(2000) }, imageParts.also),
  rich_text: richText,
  markdown: object({ type: known, text: text(12_000) }, block),
  video: object(
    { type: known, video_url: text(3000), thumbnail_url: text(3000), alt_text: text(2000, 0), title: plainText(199) },
    {
      ...block,
      title_url: text(2000),
      author_name: text(49),
      provider_name: text(255),
      provider_icon_url: text(2000),
      description: plainText(200),
    },
  ),
}

function texts(): Record<string, Shape> {
  return { plain_text: anyText(3000), mrkdwn: anyText(3000) }
}
