import { readFile } from 'node:fs/promises'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2024-01-31')
const statuses = ['answered', 'clarify', 'refused', 'empty'] as const

const workedSchema = z.strictObject({
  id: z.string().min(1),
  /** What kind of question it is: verdicts are counted per kind. */
  kind: z.string().min(1),
  question: z.string(),
  /** The day on which it is asked. */
  today: day.optional(),
  /** Questions of the same thread are one conversation. */
  thread: z.string().optional(),
  expect: z.union([z.enum(statuses), z.array(z.enum(statuses)).min(1)]).default('answered'),
  /** The order of rows counts. */
  ordered: z.boolean().optional(),
  /** `prefix`: further columns behind do no harm; `any`: anywhere. */
  columns: z.enum(['prefix', 'any']).optional(),
  /** A query written by hand that gives the right rows. */
  sql: z.string().optional(),
  /** Words that the answer must hold. */
  mentions: z.array(z.string()).optional(),
  note: z.string().optional(),
})

/** One question with what is right. */
export type Worked = z.infer<typeof workedSchema>

/** Questions, and for which domain and day they are meant when nobody says otherwise. */
export type Asked = { domain?: string; today?: string; questions: Worked[] }

const fileSchema = z.preprocess(
  file => (Array.isArray(file) ? { questions: file } : file),
  z.strictObject({ domain: z.string().optional(), today: day.optional(), questions: z.array(workedSchema) }),
)

/** Reads a file of questions: a list, or `domain`, `today` and `questions`. Throws `eval/file`. */
export const readQuestions = (path: string): Promise<Asked> => readYaml(path, fileSchema)

/** Reads a YAML file of a schema. Throws `eval/file`, with the lines of all faults. */
export const readYaml = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
  const text = await readFile(path, 'utf8').catch(error => {
    throw faulty(path, [error.code === 'ENOENT' ? 'there is no such file' : 'it could not be opened'], error)
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) throw faulty(path, [broken.message.split('\n')[0] ?? ''], broken)
  const read = schema.safeParse(document.toJS())
  if (read.success) return read.data
  const isList = Array.isArray(document.toJS())
  const problems = read.error.issues.slice(0, 20).map(issue => {
    const path = isList && issue.path[0] === 'questions' ? issue.path.slice(1) : issue.path
    const offset = offsetOf(document, path)
    const line = offset === undefined ? '' : `line ${lines.linePos(offset).line}: `
    return `${line}${[...path, issue.message].join(' ')}`
  })
  throw faulty(path, problems, read.error)
}

/** Where something stands, or else what it should stand in. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number | undefined => {
  const node = path.length > 0 ? document.getIn(path, true) : document.contents
  if (isNode(node)) return node.range?.[0]
  return path.length > 0 ? offsetOf(document, path.slice(0, -1)) : undefined
}

const faulty = (path: string, problems: string[], cause?: unknown) =>
  ChartroomError.of('eval/file', { path, problems }, cause)
