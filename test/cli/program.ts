import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** How a run of the program ended. */
export type Ended = { code: number | null; out: string; err: string }

export type Home = {
  folder: string
  /** Writes a file into the folder and gives its path. */
  file: (name: string, content: string | Uint8Array) => string
  /** Runs the real program to its end. `input` is what it reads; without it standard input is empty. */
  run: (args: string[], options?: { input?: string; settings?: Record<string, string> }) => Promise<Ended>
  /** Starts the real program and leaves it running. `clear` ends what still runs. */
  start: (args: string[], settings?: Record<string, string>) => Running
  clear: () => Promise<void>
}

export type Running = { child: ChildProcess; seen: { out: string; err: string }; ended: Promise<Ended> }

/** A folder of its own that the program is started in and writes to, with a small sample shop and nothing else of this machine's settings. */
export const makeHome = (): Home => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom program '))
  const running = new Set<Running>()
  const environment = {
    CHARTROOM_HOME: join(folder, 'home'),
    NUM_ORDERS: '400',
    NUM_CUSTOMERS: '60',
    PORT: '0',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, 'compiled'),
  }
  const start: Home['start'] = (args, settings = {}) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...environment, ...settings },
    })
    const seen = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', chunk => {
      seen.out += chunk
    })
    child.stderr.setEncoding('utf8').on('data', chunk => {
      seen.err += chunk
    })
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', code => resolve({ code, ...seen }))
    })
    const made = { child, seen, ended }
    running.add(made)
    ended.finally(() => running.delete(made))
    return made
  }
  return {
    folder,
    start,
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    run: (args, { input = '', settings } = {}) => {
      const { child, ended } = start(args, settings)
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
      return ended
    },
    clear: async () => {
      for (const { child } of running) child.kill('SIGKILL')
      await Promise.allSettled([...running].map(r => r.ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Five sales: North 2, 4 and 1 pieces, South 1 and 3; two in January 2024, three in February. */
export const sales = `day,region,units,unit_price
2024-01-05,North,2,10.00
2024-01-20,South,1,20.00
2024-02-03,North,4,10.00
2024-02-10,South,3,20.00
2024-02-28,North,1,5.50
`
