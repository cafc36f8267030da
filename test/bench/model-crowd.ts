import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openFakeOpenAi } from '#test/fakes/openai.ts'
import { type FakeSlack, startSlack } from '#test/fakes/slack/slack.ts'
import { type InSql, type ModelOptions, sayFor } from './model.ts'
import { startServer, untilReady } from './server.ts'
import { burstChannel, finished, timeCommands } from './slack-turns.ts'

/** Milliseconds of questions that need no model: alone, and while `people` wait for one. `byModel`: how often it was called meanwhile. */
export type BesideModel = { people: number; quiet: number[]; busy: number[]; byModel: number }

const [people, modelTakes, commands, pause] = [50, 3000, 30, 400]

/**
 * The product in processes of its own, in Slack. In turn, thirty commands are asked while nobody else does, and thirty while fifty people, who asked
 * at the same moment, wait for a model that takes three seconds each time.
 */
export const timeBesideModel = async (
  worked: readonly InSql[],
  { home: folder, crowds }: ModelOptions,
): Promise<BesideModel> => {
  const model = await openFakeOpenAi(async call => {
    await sleep(modelTakes)
    return sayFor(call, worked)
  })
  const slack = await startSlack({ fileReadyMs: 0 })
  const settings = {
    ...{
      DUCKDB_PATH: resolve(folder, 'small.duckdb'),
      CACHE_TTL: '0',
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'stand-in',
    },
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
  }
  // What is known from an earlier run is not asked again.
  const home = mkdtempSync(join(folder, 'model-'))
  const server = await startServer({ home, settings })
  const ask = (crowd: number) => Array.from({ length: people }, (_, n) => questionOf(worked, crowd * people + n))
  try {
    await untilReady(server)
    await slack.waitFor(() => slack.connections() > 0, 30_000)
    await timeCommands(slack, { count: 5, from: 0 })
    await crowded(slack, ask(0), async () => undefined)
    const [quiet, busy]: number[][] = [[], []]
    const calls = model.calls.length
    for (let crowd = 1; crowd <= crowds; crowd++) {
      const from = crowd * 2 * commands
      quiet?.push(...(await timeCommands(slack, { count: commands, from, pause })))
      await crowded(slack, ask(crowd), async () => {
        busy?.push(...(await timeCommands(slack, { count: commands, from: from + commands, pause })))
      })
    }
    return { people, quiet: quiet ?? [], busy: busy ?? [], byModel: model.calls.length - calls }
  } finally {
    await server.stop()
    await Promise.all([slack.close(), model.close()])
    rmSync(home, { recursive: true, force: true })
  }
}

/** Never the same twice: an answer that is known already asks no model. */
const questionOf = (worked: readonly InSql[], n: number) => `${worked[n % worked.length]?.question} (for person ${n})`

/** Works while these questions are being answered, and waits until they are. */
const crowded = async (slack: FakeSlack, questions: readonly string[], work: () => Promise<void>): Promise<void> => {
  const before = finished(slack, burstChannel).length
  await Promise.all(questions.map(text => slack.mention({ text, channel: burstChannel })))
  await work()
  await slack.waitFor(() => finished(slack, burstChannel).length >= before + questions.length, 120_000)
}
