import type { Path } from '../semantic/load/problem.ts'

/** A password written into the file. */
export type Secret = { path: Path }

/**
 * The passwords that stand in a value that was read from the file, and the value without them, so that no sentence about it can repeat
 * one. `${NAME}` is none.
 */
export const takeSecrets = (value: unknown, path: Path = []): { value: unknown; secrets: Secret[] } => {
  if (typeof value === 'string') {
    const clean = withoutPasswords(value)
    return { value: clean, secrets: clean === value ? [] : [{ path }] }
  }
  if (value === null || typeof value !== 'object') return { value, secrets: [] }
  const entries = Object.entries(value).map(([key, inner]) => {
    const taken = takeSecrets(inner, [...path, Array.isArray(value) ? Number(key) : key])
    return { key, ...taken }
  })
  const clean = Array.isArray(value)
    ? entries.map(e => e.value)
    : Object.fromEntries(entries.map(e => [e.key, e.value]))
  return { value: clean, secrets: entries.flatMap(e => e.secrets) }
}

/** A sentence, or any text, with `…` where an address holds a password. */
export const withoutPasswords = (text: string): string =>
  text
    .replace(/(:\/\/[^\s/@:]*:)(?!\$\{[^{}]*\}@)[^\s@]*@/g, '$1…@')
    .replace(/([?&](?:ssl)?password=)(?!\$\{)[^\s&]*/gi, '$1…')
