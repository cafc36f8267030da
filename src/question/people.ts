import type { Model } from '#src/semantic/model.ts'

/** Whether the rows of a table are people, as what is kept of them is personal. */
export const keepsPeople = (table: string | undefined, model: Model): boolean =>
  Object.values(model.dimensions).some(d => d.personal && d.table === table)
