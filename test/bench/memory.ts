import { processSizes } from './pss.ts'
import { today, variedQuestion } from './questions.ts'
import { askRoom, type Server } from './server.ts'

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

/**
 * What stays when garbage is collected: the lowest total of the second quarter and of the later half, and what that makes per 1,000
 * answers. Between collections the size goes up and down by far more than a leak adds, so only the lowest count.
 */
export const floors = (measured: readonly Sizes[]): { early: number; late: number; perThousand: number } => {
  const count = measured.length
  const lowest = (from: number, to: number) =>
    Math.min(...measured.slice(Math.floor(count * from), Math.floor(count * to)).map(s => s.total))
  const [early, late] = [lowest(0.25, 0.5), lowest(0.5, 1)]
  const answers = measured.at(-1)?.answers ?? 0
  return { early, late, perThousand: (late - early) / (answers * 0.000375) }
}
