import type { Report } from '#src/semantic/load/problem.ts'
import type { Model } from '#src/semantic/model.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Hidden, readHidden } from './hidden.ts'
import { ofDomain, type Rights } from './rights.ts'
import { type RowRules, readRows } from './row-rules.ts'

/** The rules of some rights for one domain, read against its model. */
export type Rules = { hidden: Hidden; rows: RowRules[]; kpis?: readonly string[] }

/**
 * Reads what rights say of a model's domain. Throws `access/rules` when it does not fit: a column that was renamed must not come to be seen
 * because the rule that hides it names no column any more.
 */
export const rulesOf = (rights: Rights, model: Model): Rules => {
  const problems: string[] = []
  const report: Report = (path, message) => {
    problems.push([...path, message].join(': '))
  }
  const { domain } = model
  const rules: Rules = {
    hidden: readHidden(ofDomain(rights.hide, domain) ?? [], model, { at: ['hide'], report }),
    rows: (ofDomain(rights.rows, domain) ?? []).map(set => readRows(set, model, { at: ['rows'], report })),
    ...(ofDomain(rights.kpis, domain) ? { kpis: ofDomain(rights.kpis, domain) } : {}),
  }
  if (problems.length > 0) throw ChartroomError.of('access/rules', { role: rights.role, domain, problems })
  return rules
}
