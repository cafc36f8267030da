import type { AnsweredView, AnswerView } from '#renderers/room/view.ts'
import type { LineView, TableView } from '#renderers/view/view.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import { type Html, html, verbatim } from './html.ts'

/** Both pictures of a chart as PNG. */
export type Pictures = { light: Uint8Array; dark: Uint8Array }

export type Sheet = {
  /** Words under the title: when and from what. */
  about: string
  charts: { name: string; chart: Chart; pictures: Pictures }[]
  answers: { question: string; view: AnswerView; pictures?: Pictures }[]
  style: string
}

/** The whole sheet as one HTML file that needs nothing else. */
export const page = ({ about, charts, answers, style }: Sheet): string => {
  const kinds = [...new Set(charts.map(c => c.chart.kind))]
  const named = answers.map((answer, i) => ({ ...answer, id: `answer-${i + 1}` }))
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Chartroom gallery</title><style>${verbatim(style)}</style></head><body>
<nav aria-label="Contents"><h1>Gallery</h1><p>${about}</p>
<h2><a href="#answers">Answers</a></h2><ol>${named.map(a => html`<li><a href="#${a.id}">${a.question}</a></li>`)}</ol>
${kinds.map(
  kind =>
    html`<h2><a href="#kind-${kind}">${kind}</a></h2><ul>${charts
      .filter(c => c.chart.kind === kind)
      .map(c => html`<li><a href="#chart-${c.name}">${c.name}</a></li>`)}</ul>`,
)}</nav>
<main><h2 id="answers">Answers</h2>${named.map(answerCard)}
${kinds.map(
  kind => html`<h2 id="kind-${kind}">${kind}</h2>${charts.filter(c => c.chart.kind === kind).map(chartCard)}`,
)}</main></body></html>
`.markup
}

const chartCard = ({ name, chart, pictures }: Sheet['charts'][number]) =>
  html`<article id="chart-${name}"><h3><a href="#chart-${name}">${name}</a></h3>${both(pictures, chart.alt)}
<p class="alt">${chart.alt}</p></article>`

const both = ({ light, dark }: Pictures, alt: string) =>
  html`<div class="both">${[light, dark].map(png => html`<img loading="lazy" alt="${alt}" width="600" height="360" src="${source(png)}">`)}</div>`

const source = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

const answerCard = ({ id, question, view, pictures }: Sheet['answers'][number] & { id: string }): Html =>
  html`<article id="${id}"><h3><a href="#${id}">${question}</a> <span class="status">${view.status}</span></h3>
${view.status === 'answered' ? answered(view, pictures) : other(view)}</article>`

const answered = (view: AnsweredView, pictures: Pictures | undefined) => html`<p class="headline">${view.headline}</p>
<p>${view.summary.map(s => s.text).join(' ')}</p>${notes(view.notes)}
${pictures && both(pictures, view.picture?.alt ?? '')}
${sentences('What stands out', view.insights)}${sentences('What follows', view.implications)}
<p class="badge">${[view.badge.label, ...view.badge.facts].join(' · ')}</p>
<details><summary>Table</summary>${table(view.table)}</details>
<details><summary>Receipt</summary>${receipt(view.receipt)}<pre>${view.sql.text}</pre>
<p>${view.sql.params.map(p => `${p.name} = ${p.value}`).join(', ')}</p></details>
${view.picture && html`<p class="alt">${view.picture.alt}</p>`}
<p class="next">${view.next.map(n => html`<span>${n.label}</span>`)}</p>`

const other = (
  view: Exclude<AnswerView, AnsweredView>,
) => html`<p class="headline">${view.status === 'told' ? view.title : view.message}</p>
${view.status === 'told' ? view.paragraphs.map(text => html`<p>${text}</p>`) : 'notes' in view && notes(view.notes)}
${view.status === 'told' && view.items.length > 0 && html`<dl>${view.items.map(i => html`<dt>${i.term}</dt><dd>${i.text}</dd>`)}</dl>`}
<p class="next">${view.choices.map(c => html`<span>${c.label}</span>`)}</p>`

const notes = (list: readonly string[]) =>
  list.length > 0 && html`<ul class="notes">${list.map(text => html`<li>${text}</li>`)}</ul>`

const sentences = (title: string, list: AnsweredView['insights']) =>
  list.length > 0 && html`<h4>${title}</h4><ul>${list.map(s => html`<li class="tone-${s.tone}">${s.text}</li>`)}</ul>`

const table = ({
  columns,
  rows,
  more,
}: TableView) => html`<table><thead><tr>${columns.map(c => html`<th class="${c.align}">${c.label}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${row.map((text, i) => html`<td class="${columns[i]?.align ?? 'left'}">${text}</td>`)}</tr>`)}</tbody></table>
${more > 0 && html`<p>… ${more} more</p>`}`

const receipt = (lines: readonly LineView[]) =>
  html`<dl>${lines.map(({ term, lines: texts }) => html`<dt>${term}</dt>${texts.map(text => html`<dd>${text}</dd>`)}`)}</dl>`
