import { afterEach, describe, expect, test } from 'vitest'
import { commandText } from '#handlers/slack/commands.ts'
import { type Connected, connected, finished, kindsOf, type Options, wordsOf } from './connected.ts'

let room: Connected | undefined
const open = async (options: Options = {}) => {
  room = await connected(options)
  return room
}
afterEach(async () => {
  await room?.close()
  room = undefined
})

const revenue = 'revenue by category in texs please'

describe.each(['http', 'socket'] as const)('commands over %s', transport => {
  test('a command is answered to the asker alone, with the picture, and the channel sees nothing', async () => {
    const { slack, engine, said } = await open({ transport })
    const ack = await slack.command({ command: '/ask', text: revenue })
    expect(ack).toMatchObject({ status: 200 })
    const answer = await said('C0GENERAL')
    expect(answer).toMatchObject({ visibleTo: 'U0ASKER', via: 'response_url' })
    expect(kindsOf(answer)).toContain('image')
    expect(wordsOf(answer)).toContain('Electronics brought $48.2k in Texas in December, 41% of the total')
    expect(wordsOf(answer)).toContain('Only you can see this')
    expect(engine.asked).toMatchObject([{ text: `ask ${revenue}`, thread: 'slack:T0CHART:C0GENERAL:U0ASKER' }])
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
    expect(engine.warned).toEqual([])
  })
})
