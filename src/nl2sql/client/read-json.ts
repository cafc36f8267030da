import type { z } from 'zod'

/**
 * Reads a value of the schema from what a model wrote: JSON, JSON between fences or words, with trailing commas, or wrapped in one further object.
 * Undefined when there is none. Half a value is never taken.
 */
export const readJson = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  for (const candidate of candidates(text)) {
    const value = parsed(candidate)
    if (value === undefined) continue
    for (const offered of [value, ...wrapped(value)]) {
      const read = schema.safeParse(offered)
      if (read.success) return read.data
    }
  }
  return undefined
}

/** The text itself, what is fenced, and what stands from the first to the last brace. */
const candidates = (text: string): string[] => {
  const whole = text.replace(/^\uFEFF/, '').trim()
  const fenced = [...whole.matchAll(/```[a-z]*\s*([\s\S]*?)```/gi)].map(([, inside = '']) => inside.trim())
  const [from, to] = [whole.search(/[{[]/), Math.max(whole.lastIndexOf('}'), whole.lastIndexOf(']'))]
  const within = from >= 0 && to > from ? [whole.slice(from, to + 1)] : []
  return [...new Set([whole, ...fenced, ...within])].flatMap(t => [t, withoutTrailingCommas(t)])
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Commas before a closing bracket, outside of strings. */
const withoutTrailingCommas = (text: string) =>
  text.replace(/("(?:[^"\\]|\\.)*")|,(\s*[}\]])/g, (_, string?: string, close?: string) => string ?? close ?? '')

/** `{"result": {…}}`, and a list of one. */
const wrapped = (value: unknown): unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value)
  return inside.length === 1 ? inside : []
}
