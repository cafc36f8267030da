import type { Dimension } from '../model.ts'
import { tokens } from './labels.ts'
import type { ColumnProfile } from './profile.ts'
import type { Words } from './words.ts'

/** Whether the values of a text column are states of the US or countries, and the other words for the values it holds. */
export const placeOf = (column: ColumnProfile, { places }: Words): Pick<Dimension, 'geo' | 'valueSynonyms'> => {
  const values = column.values.map(v => v.value)
  if (values.length < 2) return { valueSynonyms: {} }
  const states = { ...places.us_states, ...places.us_territories }
  const byCode = new Map(Object.entries(states).map(([name, code]) => [code, name]))
  const last = tokens(column.label).at(-1) ?? ''
  const known = (test: (v: string) => boolean) => values.filter(test).length
  const fitting = Math.max(
    known(v => byCode.has(v)),
    known(v => Object.hasOwn(states, v)),
  )
  const isState = fitting >= values.length * 0.9 || (fitting >= 20 && fitting >= values.length * 0.75)
  if (isState && (last === 'state' || fitting >= 10))
    return { geo: 'us-state', valueSynonyms: stateWords(values, byCode, states, places.words_not_codes) }
  const countryWords = countrySynonyms(values, places.countries)
  const isCountry =
    /^(country|nation|nationality|countries|land|pais|pays)$/.test(last) ||
    Object.keys(countryWords).length >= Math.max(5, values.length * 0.3)
  return isCountry && Object.keys(countryWords).length
    ? { geo: 'country', valueSynonyms: countryWords }
    : { valueSynonyms: {} }
}

const stateWords = (
  values: readonly string[],
  byCode: Map<string, string>,
  states: Record<string, string>,
  notCodes: readonly string[],
) =>
  Object.fromEntries(
    values.flatMap(v => {
      const name = byCode.get(v)
      if (name) return [[v, [name]]]
      const code = Object.hasOwn(states, v) ? states[v] : undefined
      return code && !notCodes.includes(code.toLowerCase()) ? [[v, [code]]] : []
    }),
  )

const countrySynonyms = (values: readonly string[], groups: readonly string[][]): Record<string, string[]> =>
  Object.fromEntries(
    values.flatMap(v => {
      const group = groups.find(g => g.includes(v))
      const others = group?.filter(o => o !== v && !values.includes(o)) ?? []
      return others.length ? [[v, others]] : []
    }),
  )
