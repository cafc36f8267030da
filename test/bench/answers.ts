import { slackMessage } from '#renderers/slack/message.ts'
import { answerView } from '#renderers/view/answer.ts'
import type { BenchEngine } from './engine.ts'
import { today } from './questions.ts'

/** Where the time of one answer went, in milliseconds. `total` is question → message with painted chart, before it is sent. */
export type Timing = Record<'read' | 'query' | 'study' | 'paint' | 'write' | 'total', number> & { chart: string }

/** Asks one question, paints its chart and writes its message for Slack. Throws when it is not answered: a question asked back would look fast. */
export const timeAnswer = async ({ ask, painters }: BenchEngine, text: string): Promise<Timing> => {
  const marks = [performance.now()]
  const answer = await ask({ text, today }, { onStatus: () => marks.push(performance.now()) })
  const told = performance.now()
  if (answer.status !== 'answered') throw new Error(`“${text}” was not answered but: ${answer.status}`)
  await painters.paint(answer.chart, 'light')
  const painted = performance.now()
  const view = answerView(answer, { periods: [], splits: [], charts: [] })
  slackMessage(view, { rung: 'picture', fileId: 'F0BENCH', asker: 'U0BENCH' })
  const end = performance.now()
  const [start = told, , working = told, looking = told] = marks
  return {
    read: working - start,
    query: looking - working,
    study: told - looking,
    paint: painted - told,
    write: end - painted,
    total: end - start,
    chart: answer.chart.kind,
  }
}

export type QuestionTimings = Map<string, Timing[]>

/** Every question once without being counted, then `rounds` times, the questions in turn on each of the engines. */
export const timeQuestions = async (
  engines: readonly BenchEngine[],
  questions: readonly string[],
  rounds: number,
): Promise<QuestionTimings[]> => {
  const timings: QuestionTimings[] = engines.map(() => new Map(questions.map(text => [text, []])))
  for (let round = -1; round < rounds; round++)
    for (const text of questions)
      for (const [i, engine] of engines.entries()) {
        const timing = await timeAnswer(engine, text)
        if (round >= 0) timings[i]?.get(text)?.push(timing)
      }
  return timings
}
