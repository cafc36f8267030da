import { element } from './dom.js'
import { input, pressable } from './elements.js'
import { marked, richText, words } from './words.js'

const picture = ({ slack_file: file, image_url: url, alt_text: alt, title }) => {
  const drawn = element('img')
  drawn.alt = alt
  drawn.src = file ? `/picture/${file.id}` : url
  const caption = element('figcaption', '', title?.text ?? '')
  return element('figure', '', drawn, caption)
}

const cell = drawn => (drawn.type === 'rich_text' ? richText(drawn) : drawn.text)

const table = ({ rows, caption }) => {
  const [head, ...body] = rows
  const line = (cells, tag) =>
    element('tr', '', ...cells.map(each => element(tag, each.type === 'raw_number' ? 'number' : '', cell(each))))
  return element(
    'table',
    '',
    caption ? element('caption', '', caption) : undefined,
    element('thead', '', line(head, 'th')),
    element('tbody', '', ...body.map(row => line(row, 'td'))),
  )
}

const chart = ({ title, chart: drawn }) => {
  const text = words => ({ type: 'raw_text', text: String(words) })
  const rows =
    drawn.type === 'pie'
      ? [['', ''], ...drawn.segments.map(({ label, value }) => [label, value])]
      : [
          ['', ...drawn.series.map(s => s.name)],
          ...drawn.axis_config.categories.map(c => [
            c,
            ...drawn.series.map(s => s.data.find(p => p.label === c)?.value),
          ]),
        ]
  return table({ rows: rows.map(row => row.map(text)), caption: `${title} (a ${drawn.type} chart, which Slack draws)` })
}

const section = ({ text, fields = [], accessory }, press) =>
  element(
    'div',
    'section',
    element('div', '', text ? words(text) : undefined, ...fields.map(each => element('div', 'field', words(each)))),
    accessory && (accessory.type === 'image' ? picture(accessory) : pressable(accessory, press(accessory))),
  )

const form = ({ label, hint, element: drawn, block_id: block }) => {
  const made = input(drawn)
  made.dataset.action = drawn.action_id
  made.dataset.block = block
  return element(
    'label',
    'input',
    element('span', '', label.text),
    made,
    hint ? element('small', '', hint.text) : undefined,
  )
}

const kinds = {
  header: ({ text }) => element('h3', '', text.text),
  divider: () => element('hr'),
  image: picture,
  table,
  data_table: table,
  data_visualization: chart,
  rich_text: richText,
  section,
  input: form,
  markdown: ({ text }) => element('p', 'words', text),
  alert: ({ text }) => element('p', 'alert', words(text)),
  context: ({ elements }) =>
    element('div', 'context', ...elements.map(each => (each.type === 'image' ? picture(each) : words(each)))),
  actions: ({ elements }, press) => element('div', 'actions', ...elements.map(each => pressable(each, press(each)))),
  context_actions: ({ elements }, press) =>
    element('div', 'actions', ...elements.map(each => pressable(each, press(each)))),
  container: ({ title, child_blocks: inside }, _, press) =>
    element('fieldset', '', element('legend', '', title?.text ?? ''), ...inside.map(each => block(each, press))),
}

const block = (drawn, press) => {
  const draw = Object.hasOwn(kinds, drawn.type) ? kinds[drawn.type] : undefined
  if (draw === undefined) return element('pre', 'unknown', JSON.stringify(drawn, null, 2))
  const pressing = each => option => press({ block: drawn.block_id, action: each.action_id, option })
  return draw(drawn, pressing, press)
}

/** Blocks as elements; `press` hears of buttons and menus. Without blocks the text stands alone. */
export const blocks = ({ blocks: drawn = [], text = '' }, press) =>
  drawn.length > 0 ? drawn.map(each => block(each, press)) : [element('p', '', marked(text))]
