import { type Drawn, readMermaid } from '#src/diagram/mermaid.ts'
import type { Domain, Knowledge, TextResult } from '#src/domain.ts'
import type { Violation } from '#src/guard/guard.ts'
import type { Advice } from '#src/guard/rule.ts'
import { nearest } from '#src/semantic/near.ts'
import type { Owner } from '#src/store/answers.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Complete, Message, Use } from './client/complete.ts'
import { describeModel } from './describe-model.ts'
import { type Draft, queryOf } from './draft.ts'
import { type Example, nearestExamples } from './examples.ts'
import { remarksOn, shownTo } from './look-at.ts'
import { planSchema, type Step, told } from './plan.ts'
import { choosePrompt, fillIn, type Prompts } from './prompts.ts'
import type { Retell } from './retell.ts'
import { compute, recordsOf } from './tools/compute.ts'
import { findValue } from './tools/find-value.ts'
import { sampleValues } from './tools/sample-values.ts'

/** A question that the rules did not wholly read. */
export type Unread = {
  id: string
  text: string
  domain: Domain
  knowledge: Knowledge
  today: IsoDate
  owner?: Owner
  /** Names the conversation; the same one gets the same text of a prompt. */
  thread?: string
  /** What was said before, in words, the latest last. */
  before: readonly string[]
  /** One of the parts that a question was split into: it is not split any further. */
  isPart?: boolean
  /** What admins want kept to, in words. */
  rules?: readonly string[]
}

export type Working = { signal?: AbortSignal; onStatus?: (words: string) => void }

export type AgentParts = { complete: Complete; prompts: Prompts; examples: readonly Example[] }

/** What came out, how it was worked out step by step, and what that took. */
export type Worked = {
  outcome: Outcome
  steps: string[]
  uses: Use[]
  prompt: { name: string; version: number }
  /** Has what came out told in words; absent: rules tell it. */
  retell?: Retell
}

export type Outcome =
  /** What the semantic model can say after all. */
  | { kind: 'query'; query: Query }
  /** SQL that the guard let through, and what it gave; `says` is what that shows, in words. */
  | {
      kind: 'rows'
      result: Pick<TextResult, 'rows' | 'columns' | 'truncated'>
      sql: string
      says: string
      cached: boolean
      /** What computed the rows from those of the SQL; absent: they are the SQL's own. */
      program?: string
    }
  | { kind: 'ask'; message: string; choices: string[] }
  | { kind: 'parts'; parts: string[] }
  /** How things hang together, in words, and drawn where that could be read. */
  | { kind: 'diagram'; title: string; says: string[]; drawn?: Drawn }
  | { kind: 'declined'; why: string }
  /** It was tried, and did not work out; `large`: what was wanted is too much at once, and how to ask for less. */
  | { kind: 'failed'; why: string; large?: Large }

/** What the guard says of SQL that is too much at once. */
export type Large = { message: string; advice: readonly Advice[] }

/** Repairs of a step that did not work, and steps of all kinds. */
const [mostRepairs, mostSteps] = [3, 10]

/** Works a question out in steps: a language model says what to do, we do it and say what came of it, until there is a result. Throws `language/…`. */
export const workOut = async (
  question: Unread,
  { complete, prompts, examples }: AgentParts,
  { signal, onStatus }: Working = {},
): Promise<Worked> => {
  const prompt = choosePrompt(prompts, question.thread ?? question.id)
  const system = systemOf(prompt.text, question, examples)
  const messages: Message[] = [{ role: 'user', content: askedIn(question) }]
  const state: State = { repairs: 0, steps: [], last: undefined, doubted: false }
  const uses: Use[] = []
  const end = (outcome: Outcome): Worked => ({
    ...{ outcome, steps: state.steps, uses },
    prompt: { name: prompt.name, version: prompt.version },
  })
  for (let i = 0; i < mostSteps; i++) {
    onStatus?.(i === 0 ? 'Thinking about it…' : (state.steps.at(-1) ?? 'Thinking about it…'))
    const {
      value: plan,
      use,
      warnings = [],
    } = await complete(
      {
        ...{ step: 'plan', prompt, system, messages, schema: planSchema },
        ...{ model: prompt.model, temperature: prompt.temperature },
        ...{ owner: question.owner, domain: question.domain.model.domain, question: question.id },
      },
      { signal },
    )
    uses.push(use)
    state.steps.push(...warnings.filter(words => !state.steps.includes(words)))
    const taken = await take(plan.step, { question, state, signal, onStatus })
    if ('outcome' in taken) return end(taken.outcome)
    if (state.repairs > mostRepairs) return end({ kind: 'failed', why: taken.observation, large: state.large })
    messages.push(...told(plan, taken.observation))
  }
  return end({ kind: 'failed', why: 'It took too many steps.', large: state.large })
}

