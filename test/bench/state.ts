import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realEffects } from '#src/effects.ts'
import { storedAnswers } from '#src/store/answers.ts'
import { storedClaims } from '#src/store/claims.ts'
import type { Database } from '#src/store/database.ts'
import { readPostmaster } from '#src/store/server/postmaster.ts'
import { openState } from '#src/store/state.ts'
import { storedThreads } from '#src/store/turns.ts'
import { answered, query } from '#test/fakes/room-answers.ts'
import { ms, print, printTable } from './print.ts'
import { processSizes } from './pss.ts'
import { median, quantile } from './statistics.ts'

/** Milliseconds to open the state, milliseconds of single steps of a turn, and megabytes of the server with its connections. */
export type StateTimes = {
  fromNothing: number
  again: number[]
  joined: number[]
  steps: Map<string, number[]>
  mb: number
}

/** The PostgreSQL of our own: set up, started again, joined, and used as a turn uses it. */
export const timeState = async (rounds: number): Promise<StateTimes> => {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-state-'))
  const open = () => openState({ home }, realEffects)
  try {
    const again: number[] = []
    const joined: number[] = []
    const fromNothing = await timed(async () => (await open()).close())
    let database: Database | undefined
    for (let round = 0; round < rounds; round++) {
      await database?.close()
      again.push(
        await timed(async () => {
          database = await open()
        }),
      )
      let second: Database | undefined
      joined.push(
        await timed(async () => {
          second = await open()
        }),
      )
      await second?.close()
    }
    const steps = await timeSteps(database as Database, rounds * 20)
    const server = await readPostmaster(join(home, 'state', 'data'))
    const mb = processSizes(server?.pid ?? 0).reduce((sum, { mb }) => sum + mb, 0)
    await database?.close()
    return { fromNothing, again, joined, steps, mb }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const timeSteps = async (database: Database, rounds: number): Promise<Map<string, number[]>> => {
  const claims = storedClaims(database, {}, realEffects)
  const answers = storedAnswers(database, {}, realEffects)
  const threads = storedThreads(database, {}, realEffects)
  const steps: [string, (round: number) => Promise<unknown>][] = [
    ['take up a delivery', round => claims.claim(`bench ${round}`)],
    ['last query of a thread', () => threads.last('bench')],
    ['remember a query', round => threads.remember('bench', { ...query, limit: round + 1 })],
    ['keep an answer', round => answers.put({ answer: answered(`bench ${round}`, 'revenue?') })],
    ['find an answer', round => answers.get(`bench ${round}`)],
  ]
  const found = new Map(steps.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++)
    for (const [name, step] of steps) found.get(name)?.push(await timed(() => step(round)))
  return found
}

export const printState = ({ fromNothing, again, joined, steps, mb }: StateTimes): void => {
  printTable(
    'The PostgreSQL that keeps what Chartroom remembers, ms',
    ['', 'median', 'worst'],
    [
      ['set up, started, tables made, ended', ms(fromNothing), ms(fromNothing)],
      ['started again', ms(median(again)), ms(quantile(again, 1))],
      ['joined by a second bot', ms(median(joined)), ms(quantile(joined, 1))],
      ...[...steps].map(([name, all]) => [name, ms(median(all)), ms(quantile(all, 1))]),
    ],
  )
  print(`Memory of the server with its connections: ${mb ? `${mb.toFixed(0)} MB` : 'not known on this system'}`)
}
