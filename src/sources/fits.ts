import type { Domain } from '../domain.ts'
import { compile, isCompileProblem } from '../semantic/compile.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import type { Query } from '../vocabulary/query.ts'
import type { Ground } from './ground.ts'

/**
 * The measures of a domain that its data cannot give, by the plans of the database; nothing is run. Every dimension is among them, as the
 * count of its values. Throws what is no fault of the model: `engine/unreachable` …
 */
export const measuresThatFail = async (
  { model }: Pick<Domain, 'model'>,
  { engine, guard }: Pick<Ground, 'engine' | 'guard'>,
): Promise<string[]> => {
  const tables = Object.keys(model.tables)
  const failing: string[] = []
  for (const { name, label } of Object.values(model.measures)) {
    const compiled = compile(onlyMeasure(model.domain, name), model, engine.dialect)
    if (isCompileProblem(compiled)) continue
    const sql = await guard.seal(compiled.sql, { tables })
    await engine.explain(sql, { params: compiled.params }).catch(thrown => {
      if (!isOfModel(thrown)) throw thrown
      failing.push(label)
    })
  }
  return failing
}

const onlyMeasure = (domain: string, measure: string): Query => ({
  domain,
  measures: [{ measure }],
  splits: [],
  filters: [],
  having: [],
  order: [],
  intent: 'value',
})

const isOfModel = (thrown: unknown) =>
  thrown instanceof ChartroomError && /^engine\/(failed|no-rights)$/.test(thrown.code)
