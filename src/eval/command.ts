import { parseArgs } from 'node:util'
import type { AskParts } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import { readPrompts, shippedPlan } from '#src/nl2sql/prompts.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Evaluating, evaluate, type Outcome, type Planner } from './evaluate.ts'
import { readQuestions, type Worked } from './questions.ts'
import { duelLines, evalLines, missLine, outcomeJson } from './report.ts'
import { createScripted, offScript, readScripts } from './scripted.ts'
import { duel, tally } from './tally.ts'

export type EvalIo = {
  out: (text: string) => Promise<void>
  err: (text: string) => Promise<void>
  signal: AbortSignal
}

export type EvalParts = {
  /** Opens what somebody has, or what is set up; `find` gives a domain, the usual one without a name. */
  open: (given: { data?: string; model?: string }) => Promise<{
    find: (name?: string) => Promise<Domain>
    close: () => Promise<void>
  }>
  /** The language model that is set up; undefined when none is. */
  language: () => Promise<{ name: string; complete: Complete } | undefined>
  effects: AskParts['effects']
  /** The text of the planner; `.next.md` lies beside it. Default: the shipped one. */
  prompt?: URL
}

/**
 * `chartroom eval [file] [--live [--compare]] [--script <file>] [--data <file|folder|url>] [--model <file>] [--domain d] [--today d] [--only kind]
 * [--json]`: asks questions and compares what comes with queries written by hand. Gives the exit code: 1 when a script did not end as it says.
 * Throws `command/usage`, `eval/…`, and what opening and asking throw.
 */
export const evalCommand = async (args: readonly string[], io: EvalIo, parts: EvalParts): Promise<number> => {
  const options = readOptions(args)
  const asked = await readQuestions(options.file)
  const questions = chosen(asked.questions, options.only)
  const opened = await parts.open({ data: options.data, model: options.model })
  try {
    const domain = await opened.find(options.domain ?? (options.data === undefined ? asked.domain : undefined))
    const today = options.today ?? asked.today ?? new Date(parts.effects.now()).toISOString().slice(0, 10)
    const running: Running = { ...options, questions, io, parts, on: { domain, today, signal: io.signal } }
    if (options.script !== undefined) return await runScripted(running, options.script)
    if (options.compare) return await compareTexts(running)
    return await runOnce(running)
  } finally {
    await opened.close()
  }
}

type Running = Options & {
  questions: Worked[]
  io: EvalIo
  parts: EvalParts
  on: Pick<Evaluating, 'domain' | 'today' | 'signal'>
}

/** By the rules alone, or with the language model that is set up. */
const runOnce = async (running: Running): Promise<number> => {
  const { questions, io, parts, on, live, json } = running
  const language = live ? await languageOf(parts) : undefined
  const planner = language && plannerOf(language.complete, parts)
  const outcomes = await evaluate(questions, { ...on, planner, ...watched(running) }, parts.effects)
  const by = language ? `rules and ${language.name}` : 'rules'
  await io.out(
    json
      ? print({ ...headOf(running), by, ...tally(outcomes), questions: outcomes.map(outcomeJson) })
      : lines(evalLines(`${on.domain.model.domain}, ${by}`, outcomes)),
  )
  return 0
}

/** Only what the rules do not answer tells two texts apart: the rest is asked once. */
const compareTexts = async (running: Running): Promise<number> => {
  const { questions, io, parts, on, json } = running
  const { next } = await readPrompts(parts.prompt ?? shippedPlan)
  if (!next) throw usage('There is no prompts/plan.next.md, so there is nothing to compare.')
  const { name, complete } = await languageOf(parts)
  const run = (asked: Worked[], only: 'current' | 'next') =>
    evaluate(asked, { ...on, planner: plannerOf(complete, parts, only), ...watched(running) }, parts.effects)
  const current = await run(questions, 'current')
  const beyond = current.filter(({ planner }) => planner === 'model')
  const tried = await run(inConversation(questions, beyond), 'next')
  const compared = tried.filter(({ worked }) => beyond.some(o => o.worked.id === worked.id))
  const found = duel(beyond, compared)
  await io.out(
    json
      ? print({ ...headOf(running), by: name, current: tally(beyond), next: tally(compared), ...found })
      : lines([
          ...evalLines(`current, ${name}`, beyond),
          '',
          ...evalLines(`next (version ${next.version}), ${name}`, compared),
          '',
          ...duelLines(found),
        ]),
  )
  return 0
}

