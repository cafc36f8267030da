import { goBeyond, type WorkOut } from './beyond.ts'
import { linesOf } from './conversation/compress.ts'
import type { Said, SaidTurn } from './conversation/said.ts'
import type { Domain, Knowledge } from './domain.ts'
import type { Effects } from './effects.ts'
import { isEmpty, tellEmpty } from './empty.ts'
import { tellGenerated } from './generated.ts'
import type { Retell } from './nl2sql/retell.ts'
import { compute, recordsOf } from './nl2sql/tools/compute.ts'
import { aboutAmbiguity, aboutGap, aboutUnused } from './question/clarify.ts'
import { type DiagramWish, diagramWish, isCharted } from './question/diagram-wish.ts'
import { metaOf, tellMeta } from './question/meta.ts'
import { nextChoices } from './question/next.ts'
import { contenders, type Reading, read } from './question/read.ts'
import type { Reply } from './question/reply.ts'
import { restate } from './question/restate.ts'
import { cutShort, smallerQueries } from './question/smaller.ts'
import { checkText } from './question/text.ts'
import { rangeFor, receiptOf } from './receipt.ts'
import { refusalOf } from './refusal.ts'
import { retellFor, tellAnew } from './retold.ts'
import { compile, isCompileProblem } from './semantic/compile.ts'
import { sharpened } from './sharpened.ts'
import { study } from './study/study.ts'
import type { Threads } from './threads.ts'
import type { Answer, OnStory } from './vocabulary/answer.ts'
import type { IsoDate } from './vocabulary/period.ts'
import type { Query } from './vocabulary/query.ts'
import type { Question } from './vocabulary/question.ts'

export type Asking = {
  signal?: AbortSignal
  onStatus?: (words: string) => void
  /** Told the sentences of a story while a language model writes it, each once it was checked. */
  onStory?: OnStory
}

/** Who asks, and who will read the answer. */
export type Who = Pick<Question, 'asker' | 'audience'>

export type FindDomain = (name: string | undefined, who: Who) => Promise<Domain>

export type AskParts = {
  /** The domain of that name, or the default one, as those may see it who will read the answer. Throws `domain/unknown`. */
  domain: FindDomain
  threads: Threads
  /** What was said before, for the language model; absent: it is told of the last query alone. */
  said?: Pick<Said, 'of'>
  /** Works out what the rules do not read; undefined: it is asked back. */
  workOut?: (who: Who) => WorkOut | undefined
  /** Has certified answers told by a language model; undefined: rules tell them. */
  retell?: (who: Who) => Retell | undefined
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
  effects: Pick<Effects, 'now' | 'newId' | 'ticks'>
}

/** SQL of an answer that a language model made before, to be run again as somebody else may see it; `says` is what it shows. */
export type WrittenBefore = { text: string; says: string; program?: string }

/** Words, or what they were read as before. */
export type Asked = Question & { query?: Query; sql?: WrittenBefore }

export type Ask = (question: Asked, asking?: Asking) => Promise<Answer>

/** The one use case of the heart: question → reading → SQL → rows → facts → story and chart. Rooms only bring the text and show the answer. */
export const createAsk =
  (parts: AskParts): Ask =>
  async (question, asking = {}) => {
    const started = parts.effects.ticks()
    const domain = await parts.domain(question.query?.domain ?? question.domain, question)
    const knowledge = await domain.knowledge()
    const turn: Turn = {
      ...parts,
      question,
      asking,
      open: domain,
      knowledge,
      started,
      saidBefore: await saidBefore(question, domain, parts),
      today: question.today ?? todayIn(domain.model.zone, parts.effects.now()),
    }
    if (question.query) return answer(turn, { query: question.query, notes: [] })
    if (question.sql) return runBefore(turn, question.sql)
    const trouble = checkText(question.text, domain.model)
    if (trouble) return say(turn, trouble)
    const wish = diagramWish(question.text)
    if (wish === 'flow') return drawFlow(turn)
    const meta = metaOf(question.text, knowledge, domain.model)
    if (meta) return { ...common(turn), status: 'told', ...tellMeta(meta, { ...domain, knowledge }) }
    asking.onStatus?.('Reading the question…')
    return decide(turn, { read: await readerOf(turn), wish })
  }

type Turn = Omit<AskParts, 'domain'> & {
  question: Question
  asking: Asking
  open: Domain
  knowledge: Knowledge
  started: number
  saidBefore: readonly SaidTurn[]
  today: IsoDate
}

const saidBefore = async ({ thread, asker }: Question, { model }: Domain, { said, warn }: AskParts) =>
  (thread === undefined ? undefined : said?.of(thread, { domain: model.domain, asker }))?.catch(error => {
    warn('said', error)
    return []
  }) ?? []

