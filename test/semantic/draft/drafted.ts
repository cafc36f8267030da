import { loadDraftWords } from '#src/semantic/draft/load-words.ts'
import { draftModel } from '#src/semantic/draft.ts'
import type { BaseMeasure, Dimension, Measure, Model } from '#src/semantic/model.ts'
import { ingestHere, makeFiles } from '#test/ingest/made-files.ts'

const words = loadDraftWords()

/** The model drafted for a folder of CSV texts, and the database behind it. */
export const draftFor = async (files: Record<string, string>): Promise<{ model: Model; database: string }> => {
  const { folder, home } = makeFiles(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.csv`, text])),
  )
  const { profile, database } = await ingestHere({ path: folder, home })
  return { model: draftModel(profile, { name: 'test', words: await words }), database }
}

/** The model drafted for one table. */
export const draftTable = async (name: string, text: string): Promise<Model> => (await draftFor({ [name]: text })).model

/** Rows of a table: one line for each i from 1 to n. */
export const lines = (header: string, n: number, line: (i: number) => string): string =>
  [header, ...Array.from({ length: n }, (_, i) => line(i + 1))].join('\n')

export const baseOf = (measure: Measure | undefined): BaseMeasure => {
  if (measure?.kind !== 'base') throw new Error('no such base measure')
  return measure
}

/** Dimensions that a person may be offered. */
export const offered = (model: Model): string[] =>
  Object.values(model.dimensions)
    .filter((d: Dimension) => !d.hidden && !d.personal)
    .map(d => d.name)
