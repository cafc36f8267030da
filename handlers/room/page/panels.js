import { copyButton } from './copy.js'
import { button, el, freshId } from './dom.js'
import { icon } from './icons.js'

/**
 * A row of buttons, each of which opens a panel below; one is open at a time.
 * @param {{label: string, icon: string, make: () => Node}[]} panels
 */
export const panels = list => {
  const box = el('div', { class: 'panel', id: freshId(), hidden: true })
  const buttons = list.map((panel, i) =>
    button({
      label: panel.label,
      icon: icon(panel.icon),
      class: 'tab',
      on: () => show(box.hidden || buttons[i].getAttribute('aria-expanded') === 'false' ? i : -1),
      attributes: { 'aria-expanded': 'false', 'aria-controls': box.id },
    }),
  )
  const show = chosen => {
    buttons.forEach((b, i) => {
      b.setAttribute('aria-expanded', String(i === chosen))
    })
    box.hidden = chosen < 0
    if (chosen >= 0) box.replaceChildren(list[chosen].make())
  }
  return { node: el('div', { class: 'panels' }, el('div', { class: 'tabs' }, ...buttons), box), show }
}

/** A table that scrolls inside its own box. */
export const tablePanel = (table, csv) =>
  el(
    'div',
    {},
    el(
      'div',
      { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': 'Table of the result' },
      tableOf(table),
    ),
    el(
      'div',
      { class: 'panel-foot' },
      el('span', {}, rowsText(table)),
      el('a', { class: 'action', href: csv, download: true }, icon('download'), el('span', {}, 'Download CSV')),
    ),
  )

const tableOf = ({ columns, rows }) =>
  el(
    'table',
    {},
    el('thead', {}, el('tr', {}, ...columns.map(c => el('th', { scope: 'col', class: c.align }, c.label)))),
    el(
      'tbody',
      {},
      ...rows.map(row =>
        el(
          'tr',
          {},
          ...row.map((text, i) => el('td', { class: `${columns[i].align}${columns[i].wide ? ' wide' : ''}` }, text)),
        ),
      ),
    ),
  )

const rowsText = ({ total, more, truncated }) => {
  const count = n => n.toLocaleString('en-US')
  const shown =
    more > 0
      ? `First ${count(total - more)} of ${count(total)} rows; the CSV has all`
      : `${count(total)} ${total === 1 ? 'row' : 'rows'}`
  return truncated ? `${shown}. The result was cut at the row limit.` : shown
}

export const receiptPanel = lines =>
  el(
    'dl',
    { class: 'receipt' },
    ...lines.flatMap(({ term, lines: texts }) => [el('dt', {}, term), ...texts.map(text => el('dd', {}, text))]),
  )

export const sqlPanel = sql =>
  el(
    'div',
    { class: 'sql' },
    el(
      'pre',
      { tabindex: '0', role: 'region', 'aria-label': 'SQL' },
      el('code', {}, ...sql.pieces.map(p => el('span', { class: `sql-${p.kind}` }, p.text))),
    ),
    sql.params.length > 0 &&
      el('dl', { class: 'params' }, ...sql.params.map(p => el('div', {}, el('dt', {}, p.name), el('dd', {}, p.value)))),
    el('div', { class: 'panel-foot' }, el('span', {}), copyButton('Copy SQL', sql.text)),
  )
