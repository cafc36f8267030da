import type { DomainParts } from '#src/domain.ts'
import { conditionsOf } from './conditions.ts'
import { narrowModel } from './narrow.ts'
import type { Rights } from './rights.ts'

/**
 * What a domain is made of, as somebody may see it: the narrowed model, a guard that puts the visible columns and rows around every statement,
 * and an engine that makes the settings of the role. The model is complete. Closing it closes nothing: the engine is everybody's. Throws
 * `access/rules`.
 */
export const restrictParts = (parts: DomainParts, rights: Rights): DomainParts => {
  const { model, guard, engine } = parts
  const tables = conditionsOf(rights, model, engine.dialect)
  const session = engine.dialect === 'postgres' ? rights.session : {}
  const settings = Object.keys(session).length > 0 ? { session } : {}
  return {
    ...parts,
    model: narrowModel(model, rights),
    guard: {
      check: (sql, allowed) => guard.check(sql, { ...allowed, tables }),
      seal: (sql, allowed) => guard.seal(sql, { ...allowed, tables }),
    },
    engine: {
      ...engine,
      run: (sql, options) => engine.run(sql, { ...options, ...settings }),
      explain: (sql, options) => engine.explain(sql, { ...options, ...settings }),
      close: async () => undefined,
    },
  }
}
