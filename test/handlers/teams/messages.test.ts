import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Json } from '#test/fakes/teams/world.ts'
import { all, type Bot, type BotOptions, says, smallPng, startBot } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const start = async (options: BotOptions = {}) => {
  bot = await startBot(options)
  return bot
}

const revenue = 'revenue by category in texs please'

describe('a question', () => {
  test('in the personal chat is answered with one card: finding, picture, numbers, receipt line', async () => {
    const { teams } = await start()
    const { status } = await teams.message({ text: revenue })
    expect(status).toBe(200)
    const [message] = await teams.waitFor(() => teams.messages('personal').length > 0 && teams.messages('personal'))
    expect(says(message)).toContain('Electronics brought $48.2k in Texas in December, 41% of the total')
    expect(says(message)).toContain('✓ Certified')
    expect(all(message!.activity, 'Image').map(({ url }) => url)).toEqual([
      `data:image/png;base64,${Buffer.from(smallPng).toString('base64')}`,
    ])
    expect(message!.activity.summary).toContain('Electronics brought $48.2k')
    expect(teams.failed()).toEqual([])
  })
})
