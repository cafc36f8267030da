import {
  type Check,
  choiceValues,
  code,
  executeData,
  id,
  isObject,
  type Json,
  label,
  list,
  markdown,
  number,
  oneOf,
  picture,
  record,
  typed,
  type Visit,
  verb,
} from './check-values.ts'

type Holds = { holds: (type: string) => boolean; many?: { least: number; most: number } }

/** What an element, action or card may have. `whole` checks what no single key says. */
export type Shape = {
  needs: string[]
  keys: Record<string, { check: Check } | Holds>
  whole?: (value: Json, visit: Visit) => void
}

/** The shape of an element or action that this program sends. */
export const shapeOf = (type: string): Shape | undefined =>
  Object.hasOwn(shapes, type) ? shapes[type as keyof typeof shapes] : undefined

/** The shape of a card; one inside a button says less. */
export const cardShape = (inside: boolean): Shape => ({
  needs: ['version', 'body'],
  keys: {
    version: is(oneOf('1.5')),
    body: many(isElement, 1, 400),
    actions: many(inside ? isPlainAction : isAction, 1, 10),
    ...(inside ? {} : { msteams: is(record({ width: oneOf('Full') })), fallbackText: is(label(500)) }),
  },
  whole: (card, visit) => primaries(card.actions, visit),
})

const is = (check: Check) => ({ check })
const many = (holds: Holds['holds'], least: number, most: number): Holds => ({ holds, many: { least, most } })
const isAction = (type: string) => type.startsWith('Action.')
/** A button that opens a card does not stand in one that was opened. */
const isPlainAction = (type: string) => isAction(type) && type !== 'Action.ShowCard'
const isElement = (type: string) => !isAction(type) && !['TableRow', 'TableCell', 'AdaptiveCard'].includes(type)

/** Teams shows six buttons and hides the rest without a word. */
const primaries = (actions: unknown, { pointer, say }: Visit): void => {
  const shown = (Array.isArray(actions) ? actions : []).filter(
    action => isObject(action) && action.mode !== 'secondary',
  )
  if (shown.length > 6) say(`${pointer}/actions`, `has ${shown.length} buttons, more than 6`)
}

const spacing = is(oneOf('None', 'Small', 'Medium', 'Large'))
const button = { title: is(label(100)), tooltip: is(label(100)), mode: is(oneOf('secondary')) }
const points = list(1, 100, record({ x: label(100), y: number }))
const legends = list(1, 12, record({ legend: label(100), values: points }))
const chart = {
  title: is(label(200)),
  showTitle: is(oneOf(false)),
  fallback: { holds: (type: string) => type === 'Container' },
  xAxisTitle: is(label(100)),
  yAxisTitle: is(label(100)),
}
const chartNeeds = ['title', 'data', 'fallback']
const colours = is(oneOf('categorical'))
const blue = is(oneOf('categoricalBlue'))
const yes = is(oneOf(true))

const shapes = {
  TextBlock: {
    needs: ['text', 'wrap'],
    keys: {
      text: is(markdown),
      wrap: yes,
      style: is(oneOf('heading', 'columnHeader')),
      size: is(oneOf('Small', 'Medium', 'Large')),
      weight: is(oneOf('Bolder')),
      isSubtle: yes,
      fontType: is(oneOf('Monospace')),
      spacing,
    },
  },
  Image: {
    needs: ['url', 'altText'],
    keys: {
      url: is(picture),
      altText: is(label(1500)),
      size: is(oneOf('Stretch')),
      msteams: is(record({ allowExpand: oneOf(true) })),
    },
  },
  Table: {
    needs: ['columns', 'rows', 'firstRowAsHeaders'],
    keys: {
      firstRowAsHeaders: yes,
      columns: is(list(1, 8, record({ width: number, horizontalCellContentAlignment: oneOf('Left', 'Right') }))),
      rows: many(type => type === 'TableRow', 2, 101),
    },
    whole: (table, { pointer, say }) => {
      const columns = Array.isArray(table.columns) ? table.columns.length : 0
      for (const [i, row] of (Array.isArray(table.rows) ? table.rows : []).entries()) {
        const cells = isObject(row) && Array.isArray(row.cells) ? row.cells.length : 0
        if (cells !== columns) say(`${pointer}/rows/${i}`, `has ${cells} cells for ${columns} columns`)
      }
    },
  },
  TableRow: { needs: ['cells'], keys: { cells: many(type => type === 'TableCell', 1, 8) } },
  TableCell: { needs: ['items'], keys: { items: many(type => type === 'TextBlock', 1, 1) } },
  FactSet: { needs: ['facts'], keys: { facts: is(list(1, 40, record({ title: markdown, value: markdown }))) } },
  CodeBlock: {
    needs: ['codeSnippet', 'language', 'fallback'],
    keys: {
      codeSnippet: is(code),
      language: is(oneOf('Sql', 'PlainText')),
      fallback: { holds: (type: string) => type === 'TextBlock' },
    },
  },
  Container: {
    needs: ['items'],
    keys: {
      items: many(isElement, 1, 100),
      style: is(oneOf('emphasis')),
      selectAction: { holds: (type: string) => type === 'Action.Execute' },
      spacing,
    },
  },
  ActionSet: {
    needs: ['actions'],
    keys: { actions: many(isPlainAction, 1, 10), spacing },
    whole: (set, visit) => primaries(set.actions, visit),
  },
  'Input.ChoiceSet': {
    needs: ['id', 'label', 'choices'],
    keys: {
      id: is(id),
      label: is(label(100)),
      style: is(oneOf('compact', 'expanded')),
      isMultiSelect: yes,
      placeholder: is(label(200)),
      choices: is(list(1, 100, record({ title: label(200), value: label(150) }))),
    },
    whole: choiceValues,
  },
  'Input.Text': {
    needs: ['id', 'label', 'maxLength'],
    keys: { id: is(id), label: is(label(100)), isMultiline: yes, maxLength: is(number) },
  },
  'Chart.VerticalBar': {
    needs: chartNeeds,
    keys: { ...chart, color: blue, showBarValues: yes, data: is(points) },
  },
  'Chart.HorizontalBar': { needs: chartNeeds, keys: { ...chart, color: blue, data: is(points) } },
  'Chart.VerticalBar.Grouped': {
    needs: chartNeeds,
    keys: { ...chart, colorSet: colours, stacked: yes, showBarValues: yes, data: is(legends) },
  },
  'Chart.Line': { needs: chartNeeds, keys: { ...chart, colorSet: colours, data: is(legends) } },
  'Chart.Donut': {
    needs: chartNeeds,
    keys: { ...chart, colorSet: colours, data: is(list(1, 8, record({ legend: label(100), value: number }))) },
  },
  'Action.Execute': { needs: ['title', 'verb', 'data'], keys: { ...button, verb: is(verb), data: is(executeData) } },
  'Action.Submit': {
    needs: ['title', 'data'],
    keys: {
      ...button,
      data: is(record({ 'msteams?': record({ type: oneOf('imBack'), value: typed }) })),
    },
  },
  'Action.ShowCard': {
    needs: ['title', 'card'],
    keys: { ...button, card: { holds: (type: string) => type === 'AdaptiveCard' } },
  },
} satisfies Record<string, Shape>
