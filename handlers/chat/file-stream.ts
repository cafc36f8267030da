import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The most bytes that a file may have which somebody sends, 100 MB. */
export const mostFileBytes = 100 * 1024 * 1024

/** What is known of a file before it is read; `size` in bytes, as it was said. */
export type Announced = { name: string; size?: number }

/**
 * The bytes of a file that somebody sends, counted as they come: throws `file/too-large` as soon as it is clear, before the first byte when its
 * size says so, and `file/cut-off` when fewer come than were announced.
 */
export async function* fileStream(
  bytes: AsyncIterable<Uint8Array>,
  { name, size }: Announced,
  most = mostFileBytes,
): AsyncGenerator<Uint8Array> {
  if (size !== undefined && size > most) throw ChartroomError.of('file/too-large', { name })
  let count = 0
  for await (const chunk of unbroken(bytes, name)) {
    count += chunk.byteLength
    if (count > most) throw ChartroomError.of('file/too-large', { name })
    yield chunk
  }
  if (size !== undefined && count < size) throw ChartroomError.of('file/cut-off', { name })
}

async function* unbroken(bytes: AsyncIterable<Uint8Array>, name: string) {
  try {
    yield* bytes
  } catch (error) {
    throw error instanceof ChartroomError ? error : ChartroomError.of('file/cut-off', { name }, error)
  }
}
