/** A piece of JSON: a block, an element, a text. */
type Piece = { readonly [name: string]: unknown }

/**
 * Blocks as the drawing library takes them (slack-blocks-to-jsx 1.1.1, measured kind by kind in `test/renderers/preview/slack.test.ts`): plain
 * texts are marked so that it reads no markup in them, the uploaded file becomes the picture at `picture`, menus show what is chosen, and
 * what the library would leave out stands as a quotation. Nothing that is in a block vanishes.
 */
export const drawableBlocks = (blocks: readonly object[], picture?: string): Piece[] =>
  blocks.map(block => drawableBlock(literal(block) as Piece, picture))

const drawnElements = [
  'button',
  'checkboxes',
  'feedback_buttons',
  'icon_button',
  'overflow',
  'plain_text_input',
  'radio_buttons',
  'static_select',
]
const drawnText = ['plain_text', 'mrkdwn']
const drawnBlocks = ['data_visualization', 'divider', 'markdown', 'rich_text']

const drawableBlock = (block: Piece, picture: string | undefined): Piece => {
  switch (block.type) {
    case 'image':
      return drawableImage(block, picture)
    case 'actions':
    case 'context':
    case 'context_actions':
      return { ...block, elements: piecesOf(block.elements).map(e => drawableElement(e, block.type, picture)) }
    case 'section':
      return isPiece(block.accessory)
        ? { ...block, accessory: drawableElement(block.accessory, block.type, picture) }
        : block
    case 'input':
      return isPiece(block.element) ? { ...block, element: drawableElement(block.element, block.type, picture) } : block
    case 'header':
      // Under the name of the app, which is the first heading of the page.
      return { ...block, level: 2 }
    case 'table':
      return { ...block, rows: rowsOf(block).map(row => row.map(drawableCell)) }
    default:
      return drawnBlocks.includes(String(block.type)) ? block : quoted(block)
  }
}

const drawableElement = (element: Piece, within: unknown, picture: string | undefined): Piece => {
  const type = String(element.type)
  if (type === 'image') {
    const image = drawableImage(element, picture)
    return image.type === 'image' ? image : text(wordsOf(element).join(' '))
  }
  if (type === 'static_select' && isPiece(element.initial_option))
    return { ...element, placeholder: element.initial_option.text }
  const drawn = within === 'context' ? drawnText : drawnElements
  if (drawn.includes(type)) return element
  const words = wordsOf(element)[0] ?? type
  return within === 'context' ? text(words) : { type: 'button', action_id: type, text: text(words) }
}

/** Pictures of this machine only; of any other, the words that stand for it. */
const drawableImage = (image: Piece, picture: string | undefined): Piece => {
  const { slack_file, image_url, ...rest } = image
  const address = isPiece(slack_file) ? picture : image_url
  const isOurs = typeof address === 'string' && (address === picture || address.startsWith('data:image/'))
  return isOurs ? { ...rest, image_url: address } : quoted(image)
}

/** The library reads markup in raw text and breaks at a number; in rich text it does neither. */
const drawableCell = (cell: Piece): Piece => {
  if (cell.type === 'rich_text') return cell
  return richText('rich_text_section', wordsOf(cell)[0] ?? '')
}

/** A block that cannot be drawn, told: its kind and all its words. */
const quoted = (block: Piece): Piece =>
  richText('rich_text_quote', [`[${String(block.type)}]`, ...wordsOf(block)].join('\n'))

const richText = (type: string, words: string): Piece => ({
  type: 'rich_text',
  elements: [{ type, elements: [{ type: 'text', text: words }] }],
})

const text = (words: string): Piece => ({ type: 'plain_text', text: words, verbatim: true })

/** With `verbatim` the library shows a plain text as it is; without it, it reads Markdown and emoji in it. */
const literal = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(literal)
  if (!isPiece(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, literal(inner)]))
  return copy.type === 'plain_text' ? { ...copy, verbatim: true } : copy
}

const seen = ['text', 'title', 'subtitle', 'caption', 'label', 'name', 'description', 'placeholder', 'alt_text']

/** Everything of a piece that people would read, in order. */
const wordsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(wordsOf)
  if (!isPiece(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') return seen.includes(name) ? [inner] : []
    if (typeof inner === 'number') return name === 'value' ? [String(inner)] : []
    return wordsOf(inner)
  })
}

const rowsOf = ({ rows }: Piece): Piece[][] => (Array.isArray(rows) ? rows.map(piecesOf) : [])
const piecesOf = (list: unknown): Piece[] => (Array.isArray(list) ? list.filter(isPiece) : [])
const isPiece = (value: unknown): value is Piece => typeof value === 'object' && value !== null && !Array.isArray(value)