type State = {
  repairs: number
  /** What was done, in words for people. */
  steps: string[]
  last: (TextResult & { says: string }) | undefined
  /** The last SQL was too much at once. */
  large?: Large
  /** The last result was odd, and the model was told so. */
  doubted: boolean
}

type Taking = { question: Unread; state: State; signal?: AbortSignal; onStatus?: (words: string) => void }
type Taken = { outcome: Outcome } | { observation: string }

const take = async (step: Step, taking: Taking): Promise<Taken> => {
  const { question, state } = taking
  switch (step.kind) {
    case 'query':
      return takeQuery(step, taking)
    case 'sql':
      return takeSql(step, taking)
    case 'compute':
      return takeCompute(step, taking)
    case 'values':
      state.steps.push(`Looked at the values of ${step.column}.`)
      return {
        observation: await sampleValues(step, { domain: question.domain, signal: taking.signal }).catch(wordsOf),
      }
    case 'find':
      state.steps.push(`Looked for “${step.words}” in the data.`)
      return { observation: findValue(step.words, { model: question.domain.model, knowledge: question.knowledge }) }
    case 'split':
      return takeSplit(step, taking)
    case 'ask':
      return takeAsk(step, taking)
    case 'diagram':
      return takeDiagram(step, taking)
    case 'decline':
      return step.why.trim() === ''
        ? repair(taking, 'Say in `why` what is missing.')
        : { outcome: { kind: 'declined', why: cut(step.why) } }
  }
}

/** A part that were split again could go on for ever. */
const takeSplit = ({ parts: given }: Extract<Step, { kind: 'split' }>, taking: Taking): Taken => {
  const parts = distinct(given)
  if (taking.question.isPart) return repair(taking, 'This is a part of a question already. Answer it.')
  return parts.length > 1
    ? { outcome: { kind: 'parts', parts: parts.slice(0, 5) } }
    : repair(taking, 'One part is the question itself. Answer it.')
}

const takeAsk = ({ question, choices }: Extract<Step, { kind: 'ask' }>, taking: Taking): Taken =>
  question.trim() === ''
    ? repair(taking, 'Say in `question` what you ask back.')
    : { outcome: { kind: 'ask', message: cut(question), choices: distinct(choices).slice(0, 4).map(cutLabel) } }

const distinct = (texts: readonly string[]) => [...new Set(texts.map(text => text.trim()).filter(Boolean))]

/** A choice stands on a button. */
const cutLabel = (text: string) => (text.length > 100 ? `${text.slice(0, 99)}…` : text)

const takeQuery = async ({ query: draft }: Extract<Step, { kind: 'query' }>, taking: Taking): Promise<Taken> => {
  const { question, state, signal } = taking
  const query = queryOf(draft, question.domain.model.domain)
  if (!query) return repair(taking, 'That is no query: it needs a measure, and periods of whole days.')
  const result = await question.domain.run(query, { signal }).catch(failed)
  if ('failure' in result) return repair(taking, result.failure)
  if ('code' in result)
    return repair(taking, [result.message, ...near([...result.instead, ...meantBy(draft, question)])].join(' '))
  const remarks = remarksOn({ ...result.table, rows: result.table.rows })
  if (remarks.length > 0 && !state.doubted) return doubt(taking, remarks)
  return { outcome: { kind: 'query', query } }
}

const takeSql = async ({ sql, says, look }: Extract<Step, { kind: 'sql' }>, taking: Taking): Promise<Taken> => {
  const { question, state, signal, onStatus } = taking
  onStatus?.(`Reading ${tablesIn(sql, question)}…`)
  const result = await question.domain.runText(sql, { signal }).catch(failed)
  if ('failure' in result) return repair(taking, result.failure)
  if (Array.isArray(result)) {
    state.large = tooLarge(result)
    const words = result.map(({ message, near: names = [] }) => [message, ...near(names)].join(' ')).join('; ')
    return repair(taking, [words, ...(state.large?.advice.map(advice => advice.words) ?? [])].join('; '))
  }
  state.last = { ...result, says }
  state.steps.push(`Ran SQL over ${tablesIn(sql, question)}: ${result.rows.length} rows.`)
  const remarks = remarksOn(result)
  if (remarks.length > 0 && !state.doubted) return doubt(taking, [...remarks, shownTo(result)])
  if (look) return { observation: shownTo(result) }
  return { outcome: { kind: 'rows', result, sql: result.sql, says, cached: result.cached } }
}

/** What was refused for its size alone, and what would make it smaller. */
const tooLarge = (violations: readonly Violation[]): Large | undefined => {
  const large = violations.filter(({ rule }) => rule === 'complexity' || rule === 'cost')
  if (large.length === 0 || large.length < violations.length) return undefined
  return { message: large.map(({ message }) => message).join('; '), advice: large.flatMap(({ advice = [] }) => advice) }
}

