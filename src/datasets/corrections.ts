import { z } from 'zod'
import type { BaseMeasure, Measure, Model } from '#src/semantic/model.ts'
import { type Format, formatSchema } from '#src/vocabulary/format.ts'
import { type Aggregation, aggregationSchema } from '#src/vocabulary/query.ts'

/** What a correction is about: a column of a table, or a measure that is no column (a count of rows, a formula). */
const subjectSchema = z.union([z.object({ table: z.string(), column: z.string() }), z.object({ measure: z.string() })])
export type Subject = z.infer<typeof subjectSchema>

const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), label: z.string() }),
  z.object({ kind: z.literal('measure'), aggregation: aggregationSchema }),
  z.object({ kind: z.literal('hide') }),
  z.object({ kind: z.literal('show') }),
  z.object({ kind: z.literal('format'), format: formatSchema }),
  z.object({ kind: z.literal('describe'), text: z.string() }),
])
export type Change = z.infer<typeof changeSchema>

/** What the owner of a dataset said about its drafted model. `nth` names it; one that was taken back stays, so that no other gets its number. */
export const correctionSchema = z.object({
  nth: z.number().int(),
  subject: subjectSchema,
  change: changeSchema,
  undone: z.literal(true).optional(),
})
export type Correction = z.infer<typeof correctionSchema>

/** A model with the corrections on top, in their order. What they say of things that this version does not have is listed in `idle`. */
export type Corrected = { model: Model; hidden: { table: string; column: string }[]; idle: Correction[] }

export const correct = (drafted: Model, all: readonly Correction[]): Corrected => {
  const corrections = all.filter(c => !c.undone)
  const idle: Correction[] = []
  let model = drafted
  for (const correction of corrections) {
    if (isThere(drafted, correction.subject)) model = apply(model, correction)
    else idle.push(correction)
  }
  return { model, hidden: hiddenColumns(corrections, drafted), idle }
}

const isThere = (model: Model, subject: Subject) =>
  'measure' in subject
    ? model.measures[subject.measure] !== undefined
    : Object.values(model.dimensions).some(d => isOf(d, subject)) ||
      Object.values(model.measures).some(m => isOf(m, subject)) ||
      model.tables[subject.table]?.columns?.[subject.column] !== undefined

type Of = {
  table?: string
  expression?: Measure extends infer M ? (M extends { expression?: infer E } ? E : never) : never
}

/** Whether a measure or dimension is a plain column, this one. */
export const isOf = (thing: Of | Measure, subject: Subject): boolean => {
  if ('measure' in subject) return 'name' in thing && thing.name === subject.measure
  if (!('expression' in thing) || thing.expression?.kind !== 'name' || !('table' in thing)) return false
  return (thing.expression.table ?? thing.table) === subject.table && thing.expression.name === subject.column
}

/** Columns whose last word was "hide". */
const hiddenColumns = (corrections: readonly Correction[], model: Model) => {
  const last = new Map<string, { table: string; column: string } | undefined>()
  for (const { subject, change } of corrections)
    if ('column' in subject && (change.kind === 'hide' || change.kind === 'show') && isThere(model, subject))
      last.set(JSON.stringify([subject.table, subject.column]), change.kind === 'hide' ? subject : undefined)
  return [...last.values()].filter(s => s !== undefined)
}

const apply = (model: Model, { subject, change }: Correction): Model => {
  switch (change.kind) {
    case 'rename':
      return rename(model, subject, change.label)
    case 'measure':
      return asMeasure(model, subject, change.aggregation)
    case 'hide':
    case 'show':
      return 'measure' in subject
        ? eachMeasure(model, subject, () => ({ hidden: change.kind === 'hide' }))
        : reveal(model, subject, change.kind)
    case 'format':
      return eachMeasure(confessed(model, subject), subject, () => ({ format: change.format }))
    case 'describe':
      return everything(model, subject, () => ({ description: change.text }))
  }
}

/** A personal column that its owner shows may be split by and listed. */
const reveal = (model: Model, subject: Subject, kind: 'hide' | 'show'): Model =>
  kind === 'show'
    ? eachDimension(model, subject, d => (d.type === 'number' ? {} : { personal: false, hidden: false }))
    : model

