import type { z } from 'zod'
import type { ParameterFault } from './problem.ts'

/** A reading of an address, or everything that is wrong with it. */
export type Read<T> = { value: T } | { faults: ParameterFault[] }

/** What `schema` gives, from parameters as the address has them. */
export type ParameterReader<T> = {
  /** The names that there are; `many` may be given several times. */
  names: readonly string[]
  many?: readonly string[]
  schema: z.ZodType<T>
  near: (word: string, among: readonly string[]) => string[]
}

/**
 * Reads the parameters of an address. A name that there is not, a name given twice and every value that is wrong are all told together.
 */
export const readParameters = <T>(search: URLSearchParams, reader: ParameterReader<T>): Read<T> => {
  const { names, many = [], schema, near } = reader
  const named = [...new Set(search.keys())]
  const faults = named.filter(name => !names.includes(name)).map(name => unknown(name, near(name, names), names))
  for (const name of named)
    if (names.includes(name) && !many.includes(name) && search.getAll(name).length > 1)
      faults.push({ parameter: name, detail: 'is given more than once' })
  const values = names.flatMap(name => valuesOf(search, name, many.includes(name)))
  const parsed = schema.safeParse(Object.fromEntries(values))
  for (const { path, message } of parsed.error?.issues ?? [])
    faults.push({ parameter: String(path[0] ?? 'query'), detail: message })
  const [first] = faults
  return parsed.success && !first ? { value: parsed.data } : { faults: withoutRepeats(faults) }
}

const valuesOf = (search: URLSearchParams, name: string, many: boolean): [string, string | string[]][] => {
  const values = search.getAll(name)
  if (values.length === 0) return []
  return [[name, many ? values : (values[0] ?? '')]]
}

const unknown = (name: string, near: readonly string[], names: readonly string[]): ParameterFault => ({
  parameter: name.slice(0, 100),
  detail:
    near.length > 0 ? `is no parameter; did you mean ${near[0]}?` : `is no parameter; there is ${names.join(', ')}`,
})

const withoutRepeats = (faults: readonly ParameterFault[]): ParameterFault[] =>
  faults.filter((one, i) => faults.findIndex(other => JSON.stringify(other) === JSON.stringify(one)) === i)
