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
  if (!words) return catalogueAnswer(catalogue, run)
  const asking = ({ found: { name: kpi }, rest }: NameFound<KpiEntry>, domain = turn.domain) =>
    useCases.askKpi({ ...turn, ...(domain && { domain }), kpi, words: rest, text: command.text }, { signal })
  const match = findName(words, catalogue.entries)
  if (match) return asking(match)
  for (const { domain, entries } of await others()) {
    const elsewhere = findName(words, entries)
    if (elsewhere) return asking(elsewhere, domain)
  }
  if (catalogue.entries.length === 0) return run.asked(command.words)
  return unknownKpi({ words, catalogue, near: useCases.near }, run)
}

const leadingFiller = /^(?:(?:for|of|on|show|me|the|our|about)(?:\s+|$))+/i

const catalogueAnswer = ({ domain, entries }: Catalogue, { reply }: Run): Told =>
  reply.told({
    domain,
    title: entries.length > 0 ? 'KPIs' : 'No KPIs yet',
    paragraphs: [
      entries.length > 0
        ? 'Add a period, a split or a filter to any of them: “kpi revenue last quarter by category”.'
        : `The semantic model of ${domain} names no KPIs. Its measures can be asked for in plain words.`,
    ],
    items: entries.map(kpi => ({ term: kpi.label, text: kpiText(kpi), ask: `kpi ${kpi.name}` })),
    choices: entries.length > 0 ? [] : [{ label: 'What is there', question: 'data' }],
  })

const kpiText = ({ description, period, split, owner }: KpiEntry) =>
  `${sentence(description)} Shows ${period}${split ? ` by ${split.replaceAll('_', ' ')}` : ''}. Owner: ${owner}.`

const sentence = (text: string) => text.trim().replace(/(?<![.!?…])$/, '.')

type Unknown = { words: string; catalogue: Catalogue; near: UseCases['near'] }

const unknownKpi = ({ words, catalogue, near }: Unknown, { reply }: Run): Clarify => {
  const close = nearNames(words, catalogue.entries, near).slice(0, 3)
  const read = close[0]?.read ?? words
  const choices = close.map(({ found, rest }) => ({
    label: `${found.label} ${rest}`.trim(),
    question: `kpi ${found.name} ${rest}`.trim(),
  }))
  const meant = close.length > 0 ? `Did you mean ${listed(close.map(({ found }) => found.label))}?` : ''
  return reply.clarify({
    domain: catalogue.domain,
    message: `There is no KPI called ${quoted(read)}. ${meant || 'Ask it as a question, or see the list.'}`,
    unused: [read],
    choices: [...choices, { label: `Ask ${quoted(words)}`, question: words }, { label: 'All KPIs', question: 'kpi' }],
  })
}
