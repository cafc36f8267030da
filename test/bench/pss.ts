import { readdirSync, readFileSync } from 'node:fs'

/** One process and what it takes: its proportional set size, in which shared pages are split among those who share them. */
export type ProcessSize = { pid: number; command: string; mb: number }

/** Whether this machine tells the proportional set size of processes (Linux). */
export const pssKnown = (): boolean => sizeOf(process.pid) !== undefined

/** A process and all below it, each with its size. Processes that end meanwhile are left out. */
export const processSizes = (root: number): ProcessSize[] => {
  const parents = parentOf()
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].flatMap(([p, parent]) => (parent === pid ? below(p) : [])),
  ]
  return below(root).flatMap(pid => {
    const mb = sizeOf(pid)
    return mb === undefined ? [] : [{ pid, command: commandOf(pid), mb }]
  })
}

/** Megabytes (2²⁰ bytes) of `Pss` in the text of a `smaps_rollup`. */
export const pssIn = (text: string): number | undefined => {
  const kb = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1]
  return kb === undefined ? undefined : Number(kb) / 1024
}

/** The parent's id in the text of a `/proc/<pid>/stat`, whose second field is a name that may hold anything. */
export const parentIn = (text: string): number => Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])

const sizeOf = (pid: number) => pssIn(readIfThere(`/proc/${pid}/smaps_rollup`))

const commandOf = (pid: number) => readIfThere(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()

const parentOf = (): Map<number, number> =>
  new Map(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => [Number(name), parentIn(readIfThere(`/proc/${name}/stat`))]),
  )

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