/** The day of a moment (milliseconds since 1970), `YYYY-MM-DD`. */
export const todayIn = (zone: string, now: number | Date): IsoDate =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)

const common = ({ effects, question, open }: Turn) => ({
  id: effects.newId(),
  question: question.text,
  domain: open.model.domain,
})

const say = (turn: Turn, { message, choices, code }: Reply, unused: string[] = []): Answer => {
  const offered = sharpened(choices, turn)
  return code === undefined
    ? { ...common(turn), status: 'clarify', message, choices: offered, unused }
    : { ...common(turn), status: 'refused', code, message, choices: offered }
}

/** Reads a text as this turn's question. What follows on SQL of a language model is for the model to read: the query before that is not meant. */
const readerOf = async (turn: Turn): Promise<(text: string) => Reading> => {
  const { question, open, knowledge, threads, today, saidBefore } = turn
  const generated = saidBefore.findLast(({ reading: answered }) => answered !== undefined)?.sql !== undefined
  const last = generated ? undefined : await threads.last(question.thread)
  const { lexicon, range } = knowledge
  const base = isSeen(last, open) ? last : undefined
  return text => read(text, { model: open.model, lexicon, range, today, base })
}

/** Whether a turn of the conversation is there for those who read this one: somebody may have asked alone for what is hidden from them. */
const isSeen = (query: Query | undefined, { model, dialect }: Domain): query is Query =>
  query?.domain === model.domain && !isCompileProblem(compile(query, model, dialect))

/** Answers only when one reading wins and nothing important is left over. */
const decide = async (
  turn: Turn,
  { read, wish }: { read: (text: string) => Reading; wish?: DiagramWish },
): Promise<Answer> => {
  const { question, open } = turn
  const reading = read(question.text)
  const about = { text: question.text, model: open.model, values: turn.knowledge.values, read }
  const unread = (reply: Reply, unused?: string[]) => beyond(turn, say(turn, reply, unused))
  if (goesBack(reading)) return goBack(turn)
  if (reading.draft.forecast)
    return say(turn, {
      code: 'intent/forecast',
      message: 'I do not forecast yet; I can show how it went so far.',
      choices: [],
    })
  if (reading.unused.length > 0) return unread(aboutUnused(reading, about), reading.unused)
  const queries = contenders(reading.candidates)
  if (queries.length === 0) {
    const refused = refusalOf(reading.problems[0], { model: open.model, text: question.text })
    return refused ? say(turn, refused) : unread(aboutGap(reading.gaps[0], reading, about))
  }
  if (wish && !queries.some(query => isCharted(wish, query))) return drawFlow(turn)
  const different = await differing(turn, queries)
  if (different.length > 1) return say(turn, aboutAmbiguity(different, about))
  const [best] = reading.candidates
  return answer(turn, { query: best?.query as Query, notes: [...spelled(reading), ...(best?.notes ?? [])] })
}

/** How things go on or hang together is no number: only a language model tells and draws it. */
const drawFlow = (turn: Turn): Promise<Answer> => {
  const message = turn.workOut?.(turn.question)
    ? 'I could not draw this diagram.'
    : 'I draw charts of numbers, and how the tables hang together. A diagram of how things go on needs a language model, and there is none here for you.'
  return beyond(turn, say(turn, { message, choices: [{ label: 'How the tables hang together', question: 'data' }] }))
}

/** What the rules did not wholly read goes to a language model, where there is one. */
const beyond = async (turn: Turn, fallback: Answer): Promise<Answer> => {
  const { question, open, knowledge, today, effects, started, asking, threads, saidBefore } = turn
  const workOut = turn.workOut?.(question)
  if (!workOut) return fallback
  const last = await threads.last(question.thread)
  const unread = {
    ...{ id: fallback.id, text: question.text, domain: open, knowledge, today, thread: question.thread },
    owner: question.asker,
    before: saidBefore.length > 0 ? linesOf(saidBefore) : isSeen(last, open) ? [restate(last, open.model)] : [],
  }
  const ofPart: AskParts['workOut'] = who => {
    const whole = turn.workOut?.(who)
    return whole && ((part, working) => whole({ ...part, isPart: true }, working))
  }
  const askPart = (text: string) =>
    createAsk({ ...turn, workOut: ofPart, domain: async () => open })({ ...question, text }, asking)
  const ms = () => Math.round(effects.ticks() - started)
  return goBeyond(
    { unread, fallback, answer: query => answer(turn, { query, notes: [] }), askPart, ms },
    workOut,
    asking,
  )
}

