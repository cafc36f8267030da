import { z } from 'zod'
import { nearest } from '../near.ts'
import { type Path, quoted, type Report, unknown } from './problem.ts'

type Issue = z.core.$ZodIssue

/** Where a value stands. `keyKind` may call an unknown key by the kind of the key it is near to ("aggregation"). */
export type Place = { path: Path; report: Report; keyKind?: (near: string | undefined) => string }

/** Checks a value; what is wrong is reported in words of the file, and then there is no value. */
export const checked = <T>(schema: z.ZodType<T>, value: unknown, at: Place): T | undefined => {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  for (const issue of result.error.issues) explain(issue, schema, at)
  return undefined
}

const explain = (issue: Issue, schema: z.ZodType, { path: root, report, keyKind }: Place): void => {
  const inner = issue.path.map(part => (typeof part === 'number' ? part : String(part)))
  const path = [...root, ...inner]
  if (issue.code === 'unrecognized_keys') {
    const known = settingsAt(schema, inner)
    for (const key of issue.keys)
      report(path, unknown(keyKind?.(nearest(key, known, 1)[0]) ?? 'setting', key, known), key)
  } else if (issue.code.startsWith('invalid_') && issue.input === undefined && path.length) {
    report(path.slice(0, -1), `needs "${path.at(-1)}"`)
  } else report(path, message(issue))
}

const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`
    case 'invalid_value':
      return unknownValue(String(issue.input), issue.values.map(String))
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message
    case 'invalid_union':
      return unionMessage(issue)
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    default:
      return issue.message
  }
}

/** A fault inside the branch that fits is told; when no branch fits, all that would have. */
const unionMessage = (issue: Extract<Issue, { code: 'invalid_union' }>): string => {
  const branches = issue.errors.map(issues => issues[0]).filter(first => first !== undefined)
  const fitting = branches.find(first => first.code !== 'invalid_type' || first.path.length > 0)
  if (fitting) return message({ ...fitting, input: fitting.input ?? issue.input } as Issue)
  const expected = branches.map(first =>
    first.code === 'invalid_type' ? (kinds[first.expected] ?? first.expected) : '',
  )
  return `must be ${[...new Set(expected)].join(' or ')}, not ${kindOf(issue.input)}`
}

const unknownValue = (input: string, values: string[]) => {
  const suggestion = unknown('value', input, values)
  return suggestion.includes('did you mean') ? suggestion : `${suggestion}; there is ${values.map(quoted).join(', ')}`
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
}

export const kindOf = (value: unknown): string => {
  if (value === undefined || value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return { string: 'text', number: `${value}`, boolean: `${value}` }[typeof value as string] ?? 'a map'
}

const settingsAt = (schema: z.ZodType, path: Path): string[] => {
  const object = unwrapped(schema)
  if (!(object instanceof z.ZodObject)) return []
  const [first, ...rest] = path
  if (first === undefined) return Object.keys(object.shape)
  const next = object.shape[first]
  return next ? settingsAt(next, rest) : []
}

const unwrapped = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodUnion)
    return (schema.options as z.ZodType[]).find(option => option instanceof z.ZodObject) ?? schema
  return schema
}
