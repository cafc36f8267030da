import type { Step } from '../plan.ts'
import { compute, recordsOf } from '../tools/compute.ts'
import { repair, type Taken, type Taking } from './taking.ts'

/** A program runs over the rows of the last SQL. */
export const takeCompute = async (
  { code, says }: Extract<Step, { kind: 'compute' }>,
  taking: Taking,
): Promise<Taken> => {
  const { state, signal, onStatus } = taking
  const { last, allowance } = state
  if (!last) return repair(taking, 'There is no result yet to compute on. Run SQL first.')
  const records = recordsOf(last)
  onStatus?.(`Computing on ${records.length} rows…`)
  const computed = await compute(code, records, { allowance, signal })
  if ('problem' in computed) return repair(taking, `The program failed: ${computed.problem}`)
  state.steps.push(`Computed on ${records.length} rows: ${says}.`)
  const result = { ...computed, truncated: last.truncated }
  return { outcome: { kind: 'rows', result, sql: last.sql, says, cached: last.cached, program: code } }
}
