import type { Model } from '#src/semantic/model.ts'
import type { ComparisonSlot } from '../draft.ts'
import { phraseWords } from '../lexicon.ts'
import { Gapped } from './gaps.ts'

/** How many of the smallest unit of its kind a unit is. */
const units: Record<string, { kind: string; size: number }> = {}
const kinds: Record<string, [size: number, words: string][]> = {
  time: [
    [1, 's sec secs second seconds'],
    [60, 'min mins minute minutes'],
    [3600, 'h hr hrs hour hours'],
    [86_400, 'd day days night nights'],
    [604_800, 'week weeks'],
  ],
  weight: [
    [1, 'g gram grams'],
    [1000, 'kg kgs kilo kilos kilogram kilograms'],
    [1_000_000, 't ton tons tonne tonnes'],
    [453.592, 'lb lbs pound pounds'],
  ],
  length: [
    [1, 'cm centimeter centimeters centimetre centimetres'],
    [100, 'm meter meters metre metres'],
    [100_000, 'km kms kilometer kilometers kilometre kilometres'],
    [160_934.4, 'mi mile miles'],
  ],
}
for (const [kind, list] of Object.entries(kinds))
  for (const [size, words] of list) for (const word of words.split(' ')) units[word] = { kind, size }

/** A bound in the unit that its measure or column is kept in: "longer than 2 hours" of minutes is 120. @throws Gapped when the two do not go together. */
export const inUnitOf = (c: ComparisonSlot, name: string, model: Model): ComparisonSlot => {
  const said = units[c.measured ?? '']
  const own = said && ownUnit(name, model)
  if (!said || !own || said === own) return c
  if (own.kind !== said.kind) throw new Gapped({ gap: 'number' })
  const scale = said.size / own.size
  return { ...c, value: c.value * scale, ...(c.upper === undefined ? {} : { upper: c.upper * scale }) }
}

/** What a bound in a unit is about when nothing is named beside it: "lasted more than 2 hours" is about a duration. */
export const aboutOf = (measured: string | undefined): string[] | undefined => {
  if (measured === 'years old') return ['age']
  const kind = units[measured ?? '']?.kind
  if (kind === 'time') return ['duration', 'length', 'time', 'minutes', 'hours', 'days', 'nights', 'weeks']
  if (kind === 'weight') return ['weight', 'mass']
  return kind === 'length' ? ['distance', 'length', 'height'] : undefined
}

const ownUnit = (name: string, model: Model) => {
  const named = model.measures[name] ?? model.dimensions[name]
  const words = [named?.format?.unit ?? '', ...phraseWords(named?.label ?? ''), ...name.toLowerCase().split('_')]
  return words.map(w => units[w.toLowerCase()]).find(u => u !== undefined)
}
