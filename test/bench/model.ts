import { join } from 'node:path'
import { slackMessage } from '#renderers/slack/message.ts'
import { answerView } from '#renderers/view/answer.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { readQuestions } from '#src/eval/questions.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { loadExamples, openAgent } from '#src/nl2sql/open-agent.ts'
import { openRetell } from '#src/nl2sql/retell.ts'
import { type ModelCall, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'
import { atMostTokens, sentFor } from '#test/nl2sql/sent-prompt.ts'
import { openSupportDomain } from '#test/sample/support-domain.ts'
import { type BenchEngine, openBenchEngine } from './engine.ts'
import { type BesideModel, timeBesideModel } from './model-crowd.ts'
import { fine, ms, print, printTable, type Target } from './print.ts'
import { today } from './questions.ts'
import { median, quantile } from './statistics.ts'

/** Milliseconds of one answer that a language model worked out, without the model's own: question → message with painted chart. */
type Own = Record<(typeof stages)[number] | 'total', number>
const stages = ['ask', 'result', 'paint', 'write'] as const

/** `tokens` of what is sent for a question, by domain; `beside`: how questions fare that need no model while others wait for it. */
export type ModelTimes = { own: Own[]; questions: number; tokens: Record<string, number[]>; beside: BesideModel }

export type ModelOptions = { home: string; rounds: number; crowds: number; onProgress: (words: string) => void }

/** Questions that the rules do not read, and SQL for each that was written by hand. */
export type InSql = { question: string; sql: string }

/** Times all but the language model itself, against a stand-in on this machine that knows the SQL. */
export const timeModel = async (options: ModelOptions): Promise<ModelTimes> => {
  const worked = await workedInSql()
  return { ...(await timeOwn(worked, options)), beside: await timeBesideModel(worked, options) }
}

const workedInSql = async (): Promise<InSql[]> => {
  const { questions } = await readQuestions('test/questions/beyond.yaml')
  const byRules = ['lookup', 'split', 'time', 'rank', 'filter', 'compare', 'share']
  return questions.flatMap(({ kind, question, sql }) => (sql && !byRules.includes(kind) ? [{ question, sql }] : []))
}

/** What the stand-in says: the SQL of a question, which may stand within more words, or how its result is told. */
export const sayFor = (call: ModelCall, worked: readonly InSql[]): Scripted => {
  if (!isPlan(call)) return { json: untold }
  const asked = call.messages[1]?.content ?? ''
  const found = worked.find(({ question }) => asked.includes(question))
  if (!found) throw new Error(`There is no SQL for: ${asked}`)
  return { json: { thought: '', step: { kind: 'sql', sql: found.sql, says: found.question, look: false } } }
}

const isPlan = ({ response_format: format }: ModelCall) => format?.json_schema?.name === 'plan'

/** A story that holds nothing, so that the computed one is given. */
const untold = { headline: { text: '', cites: [] }, summary: [], insights: [], implications: [], chart: null }

const timeOwn = async (worked: readonly InSql[], { home: folder, rounds, onProgress }: ModelOptions) => {
  const calls: number[] = []
  const server = await openFakeOpenAi(call => {
    if (isPlan(call)) calls.push(performance.now())
    return sayFor(call, worked)
  })
  const attempt = openModel({ baseUrl: server.url, model: 'stand-in' }, realEffects)
  const complete: Complete = async (request, options) => {
    const reply = await attempt(request, options?.signal)
    if ('problem' in reply) throw reply.problem
    return reply
  }
  const workOut = await openAgent(complete, { retell: await openRetell(complete) })
  const shop = await openBenchEngine({ folder, size: 'small', cacheSeconds: 0, onProgress, workOut })
  const logs = await openSupportDomain(join(folder, 'support.duckdb'))
  try {
    // What looks odd is asked for twice, and what is empty has no chart: those are left out.
    const first = await inTurn(worked, ({ question }) => timeOne(shop, question, calls))
    const asked = worked.filter((_, i) => first[i] !== undefined)
    const own: Own[] = []
    for (let round = 0; round < rounds; round++)
      own.push(
        ...(await inTurn(asked, ({ question }) => timeOne(shop, question, calls))).filter(one => one !== undefined),
      )
    const tokens = { ecommerce: await tokensFor(shop.domain, worked), support: await tokensFor(logs) }
    return { own, questions: asked.length, tokens }
  } finally {
    await Promise.all([shop.close(), logs.close(), server.close()])
  }
}

const inTurn = async <A, B>(list: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> => {
  const done: B[] = []
  for (const one of list) done.push(await work(one))
  return done
}

const timeOne = async ({ ask, painters }: BenchEngine, text: string, calls: number[]): Promise<Own | undefined> => {
  const [before, start] = [calls.length, performance.now()]
  const answer = await ask({ text, today })
  const told = performance.now()
  const [called] = calls.slice(before)
  if (answer.status !== 'answered' || called === undefined || calls.length > before + 1) return undefined
  await painters.paint(answer.chart, 'light')
  const painted = performance.now()
  const view = answerView(answer, { periods: [], splits: [], charts: [] })
  slackMessage(view, { rung: 'picture', fileId: 'F0BENCH', asker: 'U0BENCH' })
  const end = performance.now()
  return { ask: called - start, result: told - called, paint: painted - told, write: end - painted, total: end - start }
}

const tokensFor = async (domain: Domain, worked: readonly InSql[] = []): Promise<number[]> => {
  const questions = [...worked, ...(await loadExamples(domain.model.domain))]
  return inTurn(questions, async ({ question }) => atMostTokens(await sentFor(domain, question)))
}

/** Prints them and gives the targets. */
export const printModel = ({ own, questions, tokens, beside }: ModelTimes): Target[] => {
  const all = own.map(({ total }) => total)
  printTable(
    `An answer by a language model, ms without the model's own: ${questions} questions, 10,000 orders, no cache`,
    ['', 'p50', 'p95', 'worst', ...stages],
    [
      [
        'question → message with picture',
        ...[0.5, 0.95, 1].map(q => ms(quantile(all, q))),
        ...stages.map(stage => fine(median(own.map(one => one[stage])))),
      ],
    ],
  )
  const sizes = Object.entries(tokens).map(
    ([domain, n]) => `${domain} ${median(n).toFixed(0)}, at most ${Math.max(...n)}`,
  )
  print(`Tokens sent for a question, guessed high: ${sizes.join('; ')}`)
  const { people, quiet, busy, byModel } = beside
  const line = (name: string, times: number[]) => [
    name,
    times.length,
    ...[0.5, 0.95, 1].map(q => ms(quantile(times, q))),
  ]
  printTable(
    'Slack command → message with picture, of questions that need no model, in turn in one run, ms',
    ['', 'times', 'p50', 'p95', 'worst'],
    [line('nobody else asks', quiet), line(`${people} people wait for a model that takes 3 s`, busy)],
  )
  print(`The model was called ${byModel.toLocaleString('en-US')} times meanwhile.`)
  const target = (name: string, measured: number, limit: number, unit: string): Target => ({
    ...{ name, measured, limit, unit, better: 'less' },
  })
  return [
    target('All but the language model, p50', quantile(all, 0.5), 150, ' ms'),
    ...Object.entries(tokens).map(([domain, n]) => target(`Tokens sent, ${domain}`, Math.max(...n), 6000, '')),
    target('Beside 50 who wait for a model, against alone, p50', median(busy) / median(quiet), 1.1, '×'),
  ]
}
