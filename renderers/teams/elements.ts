import type { CardText, LabelText } from './escape.ts'

/** The part of Adaptive Cards 1.5 that is used. https://adaptivecards.microsoft.com/ */
export type AdaptiveCard = {
  type: 'AdaptiveCard'
  version: '1.5'
  /** What a client says that cannot show the card. */
  fallbackText?: LabelText
  body: Element[]
  actions?: Action[]
  msteams?: { width: 'Full' }
}

type Spacing = 'None' | 'Small' | 'Medium' | 'Large'

export type TextBlock = {
  type: 'TextBlock'
  text: CardText
  wrap: true
  style?: 'heading' | 'columnHeader'
  size?: 'Small' | 'Medium' | 'Large'
  weight?: 'Bolder'
  isSubtle?: true
  fontType?: 'Monospace'
  spacing?: Spacing
}

export type Image = {
  type: 'Image'
  /** A PNG as data URI, or an https address. */
  url: string
  altText: LabelText
  size: 'Stretch'
  msteams: { allowExpand: true }
}

export type Table = {
  type: 'Table'
  firstRowAsHeaders: true
  columns: { width: number; horizontalCellContentAlignment: 'Left' | 'Right' }[]
  rows: TableRow[]
}
export type TableRow = { type: 'TableRow'; cells: { type: 'TableCell'; items: [TextBlock] }[] }

export type FactSet = { type: 'FactSet'; facts: { title: CardText; value: CardText }[] }
export type CodeBlock = { type: 'CodeBlock'; codeSnippet: string; language: 'Sql' | 'PlainText'; fallback: TextBlock }
export type Container = {
  type: 'Container'
  items: Element[]
  style?: 'emphasis'
  selectAction?: ExecuteAction
  spacing?: Spacing
}
export type ActionSet = { type: 'ActionSet'; actions: Action[]; spacing?: Spacing }

export type ChoiceSet = {
  type: 'Input.ChoiceSet'
  id: string
  label: LabelText
  style: 'compact' | 'expanded'
  isMultiSelect?: true
  placeholder?: LabelText
  choices: { title: LabelText; value: string }[]
}
export type TextInput = { type: 'Input.Text'; id: string; label: LabelText; isMultiline: true; maxLength: number }

type ChartFrame = {
  title: LabelText
  showTitle: false
  fallback: Container
  xAxisTitle?: LabelText
  yAxisTitle?: LabelText
}
export type ChartElement = ChartFrame &
  (
    | {
        type: 'Chart.VerticalBar' | 'Chart.HorizontalBar'
        color: 'categoricalBlue'
        showBarValues?: true
        data: Point[]
      }
    | {
        type: 'Chart.VerticalBar.Grouped'
        colorSet: 'categorical'
        stacked?: true
        showBarValues?: true
        data: { legend: LabelText; values: Point[] }[]
      }
    | { type: 'Chart.Line'; colorSet: 'categorical'; data: { legend: LabelText; values: Point[] }[] }
    | { type: 'Chart.Donut'; colorSet: 'categorical'; data: { legend: LabelText; value: number }[] }
  )
export type Point = { x: string; y: number }

export type Element =
  | TextBlock
  | Image
  | Table
  | FactSet
  | CodeBlock
  | Container
  | ActionSet
  | ChoiceSet
  | TextInput
  | ChartElement

type Named = { title: LabelText; tooltip?: LabelText; mode?: 'secondary' }
export type ExecuteAction = Named & { type: 'Action.Execute'; verb: string; data: Record<string, string> }
export type SubmitAction = Named & { type: 'Action.Submit'; data: Record<string, unknown> }
export type ShowCardAction = Named & { type: 'Action.ShowCard'; card: AdaptiveCard }
export type Action = ExecuteAction | SubmitAction | ShowCardAction

type Look = Omit<Partial<TextBlock>, 'type' | 'text' | 'wrap'>

/** A paragraph; none for an empty text. */
export const prose = (text: CardText, look: Look = {}): TextBlock[] =>
  text.trim() === '' ? [] : [{ type: 'TextBlock', text, wrap: true, ...look }]

/** The first line of a card, which screen readers take for a heading. */
export const heading = (text: CardText): TextBlock[] =>
  prose(text, { style: 'heading', size: 'Large', weight: 'Bolder' })

/** Small, soft words beside what matters. */
export const small = (text: CardText): TextBlock[] => prose(text, { size: 'Small', isSubtle: true, spacing: 'Small' })

/** Buttons beside one another; none without buttons. */
export const buttons = (actions: Action[]): ActionSet[] => (actions.length > 0 ? [{ type: 'ActionSet', actions }] : [])
