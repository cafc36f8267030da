import type { Domain } from './domain.ts'
import { asTable } from './nl2sql/as-table.ts'
import type { Outcome, Worked } from './nl2sql/outcome.ts'
import { modelOf, type RetellThis, tellAnew, usedTogether } from './retold.ts'
import { study } from './study/study.ts'
import type { Answered, Empty, Receipt } from './vocabulary/answer.ts'
import type { IsoDate } from './vocabulary/period.ts'

export type Generated = {
  found: Extract<Outcome, { kind: 'rows' }>
  worked: Pick<Worked, 'steps' | 'uses' | 'prompt'>
  domain: Domain
  today: IsoDate
  notes: readonly string[]
  ms: number
  /** Has the result told by a language model; absent: rules tell it. */
  retell?: RetellThis
}

type Told = Omit<Answered, 'id' | 'question' | 'domain'> | Omit<Empty, 'id' | 'question' | 'domain'>

/** What SQL that a language model wrote has given, told like any other result, and marked as such. */
export const tellGenerated = async ({ found, worked, domain, today, notes, ms, retell }: Generated): Promise<Told> => {
  const { table, query, model } = asTable(found.result, domain.model)
  const receipt = receiptOf({ found, worked, domain, today, notes, ms })
  if (table.rows.length === 0)
    return { status: 'empty', message: `Nothing matches: ${found.says}.`, query, receipt, choices: [] }
  const told = await tellAnew(await study({ query, table, model, today }), found.says, retell)
  const { chart } = told
  return {
    ...{ status: 'answered', query, table, facts: told.facts, story: told.story },
    chart: { ...chart, subtitle: found.says },
    receipt: { ...receipt, notes: [...receipt.notes, ...told.notes], ...usedTogether(receipt, told.used) },
    ...{ unused: [], next: [] },
  }
}

/** What is said of every answer that nobody verified. */
export const lookFirst = 'The SQL was written by a language model; look at it before you rely on the numbers.'

const receiptOf = ({ found, worked, domain, notes, ms }: Generated): Receipt => ({
  ...{ domain: domain.model.domain, origin: 'generated', reading: found.says, measures: [], filters: [] },
  notes: [lookFirst, ...domain.notes, ...notes],
  ...{ sql: found.sql, params: [], rows: found.result.rows.length, truncated: found.result.truncated },
  ...(found.program !== undefined && { program: found.program }),
  freshness: { source: domain.source },
  ...{ cached: found.cached, ms },
  ...usedBy(worked),
})

/** What a language model did for an answer, for its receipt. */
export const usedBy = ({
  steps,
  uses,
  prompt,
}: Pick<Worked, 'steps' | 'uses' | 'prompt'>): Pick<Receipt, 'model' | 'steps'> => ({
  steps,
  ...(uses.length > 0 && {
    model: modelOf(uses, prompt),
  }),
})
