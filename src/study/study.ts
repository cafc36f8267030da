import type { Chart } from '#src/vocabulary/chart.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import type { Table } from '#src/vocabulary/table.ts'
import { chooseChart } from './choose-chart.ts'
import type { Material } from './facts/parts.ts'
import { findFacts } from './find-facts.ts'
import { gather, type RunQuery } from './gather.ts'
import { tellStory } from './story.ts'
import { type StudyInput, viewOf } from './view.ts'

/**
 * What a result says: facts, the story told from them, the chart, and what a careful reader must know about the chart. `material` is what all of it
 * was made from, to tell or draw it otherwise.
 */
export type Study = { facts: Fact[]; story: Story; chart: Chart; notes: string[]; material: Material }

/**
 * Studies a result. `runQuery` runs a few further queries (the same total before, runners-up, earlier buckets; for `why` a split per
 * dimension); the study does without any that fail, and without all when it is absent. Everything else is computed from the result.
 */
export const study = async (input: StudyInput, runQuery?: RunQuery): Promise<Study> => {
  const { table, undated } = datedOf(input.table)
  const view = viewOf({ ...input, table })
  const gathered = await gather(view, runQuery)
  const extras = { ...gathered, history: gathered.history && datedOf(gathered.history).table }
  const material = { view, extras }
  const facts = findFacts(material)
  const story = tellStory(material, facts)
  const { chart, notes } = chooseChart(material, facts, story)
  return { facts, story, chart, notes: [...notes, ...aboutUndated(undated)], material }
}

/** The rows that a calendar can place. One without a day, or with a day that no calendar here has, stands in the table alone. */
const datedOf = (table: Table): { table: Table; undated: number } => {
  const time = table.columns.findIndex(({ role }) => role === 'time')
  if (time < 0) return { table, undated: 0 }
  const rows = table.rows.filter(row => isPlaced(String(row[time])))
  const undated = table.rows.length - rows.length
  return undated === 0 ? { table, undated } : { table: { ...table, rows }, undated }
}

const isPlaced = (at: string) => /^\d{4}-\d\d-\d\d/.test(at) && at > '0001' && at < '9990'

const aboutUndated = (rows: number): string[] =>
  rows === 0
    ? []
    : [`${rows} ${rows === 1 ? 'row has' : 'rows have'} no day and ${rows === 1 ? 'is' : 'are'} only in the table.`]
