import { choiceRow, menuButton } from './choices.js'
import { button, el } from './dom.js'
import { feedback } from './feedback.js'
import { icon } from './icons.js'
import { panels, receiptPanel, sqlPanel, tablePanel } from './panels.js'
import { pictureOf } from './picture.js'

/**
 * What stands under a question, and the words that are read out for it.
 * @param {{onChoice: (choice: object) => void, onRetry: () => void, again?: string}} listeners `again` is what trying again is called
 * @returns {{node: Node, spoken: string}}
 */
export const answerOf = (view, listeners) => makers[view.status](view, listeners)

const answered = (view, { onChoice }) => {
  const details = panels([
    { label: 'Table', icon: 'table', make: () => tablePanel(view.table, view.csv) },
    { label: 'Receipt', icon: 'receipt', make: () => receiptPanel(view.receipt) },
    { label: 'SQL', icon: 'code', make: () => sqlPanel(view.sql) },
  ])
  const opinion = feedback(view.id)
  const node = el(
    'div',
    { class: 'card' },
    el('h3', { class: 'headline' }, view.headline),
    view.summary.length > 0 && el('p', { class: 'summary' }, view.summary.map(s => s.text).join(' ')),
    notesOf(view.notes),
    view.picture && pictureOf(view.picture, () => details.show(0)),
    view.insights.length > 0 && sentenceList('What stands out', view.insights),
    view.implications.length > 0 && sentenceList('What follows', view.implications),
    details.node,
    el('div', { class: 'actions' }, ...view.menus.map(menu => menuButton(menu, onChoice)), opinion.thumbs),
    opinion.form,
    badgeOf(view.badge),
  )
  if (!view.picture) details.show(0)
  return {
    node: withNext(node, view.next, onChoice),
    spoken: [view.headline, ...view.summary.map(s => s.text)].join(' '),
  }
}

const withNext = (card, next, onChoice) => {
  const row = choiceRow(next, onChoice)
  return row ? el('div', {}, card, el('div', { class: 'next' }, row)) : card
}

const sentenceList = (title, sentences) =>
  el(
    'section',
    { class: 'sentences' },
    el('h4', {}, title),
    el('ul', {}, ...sentences.map(s => el('li', { class: `tone-${s.tone}` }, s.text))),
  )

const notesOf = notes =>
  notes.length > 0 &&
  el('ul', { class: 'notes' }, ...notes.map(text => el('li', { class: 'note' }, icon('info'), el('span', {}, text))))

const badgeOf = badge =>
  el(
    'p',
    { class: `badge badge-${badge.origin}` },
    el(
      'span',
      { class: 'badge-origin', title: badge.title },
      icon(badge.origin === 'generated' ? 'spark' : 'shield'),
      badge.label,
    ),
    ...badge.facts.map(fact => el('span', {}, fact)),
  )

const plain = (name, { title, message, notes = [], extra }, choices, onChoice) =>
  el(
    'div',
    { class: `card plain plain-${name}` },
    el('div', { class: 'plain-head' }, icon(name), el('div', {}, el('h3', {}, title), message && el('p', {}, message))),
    notesOf(notes),
    choiceRow(choices, onChoice, 'chip chip-strong'),
    extra,
  )

const clarify = ({ message, notes, choices }, { onChoice }) => ({
  node: plain('ask', { title: message, notes }, choices, onChoice),
  spoken: `${message} ${choices.length} choices.`,
})

const refused = ({ message, choices }, { onChoice }) => ({
  node: plain('blocked', { title: message }, choices, onChoice),
  spoken: message,
})

const empty = ({ message, notes, receipt, sql, choices }, { onChoice }) => {
  const details = panels([
    { label: 'Receipt', icon: 'receipt', make: () => receiptPanel(receipt) },
    { label: 'SQL', icon: 'code', make: () => sqlPanel(sql) },
  ])
  return { node: plain('info', { title: message, notes, extra: details.node }, choices, onChoice), spoken: message }
}

const told = ({ title, paragraphs, items, picture, choices }, { onChoice }) => ({
  node: el(
    'div',
    { class: 'card told' },
    el('h3', { class: 'headline' }, title),
    ...paragraphs.map(text => el('p', {}, text)),
    picture && pictureOf(picture, () => {}),
    items.length > 0 && el('dl', { class: 'items' }, ...items.flatMap(item => itemOf(item, onChoice))),
    choiceRow(choices, onChoice),
  ),
  spoken: [title, ...paragraphs].join('. '),
})

const itemOf = ({ term, text, ask }, onChoice) => [
  el('dt', {}, ask ? button({ label: term, class: 'term', on: () => onChoice({ label: term, question: ask }) }) : term),
  el('dd', {}, text),
]

const failed = ({ message, next, retry, incident }, { onRetry, again = 'Ask again' }) => ({
  node: el(
    'div',
    { class: 'card plain plain-alert' },
    el('div', { class: 'plain-head' }, icon('alert'), el('div', {}, el('h3', {}, message), el('p', {}, next))),
    (retry || incident) &&
      el(
        'div',
        { class: 'failed-foot' },
        retry && button({ label: again, class: 'chip chip-strong', on: onRetry }),
        incident && el('span', { class: 'incident' }, 'Incident ', el('code', {}, incident)),
      ),
  ),
  spoken: `${message} ${next}`,
})

const stopped = (_view, { onRetry, again = 'Ask again' }) => ({
  node: el(
    'p',
    { class: 'stopped' },
    'Stopped. Nothing more is running.',
    button({ label: again, class: 'link', on: onRetry }),
  ),
  spoken: 'Stopped.',
})

const makers = { answered, clarify, refused, empty, told, failed, stopped }
