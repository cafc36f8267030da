import type { Answer, Told } from '#src/vocabulary/answer.ts'
import type { Command } from './parse.ts'
import type { CommandRun } from './reply.ts'
import type { DataDescription, Turn, UseCases } from './use-cases.ts'

type HelpCommand = Extract<Command, { kind: 'help' }>
type Item = Told['items'][number]
type Topic = { title: string; paragraphs: string[]; items: Item[] }

/** The commands as people type them; the terminal's usage and the help of every room come from here. */
export const commandList: readonly Item[] = [
  { term: 'ask <question>', text: 'Any question in plain words; the word “ask” may be left out.' },
  {
    term: 'kpi [name] [words]',
    text: 'A KPI with its usual period and split, or other ones; alone: the list.',
    ask: 'kpi',
  },
  {
    term: 'data [fresh|diagram|name]',
    text: 'What is there, how fresh, which tables belong together, what a name means.',
    ask: 'data',
  },
  { term: 'help [topic]', text: 'This, or more on questions, periods, threads or charts.', ask: 'help questions' },
]

const uploads: Item = {
  term: 'data uploads',
  text: 'Files that you brought. More on them: data rename a to b, hide, measure, quality, versions, share, delete.',
  ask: 'data uploads',
}

const verified: Item = {
  term: 'data verify',
  text: 'For admins: the last answer here is right. More for them: data verified, data review, data lessons, data audit, data usage.',
  ask: 'data verified',
}

/** `help`: the commands and questions to start with. `help <topic>`: more on one; other words are taken as a question. */
export const runHelp = async (
  { command, turn, asked, reply }: CommandRun<HelpCommand>,
  useCases: UseCases,
): Promise<Answer> => {
  const topic = command.topic.toLowerCase().replace(/[?!.\s]+$/, '')
  if (topic) {
    const name = helpTopics.find(t => t === topic || t === `${topic}s`) ?? useCases.near(topic, helpTopics)[0]
    if (!name) return asked(command.text)
    if (name !== 'questions')
      return reply.told({ domain: turn.domain ?? '', ...topics[name]!, choices: otherTopics(name) })
    const { domain, templates, examples } = await startingPoints(useCases, turn)
    return reply.told({
      ...{ domain, ...topics[name]! },
      items: [...topics[name]!.items, ...templates],
      choices: [...examples.map(question => ({ label: question, question })), ...otherTopics(name)].slice(0, 5),
    })
  }
  const { domain, examples } = await startingPoints(useCases, turn)
  return reply.told({
    domain,
    title: 'What you can ask',
    paragraphs: [
      'Say what to count, what to split it by, which part of it, and when. Ask on in the same thread to change one part.',
    ],
    items: [...commandList, ...(useCases.datasets ? [uploads] : []), ...(useCases.verifying ? [verified] : [])],
    choices: examples.map(question => ({ label: question, question })),
  })
}

/** Help must come even when the data cannot be reached; then it comes without examples. */
const startingPoints = (useCases: UseCases, turn: Turn) =>
  useCases.describeData(turn).then(
    data => ({ domain: data.domain, examples: data.examples.slice(0, 3), templates: templatesOf(data) }),
    () => ({ domain: turn.domain ?? '', examples: [], templates: [] }),
  )

/** Forms of questions, each filled in with what this domain has; a click asks it. */
const templatesOf = ({ measures, dimensions }: DataDescription): Item[] => {
  const [first, second] = measures.map(({ label }) => label.toLowerCase())
  const named = dimensions.filter(({ values }) => values.length > 1)
  const [a, b] = named.map(({ label }) => label.toLowerCase())
  // What a measure leaves out by definition is mostly a value of the first ones: a status.
  const last = named.at(-1)
  const fill = (form: string, question: string): Item => ({ term: form, text: question, ask: question })
  if (!first) return []
  return [
    fill('<measure> by month', `${first} by month`),
    ...(a
      ? [fill('<measure> by <split>', `${first} by ${a}`), fill('top 5 <split> by <measure>', `top 5 ${a} by ${first}`)]
      : []),
    ...(last ? [fill('<measure> for <value>', `${first} for ${last.label.toLowerCase()} ${last.values[0]}`)] : []),
    ...(b ? [fill('share of <measure> by <split>', `share of ${first} by ${b}`)] : []),
    ...(second ? [fill('<measure> and <measure> by month', `${first} and ${second} by month`)] : []),
  ]
}

const otherTopics = (name: string) =>
  helpTopics
    .filter(t => t !== name)
    .slice(0, 4)
    .map(t => ({ label: `Help on ${t}`, question: `help ${t}` }))

const topics: Record<string, Topic> = {
  questions: {
    title: 'Questions',
    paragraphs: [
      'The order of the words does not matter, nor do small typos. Words that could not be used are always named.',
    ],
    items: [
      { term: 'by, per, for each', text: 'splits: “revenue by category”, “orders per week”' },
      {
        term: 'in, from, paid by',
        text: 'keeps a part: “orders in Texas paid by PayPal”; “excluding cancelled” leaves one out',
      },
      { term: 'top 5, worst, highest', text: 'ranks: “top 5 products by revenue”' },
      { term: 'over, at least, between', text: 'compares: “orders over $500”, “states with at least 100 orders”' },
      {
        term: 'vs, compared to, growth',
        text: 'compares periods or values: “revenue vs last year”, “Texas vs California”',
      },
      { term: 'share, percent of', text: 'parts of a whole: “share of orders by channel”' },
      { term: 'why, forecast', text: 'explains a change, or looks ahead: “why did returns jump in January?”' },
    ],
  },
  periods: {
    title: 'Periods',
    paragraphs: [
      'Weeks start on Monday unless the semantic model says otherwise. A month without a year is the latest that has begun.',
    ],
    items: [
      { term: 'last 7 days', text: 'seven days that end yesterday' },
      { term: 'last 3 months', text: 'three complete months' },
      { term: 'last month', text: 'the calendar month before this one' },
      { term: 'this quarter, YTD', text: 'from its start until today' },
      { term: 'Q3 2023, March, H1', text: 'that quarter, month or half-year' },
      { term: 'from … to …, since …', text: 'both named ends are included' },
      { term: 'weekends, weekdays', text: 'only those days' },
    ],
  },
  threads: {
    title: 'Threads',
    paragraphs: ['Within a thread a short reply changes one part of the last question; the rest stays as it was.'],
    items: [
      { term: 'and by category?', text: 'changes the split' },
      { term: 'only Texas', text: 'keeps a part' },
      { term: 'what about 2022', text: 'changes the period' },
      { term: 'top 3 instead', text: 'changes the ranking' },
      { term: 'as a line', text: 'changes the chart' },
    ],
  },
  charts: {
    title: 'Charts',
    paragraphs: [
      'The chart is chosen by what the result is like. Name another kind to get that: “as a pie”, “as a table”.',
    ],
    items: [
      { term: 'as a bar, line, area', text: 'categories, or values over time' },
      { term: 'as a pie, donut', text: 'parts of a whole' },
      { term: 'as a heatmap', text: 'two splits at once' },
      { term: 'as a table', text: 'the rows themselves' },
    ],
  },
}

/** What there is more help on. */
export const helpTopics: readonly string[] = Object.keys(topics)
