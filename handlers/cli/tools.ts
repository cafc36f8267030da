import type { UseCases } from '#handlers/commands/use-cases.ts'
import type { Effects } from '#src/effects.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import type { CliIo } from './io.ts'

/** What is open while a command runs. `close` ends every child process. */
export type CliSession = {
  useCases: UseCases
  /** A chart as PNG. Throws `chart/failed`. */
  paint: (chart: Chart) => Promise<Uint8Array>
  close: () => Promise<void>
}

/**
 * `data` is a file, a folder or the address of a PostgreSQL database to ask instead of the sample data, `model` the file of its semantic model;
 * without `llm` only the rules read questions.
 */
export type OpenOptions = { data?: string; model?: string; llm: boolean }

/** A further command of the terminal, such as `serve` or `doctor`. Gives the exit code. */
export type CliCommand = {
  /** "doctor", "import <file>" */
  usage: string
  summary: string
  /** Whether it takes arguments; without, any is refused. */
  takesArguments: boolean
  run: (args: string[], io: CliIo) => Promise<number>
}

/** What the composition root passes in. Nothing is opened before a command needs it. */
export type CliTools = {
  open: (options: OpenOptions) => Promise<CliSession>
  commands: Record<string, CliCommand>
  near: UseCases['near']
  version: string
  effects: Pick<Effects, 'newId'>
  /** Logs an error that nobody foresaw, once, under the id that people are told. */
  report: (error: unknown, incident: string) => void
}
