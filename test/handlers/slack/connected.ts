import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, expect } from 'vitest'
import type { Platform } from '#handlers/chat/platform.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { connectSlack, type SlackSettings } from '#handlers/slack/slack.ts'
import { type Effects, realEffects } from '#src/effects.ts'
import type { KeyValues } from '#src/store/key-values.ts'
import { type ChatEngine, createChatEngine } from '#test/fakes/chat-engine.ts'
import { type FakeSlack, type SlackOptions, startSlack } from '#test/fakes/slack/slack.ts'
import type { Message } from '#test/fakes/slack/world.ts'

export type Transport = 'http' | 'socket'

export type Connected = {
  slack: FakeSlack
  engine: ChatEngine
  platform: Platform
  installations: Map<string, unknown>
  /** Where Slack reaches the routes of the platform. */
  url: string
  /** What the bot says in a conversation once it says so much. */
  said: (channel: string, count?: number) => Promise<Message>
  close: () => Promise<void>
}

export type Options = {
  transport?: Transport
  slack?: SlackOptions
  settings?: Partial<SlackSettings>
  patience?: number
  useCases?: Partial<ChatUseCases>
  parts?: Partial<ChatParts>
  effects?: Partial<Effects>
  isStarted?: boolean
}

/** Opens rooms for the tests of a file and closes them after each. Nothing may ever have been warned of that holds a secret, or that our own check found. */
export const opener = () => {
  const rooms: Connected[] = []
  afterEach(async () => {
    for (const room of rooms.splice(0)) {
      await room.close()
      const log = inspect([room.engine.warned, room.engine.logged], { depth: 12 })
      expect(log).not.toMatch(/xoxb-|xapp-|\/actions\/|\/upload\/|fake-signing-secret/)
      expect(room.engine.warned.map(w => w.event)).not.toContain('slack/problems')
    }
  })
  return async (options: Options = {}): Promise<Connected> => {
    const room = await connected(options)
    rooms.push(room)
    return room
  }
}

/** The real adapter against the stand-in, over real HTTP or a real WebSocket, with scripted answers. */
export const connected = async ({
  transport = 'http',
  slack: slackOptions = {},
  settings = {},
  patience,
  useCases = {},
  parts = {},
  effects: replaced = {},
  isStarted = true,
}: Options = {}): Promise<Connected> => {
  const slack = await startSlack(slackOptions)
  const effects = { ...realEffects, ...replaced }
  const engine = createChatEngine({ patience, useCases }, effects)
  const installations = new Map<string, unknown>()
  const door = transport === 'http' ? { signingSecret: slack.signingSecret } : { appToken: slack.appToken }
  const server = createServer()
  const port = await listen(server)
  const url = `http://127.0.0.1:${port}`
  const base = { botToken: slack.botToken, apiUrl: slack.apiUrl, publicUrl: url, ...door }
  const platform = connectSlack(
    { ...base, ...settings },
    { ...engine.parts, ...parts, installations: inMemory(installations) },
    effects,
  )
  server.on('request', (request, response) => {
    const path = request.url?.split('?')[0]
    const route = platform.routes.find(r => r.path === path && r.method === request.method)
    if (route) route.handle(request, response)
    else response.writeHead(404).end()
  })
  if (transport === 'http') slack.deliverTo(`${url}/slack/events`)
  if (isStarted) await platform.start()
  return {
    slack,
    engine,
    platform,
    installations,
    url,
    said: (channel, count = 1) => slack.waitFor(() => finished(slack, channel)[count - 1]),
    close: async () => {
      await platform.stop()
      await engine.running.drain(1000)
      await new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await slack.close()
    },
  }
}

/** Everything the bot has said in a conversation that is not being worked on. */
export const finished = (slack: FakeSlack, channel: string): Message[] =>
  slack.answers(channel).filter(m => !JSON.stringify(m.blocks).includes('run:stop'))

/** All words in a message, as a reader finds them. */
export const wordsOf = ({ blocks }: Message): string =>
  [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(found => JSON.parse(`"${found[1]}"`))
    .join('\n')

/** Types of the blocks of a message, in order. */
export const kindsOf = ({ blocks }: Message): string[] => blocks.map(b => b.type)

const inMemory = (values: Map<string, unknown>): KeyValues => ({
  get: async key => values.get(key),
  put: async (key, value) => void values.set(key, value),
  delete: async key => void values.delete(key),
})

/** Events that were warned of. */
export const warnedOf = ({ warned }: ChatEngine): string[] => warned.map(w => w.event)

/** A counter of the metrics page. */
export const counted = async ({ parts }: ChatEngine, line: string): Promise<number> => {
  const { text } = await parts.metrics.page()
  const found = text.split('\n').find(l => l.startsWith(`${line} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}

const listen = (server: Server): Promise<number> =>
  new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
