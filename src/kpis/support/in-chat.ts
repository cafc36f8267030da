import { knownColumns } from '#src/access/mentioned.ts'
import type { Domain } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import { read } from '#src/question/read.ts'
import type { OwnStatement } from '#src/run-sealed.ts'
import { addUnits } from '#src/semantic/calendar.ts'
import type { Threads } from '#src/threads.ts'
import type { Answer, Choice } from '#src/vocabulary/answer.ts'
import type { Period } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { answerOf } from './answer.ts'
import { commandOf, type Meant, nextOf, otherPeriods, overAll, titled } from './ask-on.ts'
import { type KpiName, supportKpis } from './catalogue.ts'
import type { ClassifyByKey } from './classify.ts'
import { filterSchema, isTooLong, longestYears, type ProductContext, productContexts } from './filters.ts'
import { runKpi } from './run.ts'
import { tableOf } from './statement.ts'

export type KpiInWords = {
  kpi: KpiName
  /** What was said beside its name: "pool last 30 days". */
  words: string
  /** All that was said. */
  text: string
  thread?: string
  today: string
  signal?: AbortSignal
}

export type KpiParts = { domain: Domain; threads: Threads; classify: ClassifyByKey; maySeeUsers: boolean }

/** Whether a name is one of the nine, as `kpi` lists them. */
export const isSupportKpi = (name: string): name is KpiName => Object.hasOwn(supportKpis, name)

/** The nine as a catalogue of KPIs shows them. */
export const supportEntries = () =>
  Object.values(supportKpis).map(({ name, title, synonyms, description }) => ({
    ...{ name, label: titled(title), synonyms: [...synonyms], description },
    ...{ measure: 'sessions', owner: 'Support', period: usualPeriod },
  }))

const usualPeriod = 'last month'

/**
 * One of the nine KPIs, asked in words: which bot, which period, which environment. The bot that was named last in the conversation is meant when
 * none is; without any it is asked back. Throws `engine/…`.
 */
export const askSupportKpi = async (
  asked: KpiInWords,
  parts: KpiParts,
  effects: Pick<Effects, 'newId' | 'ticks'>,
): Promise<Answer> => {
  const { domain, threads, classify, maySeeUsers } = parts
  const { model } = domain
  const common = { id: effects.newId(), question: asked.text, domain: model.domain }
  const started = effects.ticks()
  const title = supportKpis[asked.kpi].title
  const { query, unused, gap } = await readWords(asked, domain)
  if (gap) return { ...common, status: 'clarify', message: gap, unused, choices: bothBots(asked, '') }
  if (!query?.period || unused.length > 0)
    return { ...common, status: 'clarify', message: takes(title, unused), unused, choices: bothBots(asked, '') }
  const context = contextIn(query) ?? contextIn(await threads.last(asked.thread))
  if (!context)
    return {
      ...common,
      status: 'clarify',
      message: `${titled(title)}: of which bot?`,
      unused: [],
      choices: bothBots(asked, asked.words),
    }
  const table = tableOf[context]
  if (!logColumns.every(column => knownColumns(model, table).includes(column)))
    return {
      ...common,
      status: 'refused',
      code: 'access/kpi',
      message: 'You may not see what this KPI is made of.',
      choices: [],
    }
  const { period } = query
  const ends = { start_date: period.start, end_date: addUnits(period.end, -1, 'day') }
  const asFilters = { ...ends, product_context: context, ...environmentIn(query) }
  const { data: filters, error } = filterSchema(model.zone).safeParse(asFilters)
  if (!filters) {
    const why = isTooLong(ends, model.zone) ? `it is longer than ${longestYears} years` : endsOf(error)
    const message = `${titled(title)} cannot be worked out for ${period.label}: ${why}.`
    return { ...common, status: 'clarify', message, unused: [], choices: bothBots(asked, '') }
  }
  const meant: Meant = { context, period, environment: valueIn(query, 'environment') }
  const ran: OwnStatement[] = []
  const log = {
    zone: model.zone,
    run: (statement: OwnStatement, options: Parameters<Domain['runOurs']>[1]) => {
      ran.push(statement)
      return domain.runOurs(statement, options)
    },
  }
  const result = await runKpi(asked.kpi, filters, { log, classify, maySeeUsers, signal: asked.signal })
  const { empty, receipt, ...told } = answerOf(asked.kpi, result, { filters, domain: model.domain, period })
  await threads.remember(asked.thread, told.query)
  const { time } = model.tables.interactions ?? {}
  const range = time === undefined ? undefined : (await domain.knowledge()).range(time)
  const whole = {
    ...receipt,
    ...{
      domain: model.domain,
      origin: 'certified' as const,
      rows: told.table.rows.length,
      truncated: false,
      cached: false,
    },
    sql: ran.map(({ sql }) => sql).join(';\n\n'),
    params: ran[0]?.params ?? [],
    freshness: { source: domain.source, dataUntil: range?.last },
    ms: Math.round(effects.ticks() - started),
    notes: [...domain.notes, ...(period.insteadOf ? [insteadOf(period)] : []), ...receipt.notes],
    command: commandOf(asked.kpi, meant),
  }
  if (empty) {
    const choices = [overAll(asked.kpi, meant)]
    return { ...common, status: 'empty', message: empty, query: told.query, receipt: whole, choices }
  }
  return {
    ...common,
    status: 'answered',
    ...told,
    receipt: whole,
    unused: [],
    next: nextOf(asked.kpi, meant),
    options: { periods: otherPeriods(asked.kpi, meant, { model, since: range?.first }), splits: [], charts: [] },
  }
}

