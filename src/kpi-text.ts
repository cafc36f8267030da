import type { Domain } from './domain.ts'
import { read } from './question/read.ts'
import type { Kpi } from './vocabulary/kpi.ts'

/** A KPI as a question: its measure and the words; the KPI's own period and split fill in what the words leave open. */
export const kpiText = async (
  domain: Domain,
  { kpi, words, today }: { kpi: Kpi; words: string; today: string },
): Promise<string> => {
  const { model } = domain
  const knowledge = await domain.knowledge()
  const label = model.measures[kpi.measure]?.label ?? kpi.measure
  const { draft } = read(`${label} ${words}`, { model, lexicon: knowledge.lexicon, range: knowledge.range, today })
  const period = draft.periods.length > 0 || draft.earlier ? '' : kpi.period
  const split = draft.splits.length > 0 || !kpi.split ? '' : `by ${model.dimensions[kpi.split]?.label ?? kpi.split}`
  return [label, words, split, period].filter(part => part.trim() !== '').join(' ')
}
