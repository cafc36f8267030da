import type { Filter } from '#src/vocabulary/query.ts'
import type { NamedFilter, Phrase } from '../model.ts'
import type { WrittenNamedFilter, WrittenPhrase } from '../schema.ts'
import { type FilterScope, readFilters } from './filters.ts'
import { spoken } from './words.ts'
import type { Entries, Items } from './written.ts'

/** Named filters; one that refers to itself, also by way of others, is reported. */
export const buildFilters = (written: Entries<WrittenNamedFilter>, scope: FilterScope): Record<string, NamedFilter> => {
  const filters: Record<string, NamedFilter> = {}
  for (const [name, item] of written.valid) {
    const read = readFilters(item.where, ['filters', name, 'where'], scope)
    filters[name] = {
      name,
      label: item.label ?? spoken(name),
      synonyms: item.synonyms,
      description: item.description,
      filters: read,
    }
  }
  for (const name of Object.keys(filters)) {
    if (leadsTo(name, name, filters, new Set())) scope.report(['filters', name], 'refers to itself')
  }
  return filters
}

/** Phrases that stand for one filter each. */
export const buildPhrases = (written: Items<WrittenPhrase>, scope: FilterScope): Phrase[] => {
  const phrases: Phrase[] = []
  for (const { at, item } of written) {
    const path = ['phrases', at]
    const means = readFilters(item.means, [...path, 'means'], scope)
    if (means.length > 1) scope.report(path, 'means more than one thing; make it a filter with synonyms')
    else if (means[0]) phrases.push({ phrase: item.phrase, synonyms: item.synonyms, filter: means[0] })
  }
  return phrases
}

const leadsTo = (from: string, to: string, filters: Record<string, NamedFilter>, seen: Set<string>): boolean => {
  if (seen.has(from)) return false
  seen.add(from)
  const used = (Object.hasOwn(filters, from) ? filters[from]!.filters : []).flatMap(usedBy)
  return used.some(name => name === to || leadsTo(name, to, filters, seen))
}

const usedBy = (filter: Filter): string[] => (filter.op === 'named' || filter.op === 'not_named' ? [filter.filter] : [])