const takeCompute = async ({ code, says }: Extract<Step, { kind: 'compute' }>, taking: Taking): Promise<Taken> => {
  const { last } = taking.state
  if (!last) return repair(taking, 'There is no result yet to compute on. Run SQL first.')
  const records = recordsOf(last)
  const computed = await compute(code, records)
  if ('problem' in computed) return repair(taking, `The program failed: ${computed.problem}`)
  taking.state.steps.push(`Computed on ${records.length} rows: ${says}.`)
  const result = { ...computed, truncated: last.truncated }
  return { outcome: { kind: 'rows', result, sql: last.sql, says, cached: last.cached, program: code } }
}

/** A diagram that cannot be read is mended once; then the words are told without it. Numbers that nothing tells are not told. */
const takeDiagram = ({ title, mermaid, says }: Extract<Step, { kind: 'diagram' }>, taking: Taking): Taken => {
  const { question, state } = taking
  const numbers = new Set(numbersIn(`${question.text} ${describeModel(question.domain.model, question.knowledge)}`))
  const isTold = (text: string) => numbersIn(text).every(n => numbers.has(n))
  const read = readMermaid(mermaid)
  const labels = 'problem' in read ? [] : [...read.nodes, ...read.edges].map(({ label = '' }) => label)
  const problem =
    'problem' in read ? read.problem : labels.every(isTold) ? undefined : 'A label has a number that nothing tells.'
  const told = { kind: 'diagram' as const, title: cut(title), says: says.filter(isTold).slice(0, mostSaid).map(cut) }
  if (problem === undefined && !('problem' in read)) return { outcome: { ...told, drawn: read } }
  if (!state.doubted || told.says.length === 0) {
    state.doubted = true
    return repair(taking, problem ?? '')
  }
  state.steps.push('The diagram could not be drawn.')
  return { outcome: told }
}

const mostSaid = 6

const numbersIn = (text: string) => text.match(/\d+(?:[.,]\d+)*/g) ?? []

const repair = ({ state }: Taking, observation: string): Taken => {
  state.repairs += 1
  state.steps.push(`Did not work, and was mended: ${cut(observation)}`)
  return { observation: `That did not work: ${observation} Mend it.` }
}

/** An odd result is looked at twice; the second time it is taken as it is. */
const doubt = ({ state }: Taking, remarks: string[]): Taken => {
  state.doubted = true
  state.steps.push(`Looked at the result again: ${remarks[0]}`)
  return { observation: `${remarks.join(' ')} If it is right as it is, give the same step again.` }
}

/** Names of the model that unknown ones of a draft may have been meant for. */
const meantBy = ({ measures, splits, filters }: Draft, { domain: { model } }: Unread): string[] => {
  const meant = (names: string[], known: object) =>
    names.filter(name => !Object.hasOwn(known, name)).flatMap(name => nearest(name, Object.keys(known)))
  return [
    ...meant(
      measures.map(({ measure }) => measure),
      model.measures,
    ),
    ...meant([...splits, ...filters.map(({ dimension }) => dimension)], model.dimensions),
  ]
}

const near = (names: readonly string[]) => (names.length > 0 ? [`Near names: ${names.join(', ')}.`] : [])

const failed = (error: unknown): { failure: string } => {
  if (error instanceof ChartroomError && error.code === 'engine/cancelled') throw error
  return { failure: wordsOf(error) }
}

/** A driver's own words help to mend a statement; they go to the model only. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof ChartroomError) || error.code === 'engine/cancelled') throw error
  const cause = error.cause instanceof Error ? ` (${cut(error.cause.message)})` : ''
  return `${error.message}${cause}`
}

const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text)

const tablesIn = (sql: string, { domain }: Unread): string => {
  const named = Object.values(domain.model.tables).filter(({ name }) => new RegExp(`\\b${name}\\b`, 'i').test(sql))
  return named.map(({ name }) => name.replaceAll('_', ' ')).join(', ') || 'the data'
}

const mostExamples = 4

const systemOf = (text: string, { text: question, domain, knowledge, today }: Unread, examples: readonly Example[]) => {
  const worked = nearestExamples(question, examples, mostExamples)
    .map(({ question: q, query, sql }) => `- ${JSON.stringify(q)}: ${sql ?? JSON.stringify(query)}`)
    .join('\n')
  return fillIn(text, {
    dialect: domain.dialect === 'postgres' ? 'PostgreSQL' : 'DuckDB',
    today,
    model: describeModel(domain.model, knowledge),
    examples: worked ? `Worked examples of this domain:\n${worked}` : '',
  })
}

const askedIn = ({ text, before, rules = [] }: Unread): string =>
  [bullets('Rules of this domain', rules), bullets('Said before in this conversation', before), `Question: ${text}`]
    .filter(Boolean)
    .join('\n\n')

const bullets = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? `${title}:\n${lines.map(line => `- ${line}`).join('\n')}` : ''
