import type { Environment } from '../config.ts'
import { unknown } from '../semantic/load/problem.ts'

/**
 * Where a text of `chartroom.yaml` is meant to come from the environment: `${NAME}`. Braces mean a map to YAML, so that
 * `{ postgres: ${URL} }` would not be read; the braces are exchanged for two characters of no meaning while it is, one for one.
 */
export const shieldReferences = (text: string): string => text.replace(written, '$\uE000$1\uE001')

/** The file's own words again, in a value that was read. */
export const unshield = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(shielded, (_, name: string) => referenceTo(name))
  if (Array.isArray(value)) return value.map(unshield)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unshield(key), unshield(inner)]))
}

const written = /\$\{([^{}\n]{0,200})\}/g
const shielded = /\$\uE000([^\uE000\uE001]*)\uE001/g

/** `${NAME}` */
export const referenceTo = (name: string): string => `$\{${name}}`

export const hasReference = (text: string): boolean => text.search(written) >= 0

/**
 * The address that a text means. References within it are percent-encoded where a user and a password stand. A problem never holds
 * anything of a value.
 */
export const resolveAddress = (
  text: string,
  environment: Environment,
): { address: string } | { problems: string[] } => {
  const names = [...text.matchAll(written)].map(([, name]) => name!)
  const problems = names.flatMap(name => problemOf(name, environment))
  if (problems.length > 0) return { problems }
  const wordOf = (name: string) => environment[name]!.trim()
  const [only] = names
  if (only !== undefined && text.trim() === referenceTo(only)) return { address: wordOf(only) }
  const people = text.indexOf('@')
  return {
    address: text
      .trim()
      .replace(written, (_, name: string, at: number) =>
        at < people ? encodeURIComponent(wordOf(name)) : wordOf(name),
      ),
  }
}

const problemOf = (name: string, environment: Environment): string[] => {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return [`a name from the environment is written ${referenceTo('NAME')}, in letters, digits and _`]
  if (environment[name]?.trim()) return []
  const meant = unknown(
    'name',
    name,
    Object.keys(environment).filter(n => environment[n]?.trim()),
  )
  const near = /; did you mean .*$/.exec(meant)?.[0] ?? ''
  return [`${name} is not set in the environment or in .env${near}`]
}
