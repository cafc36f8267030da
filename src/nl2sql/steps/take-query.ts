import { nearest } from '#src/semantic/near.ts'
import { type Draft, queryOf } from '../draft.ts'
import { remarksOn } from '../look-at.ts'
import type { Step } from '../plan.ts'
import type { Unread } from '../unread.ts'
import { doubt, failed, nearWords, repair, type Taken, type Taking } from './taking.ts'

/** A query of the semantic model is tried, so that names which do not exist are mended. */
export const takeQuery = async ({ query: draft }: Extract<Step, { kind: 'query' }>, taking: Taking): Promise<Taken> => {
  const { question, state, signal } = taking
  const query = queryOf(draft, question.domain.model.domain)
  if (!query) return repair(taking, 'That is no query: it needs a measure, and periods of whole days.')
  const result = await question.domain.run(query, { signal }).catch(failed(taking))
  if ('failure' in result) return repair(taking, result.failure)
  if ('code' in result)
    return repair(taking, [result.message, ...nearWords([...result.instead, ...meantBy(draft, question)])].join(' '))
  const remarks = remarksOn({ ...result.table, rows: result.table.rows })
  if (remarks.length > 0 && !state.doubted) return doubt(taking, remarks)
  return { outcome: { kind: 'query', query } }
}

/** Names of the model that unknown ones of a draft may have been meant for. */
const meantBy = ({ measures, splits, filters }: Draft, { domain: { model } }: Unread): string[] => {
  const meant = (names: string[], known: object) =>
    names.filter(name => !Object.hasOwn(known, name)).flatMap(name => nearest(name, Object.keys(known)))
  return [
    ...meant(
      measures.map(({ measure }) => measure),
      model.measures,
    ),
    ...meant([...splits, ...filters.map(({ dimension }) => dimension)], model.dimensions),
  ]
}
