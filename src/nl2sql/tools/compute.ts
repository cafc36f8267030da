import { Worker } from 'node:worker_threads'
import type { EngineResult } from '#src/engines/engine.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Cell, ColumnType } from '#src/vocabulary/table.ts'

export type Computed = Pick<EngineResult, 'rows' | 'columns'> | { problem: string }

/** What the thread is given, and what it says. */
export type Work = { code: string; rows: readonly Record<string, Cell>[]; memoryBytes: number; steps: number }
export type Worked = { json: string } | { problem: string }

/** Rows that a program may give. */
const mostRows = 10_000

/** The time that programs of one question may take together, in slices that are used up while one runs. */
export type Allowance = { left: number }

/** Milliseconds, and slices: of one program, and of all that one question has run. */
const [sliceMs, longest, longestTogether] = [100, 30, 50]

export const createAllowance = (slices = longestTogether): Allowance => ({ left: slices })

/**
 * Runs JavaScript over the rows of a result, in an interpreter that knows no file, network or module, only `rows`, in a thread of its own. The
 * last expression must be an array of flat objects. Throws `engine/cancelled` as soon as the signal aborts.
 */
export const compute = async (
  code: string,
  rows: readonly Record<string, Cell>[],
  { allowance = createAllowance(), signal }: { allowance?: Allowance; signal?: AbortSignal } = {},
): Promise<Computed> => {
  if (allowance.left <= 0) return { problem: 'Programs have had all the time that a question gets. Use SQL.' }
  const work = { code, rows, memoryBytes: 64_000_000, steps: 20_000 }
  const worked = await inThread(work, allowance, signal)
  return 'problem' in worked ? worked : tableIn(JSON.parse(worked.json))
}

/** The rows of a result, each with the names of its columns. */
export const recordsOf = ({ columns, rows }: Pick<EngineResult, 'rows' | 'columns'>): Record<string, Cell>[] =>
  rows.map(row => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])))

const inThread = (work: Work, allowance: Allowance, signal?: AbortSignal): Promise<Worked> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(ChartroomError.of('engine/cancelled'))
    const thread = new Worker(new URL('./compute-thread.ts', import.meta.url), {
      workerData: work,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    const leave = () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', stop)
      void thread.terminate()
    }
    const end = (worked: Worked) => {
      leave()
      resolve(worked)
    }
    const stop = () => {
      leave()
      reject(ChartroomError.of('engine/cancelled'))
    }
    let ran = 0
    const timer = setInterval(() => {
      ran += 1
      allowance.left -= 1
      if (ran >= longest || allowance.left <= 0) end({ problem: 'It takes too long.' })
    }, sliceMs)
    signal?.addEventListener('abort', stop, { once: true })
    thread.once('message', end)
    thread.once('error', () => end({ problem: 'It takes too much memory.' }))
  })

const tableIn = (value: unknown): Computed => {
  const list = Array.isArray(value) ? value : [value]
  if (list.length > mostRows) return { problem: `It gives ${list.length} rows; ${mostRows} is the most.` }
  if (!list.every(isFlat)) return { problem: 'It must give an array of flat objects.' }
  const names = [...new Set(list.flatMap(row => Object.keys(row)))]
  if (names.length === 0) return { problem: 'Its objects have no keys.' }
  const rows = list.map(row => names.map(name => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)))
  return { columns: names.map((name, i) => ({ name, type: typeOf(rows.map(row => row[i] ?? null)) })), rows }
}

const isFlat = (row: unknown): row is Record<string, Cell> =>
  typeof row === 'object' &&
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).every(cell => cell === null || typeof cell !== 'object')

const typeOf = (cells: Cell[]): ColumnType => {
  const known = cells.filter(cell => cell !== null)
  if (known.length === 0) return 'text'
  if (known.every(cell => typeof cell === 'number')) return known.every(Number.isInteger) ? 'integer' : 'number'
  if (known.every(cell => typeof cell === 'boolean')) return 'boolean'
  return known.every(cell => /^\d{4}-\d{2}-\d{2}$/.test(String(cell))) ? 'date' : 'text'
}
