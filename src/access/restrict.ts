import type { DomainParts } from '#src/domain.ts'
import type { AllowedTable, RowCondition } from '#src/guard/rule.ts'
import { conditionsOf as conditionsInWords } from '#src/question/restate.ts'
import type { Model } from '#src/semantic/model.ts'
import { conditionsOf } from './conditions.ts'
import { narrowModel } from './narrow.ts'
import type { Rights } from './rights.ts'
import { rulesOf } from './rules.ts'

/**
 * What a domain is made of, as somebody may see it: the narrowed model, the tables with what may be seen of them, which the guard puts around every
 * statement, and the settings of the role. The model is complete. Throws `access/rules`.
 */
export const restrictParts = (parts: DomainParts, rights: Rights): DomainParts => {
  const { model, engine } = parts
  const tables = conditionsOf(rights, model, engine.dialect)
  const session = { ...parts.session, ...(engine.dialect === 'postgres' && rights.session) }
  return {
    ...parts,
    model: narrowModel(model, rights),
    tables: parts.tables ? tables.map(table => within(table, parts.tables)) : tables,
    ...(Object.keys(session).length > 0 && { session }),
    notes: [...(parts.notes ?? []), ...rowNotes(rights, model)],
  }
}

/** Which rows are left out, for everybody who reads a number. */
const rowNotes = (rights: Rights, model: Model): string[] => {
  const { rows } = rulesOf(rights, model)
  const filters = rows.flatMap(set => set.rules.flatMap(rule => rule.filters))
  if (filters.length === 0) return []
  const query = { domain: model.domain, measures: [], splits: [], filters, having: [], order: [] }
  const kept = conditionsInWords({ ...query, intent: 'value' }, model).join(' and ')
  return [`Only rows with ${kept} are counted: more may not be seen.`]
}

/** A table that was narrowed before stays so. */
const within = (table: AllowedTable, before: readonly AllowedTable[] = []): AllowedTable => {
  const { columns, condition } = before.find(({ name }) => name === table.name) ?? {}
  const both = (a?: readonly string[], b?: readonly string[]) => (a && b ? a.filter(c => b.includes(c)) : (a ?? b))
  return {
    ...table,
    columns: both(table.columns, columns),
    condition: condition && table.condition ? and(condition, table.condition) : (condition ?? table.condition),
  }
}

const and = (a: RowCondition, b: RowCondition): RowCondition => ({
  text: `(${a.text}) and (${b.text})`,
  reads: [...new Set([...a.reads, ...b.reads])],
})
