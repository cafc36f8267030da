import type { ModalView } from '@slack/types'
import { followsMark, markOf } from '../view/marks.ts'
import { moreRows } from '../view/more-rows.ts'
import { plainLines, plainText } from '../view/plain-text.ts'
import type { AnsweredView, EmptyView, LineView, SqlView, TableView } from '../view/view.ts'
import { callbackIds } from './action-ids.ts'
import type { SlackBlock } from './block-kit.ts'
import { headline, named, preformatted, prose, type Run, small } from './blocks.ts'
import { plain } from './elements.ts'
import { limits } from './limits.ts'
import { alignedTable, tableLines } from './table-text.ts'

export type Detailed = AnsweredView | EmptyView

const rowsShown = 20
const sqlShown = 12_000
const sqlPerBlock = 2500
const paramsShown = 50

/** How an answer was worked out: its rows, all it says, its receipt, the SQL and the values bound to it. Modals take no table block. */
export const detailsModal = (view: Detailed): ModalView => modal(view, 'Details', callbackIds.details)

/** The same, called what the shortcut on a message is called. */
export const explanation = (view: Detailed): ModalView => modal(view, 'Explain this number', callbackIds.explain)

const modal = (view: Detailed, title: string, callback_id: string): ModalView => ({
  type: 'modal',
  callback_id,
  title: plain(title, limits.viewTitle),
  close: plain('Close', limits.viewTitle),
  private_metadata: view.id.slice(0, limits.metadata),
  blocks: named(
    [
      ...prose([[{ bold: view.status === 'answered' ? view.headline : view.message }]], 'picture', 600),
      ...notes(view.notes),
      ...(view.status === 'answered' ? [...rows(view), ...findings(view)] : []),
      ...receipt(view.receipt),
      ...statement(view.sql),
    ].slice(0, limits.viewBlocks),
    `${view.id}.details`,
  ),
})

const heading = (text: string) => headline(text, 'picture')

const rows = ({ table }: AnsweredView): SlackBlock[] =>
  table.rows.length === 0 || table.columns.length === 0
    ? []
    : [...heading('Table'), ...tableText(table), ...small(moreRows(table, Math.min(rowsShown, table.rows.length)))]

const findings = ({ summary, insights, implications }: AnsweredView): SlackBlock[] => {
  const lines: Run[][] = [
    ...summary.map(s => [plainText(s.text)]),
    ...insights.map(s => [`${markOf[s.tone]} ${plainText(s.text)}`]),
    ...implications.map(s => [`${followsMark} ${plainText(s.text)}`]),
  ]
  return lines.length > 0
    ? [...heading('What it says'), ...lines.slice(0, 20).flatMap(l => prose([l], 'picture', 1000))]
    : []
}

const tableText = (table: TableView): SlackBlock[] => {
  const aligned = alignedTable(table, rowsShown)
  if (aligned !== undefined) return preformatted(aligned)
  return tableLines(table, rowsShown).flatMap(line => prose([[line]], 'picture', 500))
}

const receipt = (lines: LineView[]): SlackBlock[] => {
  const shown = lines.slice(0, 20).map(({ term, lines: texts }): Run[][] => {
    const [first = '', ...more] = texts
    return more.length === 0 ? [[{ bold: term }, `  ${first}`]] : [[{ bold: term }], ...texts.map(t => [t])]
  })
  return shown.length > 0 ? [...heading('Receipt'), ...shown.flatMap(l => prose(l, 'picture'))] : []
}

const notes = (all: string[]): SlackBlock[] => all.slice(0, 10).flatMap(note => small(note))

const statement = ({ text, params }: SqlView): SlackBlock[] => {
  const sql = plainLines(text)
  if (sql.trim() === '') return []
  const left = sql.length - sqlShown
  const bound = params.slice(0, paramsShown).map(({ name, value }) => `${name} = ${plainText(value)}`)
  return [
    ...heading('SQL'),
    ...pieces(sql.slice(0, sqlShown)).flatMap(piece => preformatted(piece)),
    ...small(left > 0 ? `${left.toLocaleString('en-US')} more characters of SQL are not shown.` : ''),
    ...(bound.length > 0 ? [...heading('Values'), ...preformatted(bound.join('\n'))] : []),
    ...small(params.length > paramsShown ? `${params.length - paramsShown} more values are not shown.` : ''),
  ]
}

/** Cut at the end of a line where there is one. */
const pieces = (sql: string): string[] => {
  const found: string[] = []
  for (let rest = sql; rest !== ''; ) {
    const end = rest.lastIndexOf('\n', sqlPerBlock)
    const at = rest.length <= sqlPerBlock ? rest.length : end > 0 ? end : sqlPerBlock
    found.push(rest.slice(0, at))
    rest = rest.slice(at).replace(/^\n/, '')
  }
  return found
}
