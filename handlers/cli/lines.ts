import { ChartroomError } from '#src/vocabulary/errors.ts'

/**
 * The lines of a stream, as soon as each is complete. Only a line feed ends a line (with or without a carriage return before it), so a line
 * separator within a question stays there; the end of the stream ends a line that is not empty.
 */
export async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of readable(chunks)) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split('\n')
    parts[0] = rest + parts[0]
    rest = parts.pop()!
    for (const line of parts) yield line.replace(/\r$/, '')
  }
  rest += decoder.decode()
  if (rest) yield rest.replace(/\r$/, '')
}

async function* readable(chunks: AsyncIterable<string | Uint8Array>) {
  try {
    yield* chunks
  } catch (error) {
    throw ChartroomError.of('source/unreadable', { path: 'Standard input', reason: 'it is no text stream' }, error)
  }
}
