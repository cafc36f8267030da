import type {
  ActionsBlock,
  ActionsBlockElement,
  ContextActionsBlock,
  ContextActionsBlockElement,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  RichTextBlock,
  RichTextText,
  SectionBlock,
  TableBlock,
} from '@slack/types'
import { cut, leftToRight, plainLines, plainText } from '../view/plain-text.ts'
import type { TableView } from '../view/view.ts'
import type { Rung, SlackBlock } from './block-kit.ts'
import { nothing, plain } from './elements.ts'
import { limits } from './limits.ts'

/** A large bold line; what is too long for one stands in bold in full, up to `most`. */
export const headline = (text: string, rung: Rung, most = 600): (HeaderBlock | RichTextBlock | SectionBlock)[] =>
  leftToRight(plainText(text)).length <= Math.min(limits.header, most)
    ? [{ type: 'header', text: plain(text, limits.header) }]
    : prose([[{ bold: cut(plainText(text), most) }]], rung)

/** A run of text in a line. */
export type Run = string | { bold: string }

/** Lines of text that parse nothing, cut at `most`; nothing when there is no text. Without rich text nothing is bold. */
export const prose = (
  lines: Run[][],
  rung: Rung,
  most = limits.sectionText as number,
): (RichTextBlock | SectionBlock)[] => {
  const runs = lines.flatMap((line, i) => [...(i > 0 ? ['\n'] : []), ...line]).map(textOf)
  const all = runs.map(r => r.text).join('')
  if (all.trim() === '') return []
  if (rung === 'text') return [{ type: 'section', text: { type: 'plain_text', text: cut(all, most), emoji: false } }]
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: joined(runs, all, most) }] }]
}

/** Lines of text with a bullet before each, as a list that a screen reader counts; each cut at `most`. Without rich text the lines stand alone. */
export const bullets = (lines: Run[][], rung: Rung, most = 400): (RichTextBlock | SectionBlock)[] => {
  if (rung === 'text') return prose(lines, rung)
  const elements = lines.flatMap(line => {
    const runs = line.map(textOf)
    const all = runs.map(r => r.text).join('')
    return all.trim() === '' ? [] : [{ type: 'rich_text_section' as const, elements: joined(runs, all, most) }]
  })
  return elements.length > 0
    ? [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
    : []
}

/** Text in a fixed width, line breaks and all. */
export const preformatted = (text: string, most = limits.sectionText as number): RichTextBlock[] =>
  text.trim() === ''
    ? []
    : [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_preformatted',
              elements: [{ type: 'text', text: cut(plainLines(text), most) || nothing }],
            },
          ],
        },
      ]

/** Small print is short print. */
const smallest = 600

/** Small grey texts, one beside the other. */
export const small = (...texts: string[]): ContextBlock[] => {
  const elements = texts.map(t => plainText(t)).filter(Boolean)
  return elements.length > 0
    ? [{ type: 'context', elements: elements.slice(0, limits.contextElements).map(t => plain(t, smallest)) }]
    : []
}

export const actions = (elements: ActionsBlockElement[]): ActionsBlock[] =>
  elements.length > 0 ? [{ type: 'actions', elements: elements.slice(0, limits.actionsElements) }] : []

export const contextActions = (elements: ContextActionsBlockElement[]): ContextActionsBlock[] =>
  elements.length > 0 ? [{ type: 'context_actions', elements }] : []

/** A file that was uploaded to Slack. The title stands above it and folds it away. */
export const picture = (
  file: string,
  { alt, title }: { alt: string; title: string },
  most = limits.altText as number,
): ImageBlock => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: cut(plainText(alt), most) || nothing,
  ...(plainText(title) && { title: plain(title, titleLength) }),
})

const titleLength = 200
const cellLength = 120

/** The first rows and columns of a table, numbers on the right; nothing when it has no columns. The view holds texts, so cells are texts. */
export const tableBlock = ({ columns, rows }: TableView, most: number): TableBlock[] => {
  const shown = columns.slice(0, limits.tableColumns)
  if (shown.length === 0) return []
  const cell = (text: string) => ({ type: 'raw_text' as const, text: cut(plainText(text), cellLength) || nothing })
  return [
    {
      type: 'table',
      column_settings: shown.map(({ align, wide }) => ({ align, is_wrapped: wide })),
      rows: [
        shown.map(({ label }) => cell(label)),
        ...rows.slice(0, Math.min(most, limits.tableRows - 1)).map(row => shown.map((_, i) => cell(row[i] ?? ''))),
      ],
    },
  ]
}

/** Blocks with ids of their own. Slack keeps what was chosen in a menu, and the picture, of a block whose id stays the same. */
export const named = (blocks: SlackBlock[], name: string): SlackBlock[] =>
  blocks.map((block, i) => ({ ...block, block_id: `${name.slice(-90)}.${i}` }))

const textOf = (run: Run): RichTextText =>
  typeof run === 'string'
    ? { type: 'text', text: leftToRight(plainLines(run)) }
    : { type: 'text', text: leftToRight(plainLines(run.bold)), style: { bold: true } }

/** Neighbours of one kind are one element; together as much of the whole as is kept. */
const joined = (runs: RichTextText[], all: string, most: number): RichTextText[] => {
  const whole = cut(all, most)
  const elements: RichTextText[] = []
  let room = whole === all ? all.length : whole.length - 1
  for (const run of runs) {
    const text = run.text.slice(0, room)
    room -= text.length
    const last = elements.at(-1)
    if (text === '') continue
    if (last && last.style?.bold === run.style?.bold) last.text += text
    else elements.push({ ...run, text })
  }
  const last = elements.at(-1)
  if (whole === all) return elements
  if (!last) return [{ type: 'text', text: whole }]
  last.text += '…'
  return elements
}