/** What was written before passes the guard again: who asks now may see less. */
const runBefore = async (turn: Turn, { text, says, program }: WrittenBefore): Promise<Answer> => {
  const { open, asking, effects, started, today } = turn
  const result = await open.runText(text, { signal: asking.signal })
  if (Array.isArray(result))
    return say(turn, {
      code: 'access/generated',
      message: 'You may not see all that this answer is made of.',
      choices: [],
    })
  const worked = { steps: [], uses: [], prompt: { name: '', version: 0 } }
  const rows = { kind: 'rows' as const, result, sql: text, says, cached: result.cached }
  const computed = program === undefined ? {} : await compute(program, recordsOf(result), { signal: asking.signal })
  if ('problem' in computed)
    return say(turn, {
      code: 'access/generated',
      message: 'What computed this answer does not run on the rows that you may see.',
      choices: [],
    })
  const found = program === undefined ? rows : { ...rows, result: { ...result, ...computed }, program }
  const ms = Math.round(effects.ticks() - started)
  return { ...common(turn), ...(await tellGenerated({ found, worked, domain: open, today, notes: [], ms })) }
}

const goesBack = ({ draft, unused }: Reading) =>
  draft.cues.has('back') &&
  unused.length === 0 &&
  draft.measures.length + draft.splits.length + draft.filters.length + draft.periods.length === 0

const goBack = async (turn: Turn): Promise<Answer> => {
  const before = await turn.threads.back(turn.question.thread)
  if (!isSeen(before, turn.open))
    return say(turn, { message: 'There is nothing to go back to in this conversation.', choices: [] })
  await turn.threads.back(turn.question.thread)
  return answer(turn, { query: before, notes: [] })
}

const spelled = ({ corrections }: Reading) => corrections.map(c => `Read “${c.typed}” as “${c.read}”.`)

/** Readings that are as likely and give other rows than the first; one alone when all agree. */
const differing = async ({ open, asking }: Turn, queries: Query[]): Promise<Query[]> => {
  if (queries.length < 2) return queries
  const results = await Promise.all(queries.slice(0, 4).map(q => open.run(q, { signal: asking.signal })))
  const rows = results.map(r => ('table' in r ? JSON.stringify(r.table.rows) : ''))
  return queries.slice(0, 4).filter((_, i) => rows.indexOf(rows[i] ?? '') === i)
}

/** Runs a query, studies the result and tells it. */
const answer = async (turn: Turn, { query, notes }: { query: Query; notes: string[] }): Promise<Answer> => {
  const { question, open, asking, knowledge, effects, today, warn } = turn
  asking.onStatus?.('Working it out…')
  const result = await open.run(query, { signal: asking.signal })
  if ('code' in result) return say(turn, refusalOf(result, { model: open.model, text: question.text }) as Reply)
  const range = rangeFor(query, open.model, knowledge.range)
  const ms = () => Math.round(effects.ticks() - turn.started)
  if (isEmpty(query, result, range)) {
    await remember(turn, query)
    const receipt = receiptOf(open, { query, result, notes, range, ms: ms() })
    return { ...common(turn), ...tellEmpty(query, receipt, range) }
  }
  asking.onStatus?.('Looking at what stands out…')
  const further = async (q: Query) => {
    const more = await open.run(q, { signal: asking.signal })
    if ('code' in more) throw new Error(more.message)
    return more.table
  }
  const studied = await study(
    { query, table: result.table, model: open.model, today, range: range && { from: range.first, until: range.last } },
    q =>
      further(q).catch(error => {
        warn('study/further-query', error)
        throw error
      }),
  )
  asking.signal?.throwIfAborted()
  const same = common(turn)
  const retell = turn.retell?.(question)
  const about = { id: same.id, domain: same.domain, owner: question.asker, thread: question.thread, ...asking }
  const told = await tellAnew(studied, restate(query, open.model), retell && retellFor(retell, about))
  await remember(turn, query)
  const cut = result.table.truncated
  const smaller = cut ? smallerQueries(query, open.model, range) : []
  const receipt = receiptOf(open, {
    query,
    result,
    notes: [...notes, ...(cut ? [cutShort(result.table.rows.length)] : []), ...told.notes],
    range,
    ms: ms(),
  })
  return {
    ...same,
    status: 'answered',
    query,
    table: result.table,
    facts: told.facts,
    story: told.story,
    chart: told.chart,
    receipt: { ...receipt, ...told.used },
    unused: [],
    next: [...smaller, ...nextChoices(query, open.model)].slice(0, 4),
  }
}

/** An answer that was worked out is given even when it cannot be followed up. */
const remember = ({ threads, question, warn }: Turn, query: Query) =>
  threads.remember(question.thread, query).catch(error => warn('threads/remember', error))