/** What every KPI reads of a log (`sql/domains/support/log`). */
const logColumns = [
  ...['id', 'time_stamp', 'user_id', 'session_id'],
  ...['input', 'user_feedback', 'query_category', 'environment'],
]

/** The words, read as a question for sessions, which every KPI of the logs is about. What no KPI can do is said, never passed over. */
const readWords = async ({ words, today }: KpiInWords, { model, knowledge }: Domain): Promise<Words> => {
  const { lexicon, range } = await knowledge()
  const reading = (text: string) => read(text, { model, lexicon, range, today })
  const first = reading(`sessions ${words}`)
  const isTimed = first.draft.periods.length > 0 || first.draft.earlier
  const isWhole = !isTimed && allTime.test(words)
  const timed = isWhole ? words.replace(allTime, ' ') : `${words} ${usualPeriod}`
  const { candidates, unused, gaps } = isTimed ? first : reading(`sessions ${timed}`)
  const query = candidates[0]?.query
  if (query && !isPlain(query)) return { unused }
  const data = range(model.tables.interactions?.time ?? '')
  const all = isWhole && data && { start: data.first, end: addUnits(data.last, 1, 'day'), label: 'all time' }
  const [gap] = gaps
  return {
    query: query && all ? { ...query, period: all } : query,
    unused,
    ...(unused.length === 0 && gap?.gap === 'period' && { gap: gap.problem.sentence }),
  }
}

const allTime = /\b(?:all|whole|entire) (?:of )?(?:the )?(?:time|data|history)\b|\b(?:overall|ever|all-time)\b/i

/** `gap` is why the period that was said is none. */
type Words = { query?: Query; unused: string[]; gap?: string }

/** One bot and one environment at most; nothing left out, compared, split, sorted or cut. */
const isPlain = ({ splits, filters, having, order, limit, compare }: Query) =>
  splits.length + having.length + order.length === 0 &&
  limit === undefined &&
  compare === undefined &&
  filters.every(f => f.op === 'in' && known.includes(f.dimension) && f.values.length === 1)

const known = ['product_context', 'environment']

const valueIn = (query: Query | undefined, dimension: string): string | undefined => {
  const filter = query?.filters.find(f => f.op === 'in' && f.dimension === dimension)
  return filter?.op === 'in' && filter.values.length === 1 ? String(filter.values[0]) : undefined
}

const contextIn = (query: Query | undefined): ProductContext | undefined =>
  productContexts.find(context => context === valueIn(query, 'product_context'))

const environmentIn = (query: Query) => {
  const environment = valueIn(query, 'environment')
  return environment === undefined ? {} : { environment }
}

const endsOf = ({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }) =>
  issues.map(({ path: [name], message }) => `its ${name === 'start_date' ? 'first' : 'last'} day ${message}`).join('; ')

const takes = (title: string, unused: readonly string[]) =>
  `${titled(title)} can be asked for one bot, one period and one environment${unused.length > 0 ? `; I could not use “${unused.join(' ')}”` : ''}.`

const bothBots = ({ kpi }: KpiInWords, words: string): Choice[] =>
  productContexts.map(context => ({
    label: titled(context),
    question: `kpi ${supportKpis[kpi].title} ${context} ${words}`.trim(),
  }))

const insteadOf = ({ label, insteadOf: asked }: Period) => `${asked} lies after the data; shown is ${label}.`
