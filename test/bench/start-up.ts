import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kpiQuestions, today } from './questions.ts'
import { askRoom, startServer } from './server.ts'

/** Milliseconds from the command to the first answer with its chart over HTTP. */
export type StartUp = { fromNothing: number; withData: number[] }

/** `npm start` in an empty home, where the sample is made, and then again `rounds` times. */
export const timeStartUp = async (rounds: number): Promise<StartUp> => {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-start-'))
  try {
    const fromNothing = await startAndAsk(home)
    const withData: number[] = []
    for (let round = 0; round < rounds; round++) withData.push(await startAndAsk(home))
    return { fromNothing, withData }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const startAndAsk = async (home: string): Promise<number> => {
  const start = performance.now()
  const server = await startServer({ home, by: 'npm' })
  try {
    await askRoom(server, { text: kpiQuestions[0], today })
    return performance.now() - start
  } finally {
    await server.stop()
  }
}
