import { kpiQuestions, today, variedQuestion } from './questions.ts'
import { askRoom, type Server } from './server.ts'

/** How a crowd fared: milliseconds of those who got an answer with its chart, and why the others did not. */
export type Crowd = { times: number[]; failures: string[]; all: number }

/** `people` ask at the same moment, each in a conversation of their own: all something else, or as colleagues do, often the same. */
export const askAtOnce = async (
  server: Server,
  { people, alike, from }: { people: number; alike: boolean; from: number },
): Promise<Crowd> => {
  const start = performance.now()
  const asked = Array.from({ length: people }, async (_, n) => {
    const text = alike ? (kpiQuestions[n % kpiQuestions.length] as string) : variedQuestion(from + n)
    await askRoom(server, { text, today, thread: `crowd-${from + n}` })
    return performance.now() - start
  })
  const settled = await Promise.allSettled(asked)
  return {
    times: settled.flatMap(s => (s.status === 'fulfilled' ? [s.value] : [])),
    failures: settled.flatMap(s => (s.status === 'rejected' ? [String(s.reason)] : [])),
    all: performance.now() - start,
  }
}
