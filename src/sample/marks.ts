/** The table in which a sample records what it was built from. */
export const markerTable = '_chartroom_sample'

/** The same in a PostgreSQL schema, where several samples lie side by side. */
export const markerTableOf = (sample: string): string =>
  sample === 'ecommerce' ? markerTable : `${markerTable}_${sample}`

/** Whether a table is only a record of a sample, and holds nothing that anybody asks about. */
export const isMarkerTable = (name: string): boolean => name === markerTable || name.startsWith(`${markerTable}_`)
