import { type Run, readCardText } from './card-text.ts'

/** A piece of JSON: an element, an action, a cell. */
type Piece = { readonly [name: string]: unknown }

/**
 * A card as the official renderer for the web draws it: it knows Adaptive Cards 1.5, no Markdown, and nothing that Teams has added. Texts are
 * read here, so that the page never turns text into markup; code and charts of Teams, and whatever else it would leave out, stand as a
 * plain equivalent. Nothing that is in a card vanishes.
 */
export const drawableCard = (card: object): Piece => drawable(card) as Piece

const drawn = [
  'AdaptiveCard',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'FactSet',
  'Table',
  'TableRow',
  'TableCell',
  'Input.ChoiceSet',
  'Input.Text',
  'RichTextBlock',
  'TextRun',
]
const drawnActions = ['Action.Execute', 'Action.Submit', 'Action.OpenUrl', 'Action.ShowCard', 'Action.ToggleVisibility']

const drawable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(drawable)
  if (!isPiece(value)) return value
  const type = value.type
  if (typeof type !== 'string') return mapped(value)
  if (type === 'TextBlock') return textOf(value)
  if (type === 'FactSet') return { ...mapped(value), facts: factsOf(value) }
  if (type === 'Image') return isInside(value.url) ? value : told(value)
  if (type === 'CodeBlock') return code(value)
  if (type.startsWith('Chart.')) return chart(value)
  if (type.startsWith('Action.'))
    return drawnActions.includes(type) ? mapped(value) : { type: 'Action.Submit', title: wordsOf(value)[0] ?? type }
  return drawn.includes(type) ? mapped(value) : told(value)
}

const mapped = (piece: Piece): Piece =>
  Object.fromEntries(Object.entries(piece).map(([name, value]) => [name, name === 'data' ? value : drawable(value)]))

/** A text of one look stays a text; only rich text can have several. */
const textOf = (block: Piece): Piece => {
  const runs = readCardText(String(block.text ?? ''))
  if (runs.every(isPlain)) return { ...block, text: runs.map(r => r.text).join('') }
  const { text: _, wrap: __, type: ___, style, spacing, separator, horizontalAlignment, ...look } = block
  return {
    type: 'RichTextBlock',
    ...defined({ style, spacing, separator, horizontalAlignment }),
    inlines: runs.map(run => inline(run, look)),
  }
}

const inline = ({ text, bold, italic, struck, link }: Run, look: Piece): Piece => ({
  type: 'TextRun',
  text,
  ...look,
  ...defined({ weight: bold ? 'Bolder' : look.weight, italic, strikethrough: struck }),
  ...(link !== undefined && { color: 'Accent', underline: true }),
})

const factsOf = ({ facts }: Piece): Piece[] =>
  piecesOf(facts).map(fact => ({ title: plain(fact.title), value: plain(fact.value) }))

const plain = (markdown: unknown) =>
  readCardText(String(markdown ?? ''))
    .map(r => r.text)
    .join('')

/** Code in a box; rich text reads no Markdown in it. */
const code = ({ codeSnippet, language }: Piece): Piece => ({
  type: 'Container',
  style: 'emphasis',
  items: [
    { type: 'TextBlock', text: String(language ?? 'Code'), size: 'Small', isSubtle: true },
    {
      type: 'RichTextBlock',
      spacing: 'Small',
      inlines: [{ type: 'TextRun', text: asItStands(String(codeSnippet ?? '')), fontType: 'Monospace', size: 'Small' }],
    },
  ],
})

/** Spaces at the start of a line stay. */
const asItStands = (text: string) => text.replace(/^ +/gm, spaces => '\u00a0'.repeat(spaces.length))

/** Teams draws it itself; what is shown is what clients show that cannot. */
const chart = (element: Piece): Piece => ({
  type: 'Container',
  style: 'emphasis',
  items: [
    {
      type: 'TextBlock',
      text: `Teams draws a chart here (${String(element.type)}):`,
      size: 'Small',
      isSubtle: true,
      wrap: true,
    },
    ...(isPiece(element.title) || typeof element.title === 'string'
      ? [{ type: 'TextBlock', text: String(element.title), weight: 'Bolder', wrap: true, spacing: 'Small' }]
      : []),
    isPiece(element.fallback) ? drawable(element.fallback) : told(element),
  ],
})

/** An element that cannot be drawn, told: its kind and all its words. */
const told = (element: Piece): Piece => ({
  type: 'Container',
  style: 'emphasis',
  items: [
    { type: 'TextBlock', text: `[${String(element.type)}]`, size: 'Small', isSubtle: true },
    ...wordsOf(element).map(text => ({ type: 'TextBlock', text, wrap: true, spacing: 'Small' })),
  ],
})

const isPlain = ({ bold, italic, struck, link }: Run) => !bold && !italic && !struck && link === undefined

/** The page loads nothing; a picture elsewhere is told by its words. */
const isInside = (url: unknown) => typeof url === 'string' && url.startsWith('data:image/')

const seen = [
  'text',
  'title',
  'subtitle',
  'altText',
  'label',
  'legend',
  'value',
  'x',
  'y',
  'codeSnippet',
  'placeholder',
]

/** Everything of a piece that people would read, in order. */
const wordsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(wordsOf)
  if (!isPiece(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string' || typeof inner === 'number') return seen.includes(name) ? [String(inner)] : []
    return wordsOf(inner)
  })
}

const defined = (piece: Piece): Piece =>
  Object.fromEntries(Object.entries(piece).filter(([, value]) => value !== undefined))
const piecesOf = (list: unknown): Piece[] => (Array.isArray(list) ? list.filter(isPiece) : [])
const isPiece = (value: unknown): value is Piece => typeof value === 'object' && value !== null && !Array.isArray(value)
