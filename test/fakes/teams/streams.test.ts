import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SdkApp, startSdkApp } from './sdk-app.ts'
import { type FakeTeams, startTeams } from './teams.ts'
import type { Json, Place } from './world.ts'

let teams: FakeTeams
let bot: SdkApp | undefined
let now = 0
beforeEach(async () => {
  now = 1_800_000_000_000
  teams = await startTeams({ now: () => now })
})
afterEach(async () => {
  await bot?.stop()
  await teams.stop()
  bot = undefined
})

/** Posts a chunk as the SDK would, without its retries. */
const post = async (activity: Json, place: Place = 'personal') => {
  const response = await fetch(
    `${teams.serviceUrl}v3/conversations/${teams.world.conversations[place].id}/activities`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${await teams.tokens.forConnector()}`, 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    },
  )
  const body = (await response.json()) as { id?: string; error?: { message: string } }
  return { status: response.status, id: body.id, said: body.error?.message }
}
const chunk = (text: string, info: Json): Json => ({
  type: 'typing',
  text,
  entities: [{ type: 'streaminfo', streamType: 'streaming', ...info }],
})
const final = (text: string, streamId: string | undefined): Json => ({
  type: 'message',
  text,
  entities: [{ type: 'streaminfo', streamType: 'final', streamId }],
})

test('the real SDK streams status words, then text, then one message', async () => {
  bot = await startSdkApp(teams, app =>
    app.on('message', async ({ stream }) => {
      stream.update('Reading the question')
      stream.emit('Revenue ')
      stream.emit('rose')
    }),
  )
  const { status } = await teams.message({ text: 'revenue' })
  expect([status, teams.failed()]).toEqual([200, []])
  expect(teams.streams.map(({ state, chunks }) => [state, chunks.at(0)])).toEqual([
    ['done', { kind: 'informative', text: 'Reading the question' }],
  ])
  expect(teams.messages('personal').map(({ id, activity }) => [id, activity.text])).toEqual([
    [teams.streams[0]!.id, 'Revenue rose'],
  ])
})

test('Stop ends the stream of the real SDK, which says nothing more', async () => {
  bot = await startSdkApp(teams, app =>
    app.on('message', async ({ stream }) => {
      stream.update('Reading the question')
      await teams.waitFor(() => teams.streams.length === 1)
      teams.stopStream('personal')
      stream.emit('Revenue rose')
    }),
  )
  const { status } = await teams.message({ text: 'revenue' })
  expect([status, teams.messages('personal')]).toEqual([200, []])
  expect(teams.failed().map(({ error }) => error?.message)).toEqual(['Content stream was canceled by user.'])
})

describe('a stream', () => {
  test('gives its id first, then nothing', async () => {
    const { status, id } = await post(chunk('a', { streamSequence: 1 }))
    expect([status, id]).toEqual([201, teams.streams[0]!.id])
    expect(await post(chunk('ab', { streamSequence: 2, streamId: id }))).toEqual({
      status: 202,
      id: undefined,
      said: undefined,
    })
    expect((await post(final('abc', id))).status).toBe(202)
    expect((await post(final('abc', id))).said).toBe(
      'Content stream is not allowed on an already completed streamed message',
    )
  })

  test('drops what comes out of order', async () => {
    const { id } = await post(chunk('a', { streamSequence: 1 }))
    await post(chunk('abc', { streamSequence: 2, streamId: id }))
    expect((await post(chunk('ab', { streamSequence: 1, streamId: id }))).status).toBe(202)
    expect(teams.streams[0]!.chunks.map(({ text }) => text)).toEqual(['a', 'abc'])
  })

  test('only grows', async () => {
    const { id } = await post(chunk('Revenue rose', { streamSequence: 1 }))
    const { status, said } = await post(chunk('Revenue fell', { streamSequence: 2, streamId: id }))
    expect([status, said]).toEqual([403, 'Request streamed content should contain the previously streamed content'])
  })

  test('is alone in its chat, and over after two minutes', async () => {
    const { id } = await post(chunk('a', { streamSequence: 1 }))
    expect((await post(chunk('b', { streamSequence: 1 }))).status).toBe(403)
    now += 120_001
    const { said } = await post(chunk('ab', { streamSequence: 2, streamId: id }))
    expect(said).toBe('Content stream finished due to exceeded streaming time.')
    expect((await post(chunk('b', { streamSequence: 1 }))).status).toBe(201)
  })

  test.each<[string, Json, Place, number, string]>([
    ['in a group', chunk('a', { streamSequence: 1 }), 'group', 403, 'Content stream is not allowed'],
    [
      'without text',
      chunk('', { streamSequence: 1 }),
      'personal',
      400,
      'Start streaming activities should include text',
    ],
    ['that starts late', chunk('a', { streamSequence: 2 }), 'personal', 400, 'streamSequence must start with 1.'],
    ['without sequence', chunk('a', {}), 'personal', 400, 'streamSequence is missing.'],
    [
      'with long status words',
      chunk('x'.repeat(1001), { streamSequence: 1, streamType: 'informative' }),
      'personal',
      400,
      'Informative messages are limited to 1000 characters.',
    ],
    [
      'with a card on the way',
      { ...chunk('a', { streamSequence: 1 }), attachments: [{}] },
      'personal',
      400,
      'Attachments are only allowed on the final message.',
    ],
    ['that nobody started', final('a', 'none'), 'personal', 400, 'Stream ID is not known.'],
  ])('%s is refused', async (_, activity, place, status, said) => {
    expect(await post(activity, place)).toMatchObject({ status, said })
  })
})
