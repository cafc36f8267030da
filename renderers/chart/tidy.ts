import { clean } from './text.ts'

/** The same value with every string in it made drawable ({@link clean}). Keys are kept as they are. */
export const tidy = <T>(value: T): T => walk(value) as T

const walk = (value: unknown): unknown => {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(walk)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  return value
}
