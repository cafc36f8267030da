import type { Context } from 'hono'
import { z } from 'zod'
import { fileStream, mostFileBytes } from '#handlers/chat/file-stream.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Parts, streamAnswer } from './answer-lines.ts'

const fileName = z
  .string()
  .transform(name => name.split(/[\\/]/).at(-1)!.trim())
  .pipe(z.string().min(1).max(255))

/**
 * `POST /room/files?name=sales.csv` with the file as its body: it becomes data, and the reply tells of it as an answer does of a question. The
 * listener lets bodies of this address through at any size (`handlers/http/local.ts`); what is more than 100 MB ends here.
 */
export const takeFile = (c: Context, parts: Parts): Response => {
  const { data: name } = fileName.safeParse(c.req.query('name'))
  if (name === undefined) return c.json({ error: 'bad-request', message: 'Name the file: ?name=sales.csv' }, 400)
  const { body } = c.req.raw
  if (!body) return c.json({ error: 'bad-request', message: 'Send the file as the body.' }, 400)
  const size = sizeOf(c.req.header('content-length'))
  if (size !== undefined && size > mostFileBytes) return tooLarge(c, name)
  const { importFile } = parts.useCases
  return streamAnswer(
    c,
    running => {
      if (!importFile) throw ChartroomError.of('file/not-taken')
      return importFile(
        { stream: fileStream(body, { name, size }), name, ...(size !== undefined && { size }) },
        running,
      )
    },
    { ...parts, path: '/room/files', namesDomain: true },
  )
}

const sizeOf = (length: string | undefined) => (/^\d+$/.test(length ?? '') ? Number(length) : undefined)

/** What was not read would be taken for the next request. */
const tooLarge = (c: Context, name: string) =>
  c.json({ error: 'too-large', message: ChartroomError.of('file/too-large', { name }).message }, 413, {
    connection: 'close',
  })
