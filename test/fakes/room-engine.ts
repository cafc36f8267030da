import type { Incidents } from '#handlers/chat/failures.ts'
import type { RoomUseCases } from '#handlers/room/use-cases.ts'
import type { Asked } from '#src/ask.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import type { Feedback } from '#src/store/feedback.ts'
import type { Answer, Answered, AnswerOptions, OnStory } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { createAnswers } from './memory-store.ts'
import { answered, clarify, empty, hostile, longTable, type Maker, query, refused, told } from './room-answers.ts'
import { solidPng } from './solid-png.ts'

/** What the fake has seen, and a way to let a slow question finish. */
export type RoomEngine = {
  useCases: RoomUseCases
  incidents: Incidents
  answers: Answers
  asked: Asked[]
  stopped: string[]
  feedback: Feedback[]
  painted: string[]
  /** Files that became data. */
  imported: { name: string; size?: number; bytes: number }[]
  logged: { incident: string; error: unknown }[]
  finishSlow: () => void
  /** What is written of the answer so far to the question that was asked last. */
  write: OnStory
}

const scripted: Record<string, Maker> = {
  'revenue by category in texs please': answered,
  'list customers': longTable,
  revenue: clarify,
  'revenue next month': refused,
  'orders in alaska in march 2021': empty,
  help: told,
  'be hostile': hostile,
}

/** The use cases of the room, scripted: the words decide the answer. A question with a query is always answered. */
export const createRoomEngine = (): RoomEngine => {
  const slow = Promise.withResolvers<void>()
  const seen = { asked: [], stopped: [], feedback: [], painted: [], imported: [], logged: [] } as Pick<
    RoomEngine,
    'asked' | 'stopped' | 'feedback' | 'painted' | 'imported' | 'logged'
  >
  let telling: OnStory | undefined
  const ask: RoomUseCases['ask'] = async (question, { signal, onStatus, onStory }) => {
    seen.asked.push(question)
    telling = onStory
    const id = `a${seen.asked.length}`
    const text = question.text.toLowerCase()
    if (text === 'be slow') await slowly({ slow: slow.promise, signal, onStatus, onStop: () => seen.stopped.push(id) })
    if (text === 'time out') throw ChartroomError.of('engine/timeout', { seconds: 30 })
    if (text === 'break') throw new TypeError('secret detail of /somewhere')
    return answerTo(question, id)
  }
  const examples = [
    'Revenue by category last month',
    'Top 5 states by orders this year',
    'Why did returns of Clothing jump in January?',
    'Forecast revenue for the next 4 weeks',
  ]
  const useCases: RoomUseCases = {
    ask,
    askAgain: (answer, asker, running) => ask({ ...againOf(answer), asker, audience: 'asker' }, running),
    paint: async (chart, theme, { format }) => {
      seen.painted.push(`${chart.title} ${theme}`)
      const size = format === 'small' ? { width: 1020, height: 612 } : { width: 1200, height: 720 }
      return solidPng({ ...size, rgb: theme === 'dark' ? [0x1a, 0x1d, 0x21] : [255, 255, 255] })
    },
    csv: csvOf,
    feedback: given => void seen.feedback.push(given),
    options,
    kpis: () => ['Revenue', 'Return rate'],
    examplesOf: () => examples,
    examples: () => examples,
    importFile: async ({ stream, name, size }, { signal, onStatus }) => {
      let bytes = 0
      for await (const chunk of stream) bytes += chunk.byteLength
      onStatus(`Reading ${name}`)
      if (name.startsWith('slow'))
        await slowly({ slow: slow.promise, signal, onStatus, onStop: () => seen.stopped.push(name) })
      if (name.startsWith('busy')) throw ChartroomError.of('engine/busy')
      seen.imported.push({ name, size, bytes })
      return importedFile(name, `f${seen.imported.length}`)
    },
    domains: () => [
      { name: 'ecommerce', label: 'E-commerce' },
      { name: 'support', label: 'Support chats' },
      ...seen.imported.map(({ name }) => ({ name: domainOf(name), label: name.replace(/\.\w+$/, '') })),
    ],
    status: () => ({
      ready: true,
      lines: ['10,000 orders', 'Data until 31 Dec 2023', 'Rules only, no language model'],
    }),
  }
  const incidents: Incidents = {
    incident: () => `inc-${seen.logged.length + 1}`,
    log: ({ incident, error }) => void seen.logged.push({ incident, error }),
  }
  return {
    useCases,
    incidents,
    answers: createAnswers({ most: 500 }, fixedEffects()),
    ...seen,
    finishSlow: () => slow.resolve(),
    write: sentences => telling?.(sentences),
  }
}

const domainOf = (file: string) => `upload_${file.replace(/\W+/g, '_')}`

const importedFile = (name: string, id: string): Answer => ({
  status: 'told',
  id,
  question: name,
  domain: domainOf(name),
  title: `${name} can be asked about`,
  paragraphs: ['1,204 rows and 3 columns, from 2 Jan to 30 Jun 2026. Only you can ask about it.'],
  items: [
    { term: 'Amount', text: 'A number with 2 decimals; summed up.', ask: 'total amount' },
    { term: 'Region', text: '4 different texts.' },
  ],
  choices: [
    { label: 'Total amount by region', question: 'total amount by region' },
    { label: 'Amount by month', question: 'amount by month' },
  ],
})

const answerTo = ({ text, query: reading }: Asked, id: string): Answer => {
  if (reading) return { ...answered(id, text), query: reading }
  return (scripted[text.toLowerCase()] ?? answered)(id, text)
}

type Slow = { slow: Promise<void>; signal: AbortSignal; onStatus: (words: string) => void; onStop: () => void }

const slowly = async ({ slow, signal, onStatus, onStop }: Slow) => {
  onStatus('Counting orders')
  const stop = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => {
    onStop()
    stop.reject(ChartroomError.of('engine/cancelled'))
  })
  await Promise.race([slow, stop.promise])
}

const csvOf = ({ table }: Answered) =>
  [table.columns.map(c => c.name), ...table.rows].map(row => `${row.map(cell => cell ?? '').join(',')}\r\n`).join('')

const options = (_: Answered): AnswerOptions => ({
  periods: [
    { label: 'December 2023', question: 'in December 2023', query },
    {
      label: 'November 2023',
      question: 'in November 2023',
      query: {
        ...query,
        period: { start: '2023-11-01', end: '2023-12-01', label: 'November 2023', unit: 'month', count: 1 },
      },
    },
    {
      label: 'This year',
      question: 'this year',
      query: { ...query, period: { start: '2023-01-01', end: '2024-01-01', label: '2023', unit: 'year', count: 1 } },
    },
  ],
  splits: [
    { label: 'Category', question: 'by category', query },
    { label: 'State', question: 'by state', query: { ...query, splits: [{ dimension: 'state' }] } },
    { label: 'Month', question: 'by month', query: { ...query, splits: [{ grain: 'month' }] } },
  ],
  charts: ['bar', 'donut', 'table'],
})

/** As a kept answer is asked once more. */
export const againOf = (answer: Answer): Asked => ({
  text: answer.question,
  ...('query' in answer && { query: answer.query }),
})
