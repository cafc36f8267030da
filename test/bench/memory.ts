import { processSizes } from './pss.ts'
import { today, variedQuestion } from './questions.ts'
import { askRoom, type Server } from './server.ts'
import { slope } from './statistics.ts'

/** Megabytes of each part of the running product after a number of answers. */
export type Sizes = { answers: number; bot: number; database: number; painter: number; total: number }

export const measureNow = (server: Server, answers: number): Sizes => {
  const sizes = processSizes(server.pid)
  const of = (name: string) => sizes.filter(s => s.command.includes(name)).reduce((sum, s) => sum + s.mb, 0)
  const total = sizes.reduce((sum, s) => sum + s.mb, 0)
  return { answers, bot: of('main.ts'), database: of('duckdb/child.ts'), painter: of('painter.ts'), total }
}

/**
 * Asks `count` different questions, two at a time, each with its chart, and measures every 50 answers. `onSizes` hears each measurement.
 */
export const measureWhileAsking = async (
  server: Server,
  { count, from, onSizes = () => {} }: { count: number; from: number; onSizes?: (sizes: Sizes) => void },
): Promise<Sizes[]> => {
  const measured: Sizes[] = []
  for (let done = 0; done < count; done += 2) {
    const both = [0, 1].map(i => ({
      text: variedQuestion(from + done + i),
      today,
      thread: `memory-${from + done + i}`,
    }))
    await Promise.all(both.map(question => askRoom(server, question)))
    if ((done + 2) % 50 !== 0) continue
    measured.push(measureNow(server, done + 2))
    onSizes(measured.at(-1) as Sizes)
  }
  return measured
}

/** Megabytes gained per 1,000 answers over the later half, when everything that fills up once has filled up. */
export const leakPerThousand = (measured: readonly Sizes[]): number => {
  const later = measured.slice(Math.floor(measured.length / 2))
  return slope(later.map(({ answers, total }) => ({ x: answers, y: total }))) * 1000
}