/** What is said before a question in its thread belongs to it. */
const inConversation = (questions: readonly Worked[], beyond: readonly Outcome[]): Worked[] => {
  const ids = new Set(beyond.map(({ worked }) => worked.id))
  const threads = new Set(beyond.flatMap(({ worked }) => worked.thread ?? []))
  return questions.filter(({ id, thread }) => ids.has(id) || (thread !== undefined && threads.has(thread)))
}

const runScripted = async (running: Running, file: string): Promise<number> => {
  const { questions, io, parts, on, json } = running
  const scripts = await readScripts(file)
  const unknown = scripts.filter(({ id }) => !questions.some(worked => worked.id === id)).map(({ id }) => id)
  if (unknown.length > 0 && running.only === undefined)
    throw ChartroomError.of('eval/file', { path: file, problems: [`no question is called ${unknown.join(', ')}`] })
  const { complete, begin } = createScripted(scripts)
  const asked = questions.filter(({ id }) => scripts.some(script => script.id === id))
  const planner = { ...plannerOf(complete, parts), begin }
  const outcomes = await evaluate(asked, { ...on, planner }, parts.effects)
  const off = outcomes.flatMap(outcome => {
    const script = scripts.find(({ id }) => id === outcome.worked.id)
    const why = script && offScript(script, outcome)
    return why === undefined ? [] : [{ id: outcome.worked.id, why }]
  })
  const counts = { scripts: outcomes.length, asWritten: outcomes.length - off.length }
  await io.out(
    json
      ? print({ ...headOf(running), by: 'scripts', ...counts, off })
      : lines([
          `${counts.asWritten} of ${counts.scripts} scripts ended as they say. They test what we do with replies, not how good a model's are.`,
          ...off.map(({ id, why }) => `${id} ${why}`),
        ]),
  )
  return off.length > 0 ? 1 : 0
}

const languageOf = async ({ language }: EvalParts) => {
  const found = await language()
  if (!found) throw usage('No language model is set up: set OPENAI_API_KEY or OPENAI_BASE_URL.')
  return found
}

const plannerOf = (complete: Complete, { prompt }: EvalParts, only?: 'current' | 'next'): Planner => ({
  complete,
  open: counted => openAgent(counted, { only, prompt }),
})

/** With a language model it takes minutes: each question is told when it is done. */
const watched = ({ live, json, io, questions }: Running): Pick<Evaluating, 'onOutcome'> => {
  let done = 0
  if (!live || json) return {}
  return {
    onOutcome: async outcome => {
      done += 1
      const told = outcome.verdict === 'right' ? `right ${outcome.worked.id}` : missLine(outcome)
      await io.err(`${done} of ${questions.length}: ${told}\n`)
    },
  }
}

const headOf = ({ file, on }: Running) => ({ file, domain: on.domain.model.domain, today: on.today })
const lines = (all: readonly string[]) => `${all.join('\n')}\n`
const print = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const chosen = (questions: Worked[], only: string | undefined): Worked[] => {
  const found = questions.filter(({ id, kind }) => only === undefined || kind === only || id === only)
  if (found.length > 0) return found
  const kinds = [...new Set(questions.map(({ kind }) => kind))].join(', ')
  throw usage(`No question is of the kind ${only}, and none is called so. The kinds are: ${kinds}.`)
}

const usage = (problem: string) => ChartroomError.of('command/usage', { problem })

type Options = {
  file: string
  live: boolean
  compare: boolean
  json: boolean
  script?: string
  data?: string
  model?: string
  domain?: string
  today?: string
  only?: string
}

const readOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parsed(args)
  const [file = shippedQuestions] = positionals
  if (positionals.length > 1) throw usage('`chartroom eval` takes one file of questions.')
  if (values.compare && !values.live)
    throw usage('--compare needs --live: only a language model tells two texts apart.')
  if (values.live && values.script !== undefined) throw usage('--live and --script do not go together.')
  if (values.today !== undefined && Number.isNaN(Date.parse(values.today)))
    throw usage('--today takes a day such as 2024-01-31.')
  return { file, ...values }
}

/** Questions on the sample shop. */
const shippedQuestions = 'test/questions/beyond.yaml'

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        live: { type: 'boolean', default: false },
        compare: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        script: { type: 'string' },
        data: { type: 'string' },
        model: { type: 'string' },
        domain: { type: 'string' },
        today: { type: 'string' },
        only: { type: 'string' },
      },
      allowPositionals: true,
    })
  } catch {
    throw usage(
      '`chartroom eval` takes a file of questions, --live, --compare, --json, and with a value --script, --data, --model, --domain, --today and --only.',
    )
  }
}
