import { z } from 'zod'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { readJson } from '#src/nl2sql/client/read-json.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Judged, verdicts } from './judge.ts'
import { readYaml, type Worked } from './questions.ts'

const failures = [
  'language/busy',
  'language/unreachable',
  'language/slow',
  'language/declined',
  'language/key',
] as const

const scriptSchema = z.strictObject({
  id: z.string().min(1),
  /** What the language model is made to say, one after another: a step, a text that may be no step at all, or a failure. */
  replies: z
    .array(
      z.union([
        z.strictObject({ step: z.looseObject({ kind: z.string() }) }),
        z.strictObject({ text: z.string() }),
        z.strictObject({ fails: z.enum(failures) }),
      ]),
    )
    .min(1),
  /** How the question should end with these. */
  ends: z.enum(verdicts).default('right'),
  /** How many of the replies should be used. Default all. */
  used: z.number().int().positive().optional(),
})

/** Replies in the place of a language model's, for one question. */
export type Script = z.infer<typeof scriptSchema>

/** Throws `eval/file`. */
export const readScripts = (path: string): Promise<Script[]> => readYaml(path, z.array(scriptSchema))

/** A language model that says what the scripts say. It shows how we deal with replies, and nothing of how good a model's are. */
export const createScripted = (scripts: readonly Script[]) => {
  let [script, next]: [Script | undefined, number] = [undefined, 0]
  const complete: Complete = async request => {
    const reply = script?.replies[next]
    next += 1
    if (!reply) throw ChartroomError.of('language/unreachable')
    if ('fails' in reply) throw ChartroomError.of(reply.fails)
    const text = 'text' in reply ? reply.text : JSON.stringify({ thought: '', step: reply.step })
    const value = readJson(text, request.schema)
    if (value === undefined) throw ChartroomError.of('language/unreadable')
    return { value, use: { model: 'a script', input: 0, cached: 0, output: 0, ms: 0 } }
  }
  return {
    complete,
    begin: ({ id }: Worked) => {
      ;[script, next] = [scripts.find(s => s.id === id), 0]
    },
  }
}

/** Why a question did not end as its script says; undefined when it did. */
export const offScript = ({ ends, used, replies }: Script, got: Judged & { calls: number }): string | undefined => {
  if (got.verdict !== ends) return `ended ${got.verdict}, not ${ends}: ${got.detail}`
  const wanted = used ?? replies.length
  return got.calls === wanted ? undefined : `took ${got.calls} replies, not ${wanted}: ${got.detail}`
}
