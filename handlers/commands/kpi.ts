import type { Answer, Clarify, Told } from '#src/vocabulary/answer.ts'
import { findName, type NameFound, nearNames } from './names.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed, quoted } from './reply.ts'
import type { KpiEntry, UseCases } from './use-cases.ts'

type KpiCommand = Extract<Command, { kind: 'kpi' }>
type Catalogue = { domain: string; entries: KpiEntry[] }
type Run = CommandRun<KpiCommand>

/** `kpi`: the catalogue. `kpi <name> [words]`: that KPI, its default period and split overridden by the words. */
export const runKpi = async (run: Run, useCases: UseCases): Promise<Answer> => {
  const { command, turn, signal } = run
  const catalogue = await useCases.kpis(turn)
  const words = command.words.replace(leadingFiller, '')
  // They may have to be opened first, so only for a name that is not known here.
  const others = async () => (turn.domain === undefined ? await useCases.otherKpis?.(turn) : undefined) ?? []
  if (!words) return catalogueAnswer([catalogue, ...((await useCases.listedToo?.(turn)) ?? [])], run)
  const asking = ({ found: { name: kpi }, rest }: NameFound<KpiEntry>, domain = turn.domain) =>
    useCases.askKpi({ ...turn, ...(domain && { domain }), kpi, words: rest, text: command.text }, { signal })
  const match = findName(words, catalogue.entries)
  if (match) return asking(match)
  const elsewhere = await others()
  for (const { domain, entries } of elsewhere) {
    const found = findName(words, entries)
    if (found) return asking(found, domain)
  }
  const close = [catalogue, ...elsewhere].flatMap(c => nearIn(c, words, useCases.near))
  if (catalogue.entries.length === 0 && close.length === 0) return run.asked(command.words)
  return unknownKpi({ words, domain: catalogue.domain, close: chosen(close) }, run)
}

const leadingFiller = /^(?:(?:for|of|on|show|me|the|our|about)(?:\s+|$))+/i

/** A KPI with a name near to what was said, and its domain. */
type Near = ReturnType<typeof nearNames<KpiEntry>>[number] & { domain: string }

const nearIn = ({ domain, entries }: Catalogue, words: string, near: UseCases['near']): Near[] =>
  nearNames(words, entries, near)
    .slice(0, mostNear)
    .map(one => ({ ...one, domain }))

const mostNear = 3

/**
 * Those that read most of the words, so that "sesion metrics" is no slip of "sessions". A name that two domains have means the first of them, so
 * that the other cannot be chosen by it.
 */
const chosen = (close: readonly Near[]): Near[] => {
  const most = Math.max(...close.map(({ read }) => read.split(' ').length))
  const names = new Set<string>()
  return close
    .filter(({ read, found: { name } }) => read.split(' ').length === most && !names.has(name) && names.add(name))
    .slice(0, mostNear)
}

/** The first is that of the turn's domain; KPIs of another are told with its name. */
const catalogueAnswer = ([own, ...others]: [Catalogue, ...Catalogue[]], { reply }: Run): Told => {
  const { domain, entries } = own
  const items = [own, ...others].flatMap(catalogue =>
    catalogue.entries.map(kpi => ({
      term: catalogue === own ? kpi.label : `${kpi.label} (${catalogue.domain})`,
      text: kpiText(kpi),
      ask: `kpi ${kpi.name}`,
    })),
  )
  return reply.told({
    domain,
    title: items.length > 0 ? 'KPIs' : 'No KPIs yet',
    paragraphs: [
      entries.length > 0
        ? 'Add a period, a split or a filter to any of them: “kpi revenue last quarter by category”.'
        : `The semantic model of ${domain} names no KPIs. Its measures can be asked for in plain words.`,
    ],
    items,
    choices: items.length > 0 ? [] : [{ label: 'What is there', question: 'data' }],
  })
}

const kpiText = ({ description, period, split, owner }: KpiEntry) =>
  `${sentence(description)} Shows ${period}${split ? ` by ${split.replaceAll('_', ' ')}` : ''}. Owner: ${owner}.`

const sentence = (text: string) => text.trim().replace(/(?<![.!?…])$/, '.')

type Unknown = { words: string; domain: string; close: readonly Near[] }

/** Where several domains have a near name, each is told with its own. */
const unknownKpi = ({ words, domain, close }: Unknown, { reply }: Run): Clarify => {
  const read = close[0]?.read ?? words
  const isOne = new Set(close.map(near => near.domain)).size < 2
  const called = (near: Near) => (isOne ? near.found.label : `${near.found.label} (${near.domain})`)
  const choices = close.map(near => ({
    label: `${called(near)} ${near.rest}`.trim(),
    question: `kpi ${near.found.name} ${near.rest}`.trim(),
  }))
  const meant = close.length > 0 ? `Did you mean ${listed(close.map(called))}?` : ''
  return reply.clarify({
    domain: isOne ? (close[0]?.domain ?? domain) : domain,
    message: `There is no KPI called ${quoted(read)}. ${meant || 'Ask it as a question, or see the list.'}`,
    unused: [read],
    choices: [...choices, { label: `Ask ${quoted(words)}`, question: words }, { label: 'All KPIs', question: 'kpi' }],
  })
}
