/** A node of a parser's tree: its fields. */
export type Node = Record<string, unknown>

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
