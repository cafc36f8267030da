import { writeFile } from 'node:fs/promises'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** What the terminal handler reads and writes. Writing settles when the text has left the process. */
export type CliIo = {
  /** Standard input, opened when it is first read. */
  input: () => AsyncIterable<string | Uint8Array>
  out: (text: string) => Promise<void>
  err: (text: string) => Promise<void>
  /** Shows a line in place of the one before, until something else is written; '' takes it away. Absent when nobody looks: not a terminal. */
  progress?: (line: string) => void
  /** Cells of a line. */
  width: number
  colour: boolean
  /** Aborts when the user interrupts (reason `interrupted`), the system ends it (`terminated`) or nobody reads the output any more (`closed`). */
  signal: AbortSignal
  /** Throws `source/not-writable`, `source/no-space`. */
  writeFile: (path: string, bytes: Uint8Array) => Promise<void>
}

const widthOfPipe = 100

/**
 * The streams of a process. Colours only on a terminal, unless NO_COLOR is set or the terminal is dumb. The first SIGINT or SIGTERM
 * aborts the signal, a second one ends the process at once.
 */
export const processIo = (process: NodeJS.Process, env: Record<string, string | undefined>): CliIo => {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort('interrupted'))
  process.once('SIGTERM', () => stop.abort('terminated'))
  stop.signal.addEventListener('abort', () => process.stdin.destroy())
  return {
    input: () => process.stdin,
    out: writerTo(process.stdout, () => stop.abort('closed')),
    err: writerTo(process.stderr, () => {}),
    ...(process.stderr.isTTY === true && env.TERM !== 'dumb' && { progress: progressOn(process.stderr) }),
    width: process.stdout.columns || widthOfPipe,
    colour: process.stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    signal: stop.signal,
    writeFile: (path, bytes) =>
      writeFile(path, bytes).catch((error: NodeJS.ErrnoException) => {
        throw ChartroomError.of(error.code === 'ENOSPC' ? 'source/no-space' : 'source/not-writable', { path }, error)
      }),
  }
}

/** https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands: to the first column, and the line is erased. */
const progressOn = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`\r\u001b[K${line}`)

/** A reader that goes away (EPIPE) is no failure: what is written after that is dropped. */
const writerTo = (stream: NodeJS.WriteStream, onGone: () => void) => {
  let gone = false
  const leave = () => {
    if (!gone) onGone()
    gone = true
  }
  stream.on('error', leave)
  return (text: string) =>
    new Promise<void>(resolve => {
      if (gone) return resolve()
      stream.write(text, error => {
        if (error) leave()
        resolve()
      })
    })
}