const rename = (model: Model, subject: Subject, label: string): Model => {
  const before = labelOf(model, subject)
  const renamed = everything(model, subject, thing => ({
    label,
    synonyms: [...new Set([...thing.synonyms, thing.label])].filter(s => s.toLowerCase() !== label.toLowerCase()),
  }))
  return before === undefined
    ? renamed
    : { ...renamed, examples: renamed.examples.map(e => replaced(e, before, label)) }
}

/** What people call the subject of a correction. */
export const labelOf = (model: Model, subject: Subject): string | undefined =>
  (
    Object.values(model.measures).find(m => isOf(m, subject)) ??
    Object.values(model.dimensions).find(d => isOf(d, subject))
  )?.label ?? ('column' in subject ? model.tables[subject.table]?.columns?.[subject.column]?.description : undefined)

const replaced = (example: string, before: string, after: string) => {
  const at = example.toLowerCase().indexOf(before.toLowerCase())
  return at < 0 ? example : example.slice(0, at) + after + example.slice(at + before.length)
}

const eachMeasure = (model: Model, subject: Subject, change: (m: Measure) => Partial<BaseMeasure>): Model => ({
  ...model,
  measures: changed(
    model.measures,
    m => isOf(m, subject),
    m => ({ ...m, ...change(m) }) as Measure,
  ),
})

const eachDimension = (
  model: Model,
  subject: Subject,
  change: (d: Model['dimensions'][string]) => Partial<Model['dimensions'][string]>,
): Model => ({
  ...model,
  dimensions: changed(
    model.dimensions,
    d => isOf(d, subject),
    d => ({ ...d, ...change(d) }),
  ),
})

type Spoken = { label: string; synonyms: string[]; description?: string }

const everything = (model: Model, subject: Subject, change: (thing: Spoken) => Partial<Spoken>): Model =>
  eachDimension(eachMeasure(model, subject, change), subject, change)

const changed = <T>(all: Record<string, T>, is: (thing: T) => boolean, change: (thing: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, thing]) => [name, is(thing) ? change(thing) : thing]))

/** What was only guessed has now been said. */
const confessed = (model: Model, subject: Subject): Model => {
  const names = Object.values(model.measures)
    .filter(m => isOf(m, subject))
    .map(m => m.name)
  return {
    ...model,
    confessions: Object.fromEntries(Object.entries(model.confessions).filter(([name]) => !names.includes(name))),
  }
}

const otherWays: Aggregation[] = ['sum', 'avg', 'min', 'max', 'median']

/** The measure of a column, made when there is none. */
const asMeasure = (model: Model, subject: Subject, aggregation: Aggregation): Model => {
  const own = Object.values(model.measures).filter(m => m.kind === 'base' && isOf(m, subject))
  if (own.length > 0 || 'measure' in subject)
    return eachMeasure(confessed(model, subject), subject, m =>
      m.kind === 'base'
        ? {
            aggregation,
            aggregations: [...new Set([aggregation, ...m.aggregations, ...otherWays])],
            uncertain: undefined,
            hidden: false,
            description: `${words[aggregation]} ${m.label.toLowerCase()}, as its owner said.`,
          }
        : {},
    )
  const measure = newMeasure(model, subject, aggregation)
  return { ...model, measures: { ...model.measures, [measure.name]: measure } }
}

const words: Record<Aggregation, string> = {
  sum: 'Sum of',
  avg: 'Average of',
  min: 'Lowest',
  max: 'Highest',
  median: 'Median of',
  count: 'Number of',
  count_distinct: 'Number of different',
}

const newMeasure = (
  model: Model,
  subject: { table: string; column: string },
  aggregation: Aggregation,
): BaseMeasure => {
  const label = labelOf(model, subject) ?? subject.column.replaceAll('_', ' ')
  const taken = (name: string) => model.measures[name] !== undefined || model.dimensions[name] !== undefined
  const name =
    [subject.column, `${aggregation}_of_${subject.column}`].find(n => !taken(n)) ?? `${subject.column}_measure`
  const counts = aggregation === 'count' || aggregation === 'count_distinct'
  return {
    kind: 'base',
    name,
    label: taken(subject.column) ? `${words[aggregation]} ${label.toLowerCase()}` : label,
    synonyms: [],
    description: `${words[aggregation]} ${label.toLowerCase()}, as its owner said.`,
    format: { kind: counts ? 'integer' : 'number' } satisfies Format,
    hidden: false,
    table: subject.table,
    expression: { kind: 'name', name: subject.column },
    aggregation,
    aggregations: counts ? [aggregation] : [...new Set([aggregation, ...otherWays])],
    where: [],
  }
}
