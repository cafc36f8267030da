import { setTimeout as sleep } from 'node:timers/promises'
import { type FakeSlack, startSlack } from '#test/fakes/slack/slack.ts'
import { measureNow, type Sizes } from './memory.ts'
import { variedQuestion } from './questions.ts'
import { startServer, untilReady } from './server.ts'

/** What was measured of the bot in Slack: milliseconds, and megabytes of all its processes. */
export type SlackTurns = {
  /** Slash command sent → the message with its picture is accepted. */
  commands: number[]
  /** How soon commands were acknowledged while 50 questions ran. */
  acks: number[]
  burst: { mentions: number; answers: number; withPicture: number; threads: number; ms: number; ackMs: number[] }
  memory: { before: Sizes; after: Sizes[] }
}

const channel = 'C0SALES'
/** Where many ask at once. */
export const burstChannel = 'C0GENERAL'

/** The product in processes of its own, over Socket Mode against the stand-in of Slack, which processes pictures at once. */
export const timeSlack = async ({
  home,
  duckdb,
  commands,
  mentions,
  rounds,
}: {
  home: string
  duckdb: string
  commands: number
  mentions: number
  rounds: number
}): Promise<SlackTurns> => {
  const slack = await startSlack({ fileReadyMs: 0 })
  const { botToken, appToken, apiUrl } = slack
  const settings = {
    ...{ DUCKDB_PATH: duckdb, CACHE_TTL: '0' },
    ...{ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl },
  }
  const server = await startServer({ home, settings })
  try {
    await untilReady(server)
    await slack.waitFor(() => slack.connections() > 0, 30_000)
    await timeCommands(slack, { count: 5, from: 0 })
    const timed = await timeCommands(slack, { count: commands, from: 100 })
    const acks = await acksWhileBusy(slack, 1000)
    const before = measureNow(server, 0)
    const after: Sizes[] = []
    let burst = await burstOf(slack, mentions, 2000)
    after.push(measureNow(server, mentions))
    for (let round = 1; round < rounds; round++) {
      burst = await burstOf(slack, mentions, 2000 + round * mentions)
      after.push(measureNow(server, (round + 1) * mentions))
    }
    return { commands: timed, acks, burst, memory: { before, after } }
  } finally {
    await server.stop()
    await slack.close()
  }
}

/** Asks with a slash command, one after the other: milliseconds until the message with its picture is accepted. */
export const timeCommands = async (
  slack: FakeSlack,
  { count, from, pause = 0 }: { count: number; from: number; pause?: number },
): Promise<number[]> => {
  const answers = () => slack.messages(channel).filter(m => m.via === 'response_url')
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const seen = answers().length
    const start = performance.now()
    await slack.command({ command: '/ask', text: variedQuestion(from + n), channel })
    await slack.waitFor(() => answers()[seen], 30_000)
    times.push(performance.now() - start)
    await sleep(pause)
  }
  return times
}

/** 50 mentions are being answered while 50 commands come, one every ten milliseconds. */
const acksWhileBusy = async (slack: FakeSlack, from: number): Promise<number[]> => {
  const before = finished(slack, channel).length
  const asked = Array.from({ length: 50 }, (_, n) => slack.mention({ text: variedQuestion(from + n), channel }))
  await Promise.all(asked)
  const acks: number[] = []
  for (let n = 0; n < 50; n++) {
    acks.push((await slack.command({ command: '/data', text: 'fresh', channel })).ms)
    await sleep(10)
  }
  await slack.waitFor(() => finished(slack, channel).length >= before + 50, 120_000)
  return acks
}

const burstOf = async (slack: FakeSlack, mentions: number, from: number): Promise<SlackTurns['burst']> => {
  const seen = finished(slack, burstChannel).length
  const start = performance.now()
  const said = await Promise.all(
    Array.from({ length: mentions }, (_, n) =>
      slack.mention({ text: variedQuestion(from + n), channel: burstChannel }),
    ),
  )
  await slack.waitFor(() => finished(slack, burstChannel).length >= seen + mentions, 300_000)
  const answers = finished(slack, burstChannel).slice(seen)
  return {
    mentions,
    answers: answers.length,
    withPicture: answers.filter(m => m.blocks.some(b => b.type === 'image')).length,
    threads: new Set(answers.map(m => m.threadTs)).size,
    ms: performance.now() - start,
    ackMs: said.map(({ ack }) => ack.ms),
  }
}

/** The bot's messages for all that are not being worked on. */
export const finished = (slack: FakeSlack, where: string) =>
  slack.answers(where).filter(m => m.visibleTo === undefined && !m.blocks.some(hasStop))

const hasStop = ({ elements }: Record<string, unknown>) =>
  Array.isArray(elements) && elements.some(element => element.action_id === 'run:stop')
