import type { Button, HomeView } from '@slack/types'
import { plainText } from '../view/plain-text.ts'
import type { SlackBlock } from './block-kit.ts'
import { actions, headline, named, prose, type Run, small } from './blocks.ts'
import { isShort } from './choices.ts'
import { plain } from './elements.ts'
import { limits } from './limits.ts'

/** `about` says which data it is ("orders of the sample shop, until 31 Dec 2023"); `kpis` are labels. */
export type Home = { about?: string; examples: readonly string[]; kpis: readonly string[] }

const mostExamples = 6
const longestExample = 300
const kpisShown = 8

/** The Home tab: what Chartroom is, questions to click, what it sees. A click on an example carries its question, as if it had been typed. */
export const homeView = ({ about = '', examples, kpis }: Home): HomeView => ({
  type: 'home',
  blocks: named(
    [
      ...headline('Ask your data', 'picture'),
      ...say('Ask in plain words and get the number, a chart, and how it was worked out.'),
      ...small(about),
      ...exampleBlocks(examples),
      ...headline('Where to ask', 'picture'),
      ...where(),
      ...kpiBlocks(kpis),
      { type: 'divider' },
      ...small(
        'Chartroom reads its own commands, messages that mention it, and what you write to it here. Answers to commands are yours alone until you share them.',
      ),
    ],
    'home',
  ),
})

const say = (...lines: Run[][] | string[]) =>
  prose(
    lines.map(line => (typeof line === 'string' ? [line] : line)),
    'picture',
  )

const exampleBlocks = (examples: readonly string[]): SlackBlock[] => {
  const usable = examples.map(plainText).filter(text => text !== '' && text.length <= longestExample)
  return usable.length === 0 ? [] : [...headline('Try one', 'picture'), ...examplesIn(usable.slice(0, mostExamples))]
}

/** Buttons when a phone shows all of them whole, else each question in full with a button beside it. */
const examplesIn = (questions: string[]): SlackBlock[] =>
  questions.every(label => isShort({ label }))
    ? actions(questions.map((question, i) => example(question, i, question)))
    : questions.map((question, i) => ({
        type: 'section',
        text: plain(question, longestExample),
        accessory: { ...example(question, i, 'Ask'), accessibility_label: plain(`Ask: ${question}`, limits.hint).text },
      }))

const example = (question: string, index: number, label: string): Button => ({
  type: 'button',
  text: plain(label, limits.buttonText),
  action_id: `home:ask:${index}`,
  value: question,
})

const where = () =>
  say(
    [{ bold: 'Here, in Messages' }, '  any question; the next one may go on from it'],
    [{ bold: '@Chartroom' }, '  in a channel: the answer comes in the thread'],
    [{ bold: '/ask, /kpi, /data' }, '  anywhere: only you see the answer'],
  )

const kpiBlocks = (kpis: readonly string[]): SlackBlock[] => {
  if (kpis.length === 0) return []
  const shown = kpis.slice(0, kpisShown).map(plainText)
  const more = kpis.length - shown.length
  return [
    ...headline('KPIs', 'picture'),
    ...say(`${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}. Type /kpi for the list, or /kpi and a name.`),
  ]
}
