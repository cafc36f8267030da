import { expect, test } from 'vitest'
import { roomView } from '#renderers/room/answer.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { teamsCard } from '#renderers/teams/card.ts'
import { renderText } from '#renderers/text/answer.ts'
import { answerView } from '#renderers/view/answer.ts'
import { paintedOf } from '#renderers/view/picture.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import type { DiagramChart } from '#src/vocabulary/chart.ts'

const chart: DiagramChart = {
  ...{ kind: 'diagram', title: 'How an order flows', subtitle: '', alt: 'Paid: → Shipped.' },
  nodes: [
    { id: 'p', label: 'Paid' },
    { id: 's', label: 'Shipped' },
  ],
  edges: [{ from: 'p', to: 's' }],
}
const answer: Told = {
  ...{ status: 'told', id: 't1', question: 'q', domain: 'd', title: 'How an order flows', choices: [] },
  ...{ paragraphs: ['First it is paid.'], items: [{ term: 'Paid', text: '→ Shipped' }], chart },
}
const none = { periods: [], splits: [], charts: [] }
const view = answerView(answer, none)

test('what is told has its diagram painted', () => {
  expect(paintedOf(view)).toEqual({ chart, headline: 'How an order flows' })
  const { chart: _, ...plain } = answer
  expect(paintedOf(answerView(plain, none))).toBeUndefined()
})

test('in Slack the diagram stands below the title, where there is a picture', () => {
  const image = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'Paid: → Shipped.' }
  expect(slackMessage(view, { rung: 'picture', fileId: 'F1' }).blocks[1]).toMatchObject(image)
  expect(slackMessage(view, { rung: 'text' }).blocks.map(b => b.type)).not.toContain('image')
})

test('in Teams too', () => {
  const picture = { url: 'data:image/png;base64,AAAA' }
  const image = { type: 'Image', altText: 'Paid: → Shipped.' }
  expect(teamsCard(view, { rung: 'picture', picture }).body[1]).toMatchObject(image)
  expect(JSON.stringify(teamsCard(view, { rung: 'text' }))).not.toContain('"Image"')
})

test('the room gives the addresses of its picture', () => {
  expect(roomView(answer, none)).toMatchObject({
    picture: { alt: 'Paid: → Shipped.', light: '/room/chart/t1.light.png?untitled', file: 'how-an-order-flows.png' },
  })
  expect(roomView(answer, none)).not.toHaveProperty('chart')
})

test('a terminal has it as an indented list, once', () => {
  expect(renderText(answer, { width: 80, colour: false })).toBe(
    'How an order flows\n\nFirst it is paid.\n\nPaid\n  → Shipped\n',
  )
})
