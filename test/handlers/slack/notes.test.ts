import { describe, expect, test } from 'vitest'
import { opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const admin = { platform: 'slack', tenant: 'T0CHART', user: 'U0OTHER' } as const

describe('a note to one person', () => {
  test('is a direct message, in which nothing is read as markup', async () => {
    const { slack, platform } = await open()
    const words = 'U0ASKER <!channel> asked *400* questions today; <https://evil.example|see> & <@U0GUEST>'
    await platform.tell?.(admin, words)
    const [note] = slack.answers('D0OTHER')
    expect(wordsOf(note!)).toBe(words)
    expect(note?.text).not.toMatch(/<[!@h]/)
    expect(note?.args).toEqual({ unfurl_links: false, unfurl_media: false, parse: 'none' })
  })

  test('is left out when there were many just now, and not when they are old', async () => {
    let passed = 0
    const { slack, engine, platform } = await open({ effects: { ticks: () => performance.now() + passed } })
    for (let i = 0; i < 9; i++) await platform.tell?.(admin, `Note ${i}`)
    expect(slack.answers('D0OTHER').map(wordsOf)).toEqual([0, 1, 2, 3, 4, 5].map(i => `Note ${i}`))
    expect(warnedOf(engine)).toEqual(['slack/note', 'slack/note', 'slack/note'])
    await platform.tell?.({ ...admin, user: 'U0ASKER' }, 'Another')
    expect(slack.answers('D0ASKER')).toHaveLength(1)
    passed += 10 * 60_000
    await platform.tell?.(admin, 'Later')
    expect(slack.answers('D0OTHER').map(wordsOf).at(-1)).toBe('Later')
  })

  test.each([
    ['somebody who is not there', { ...admin, user: 'U0NOBODY' }],
    ['another workspace', { ...admin, tenant: 'T9ELSE' }],
  ])('to %s is noted in the log and harms nothing', async (_, owner) => {
    const { slack, engine, platform } = await open()
    await platform.tell?.(owner, 'A note')
    expect(warnedOf(engine)).toEqual(['slack/note'])
    expect(slack.answers('D0OTHER')).toEqual([])
  })

  test('goes out with the token of their workspace, and nowhere when the app is not installed there', async () => {
    const workspaces = ['T0FIRST', 'T0SECOND', 'T0THIRD'].map(id => ({ id, installed: false }))
    const oauth = { botToken: undefined, clientId: '1000.2000', clientSecret: 'fake-client-secret' }
    const { slack, engine, platform, url } = await open({ slack: { workspaces }, settings: oauth })
    for (const team of ['T0FIRST', 'T0SECOND']) await slack.install({ url: `${url}/slack/install`, team })
    for (const { id } of workspaces) await platform.tell?.({ ...admin, tenant: id }, `Note for ${id}`)
    const notes = workspaces.map(({ id }) => slack.answers('D0OTHER', { team: id }).map(wordsOf))
    expect(notes).toEqual([['Note for T0FIRST'], ['Note for T0SECOND'], []])
    expect(warnedOf(engine)).toEqual(['slack/note'])
  })

  test('to somebody of another platform is none of Slack’s', async () => {
    const { slack, engine, platform } = await open()
    const calls = slack.calls.length
    await platform.tell?.({ ...admin, platform: 'teams' }, 'A note')
    expect([slack.calls.length, engine.warned]).toEqual([calls, []])
  })
})
