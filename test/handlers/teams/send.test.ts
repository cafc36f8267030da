import { describe, expect, test } from 'vitest'
import { createRunning } from '#handlers/chat/running.ts'
import { callError } from '#handlers/teams/call-error.ts'
import { createPace } from '#handlers/teams/pace.ts'
import { type Address, TeamsError } from '#handlers/teams/port.ts'
import { createReferences } from '#handlers/teams/references.ts'
import { createSender } from '#handlers/teams/send.ts'
import { realEffects } from '#src/effects.ts'
import { createMetrics } from '#src/metrics.ts'

const at = (id = 'a:1'): Address => ({
  serviceUrl: 'https://smba.trafficmanager.net/amer/',
  tenant: 't1',
  conversation: { id, type: 'personal' },
  bot: { id: '28:bot' },
})

const kept = { get: async () => undefined, put: async () => {}, delete: async () => {} }

/** A sender whose calls fail with these errors, in order; they succeed where there is none, and in the end. */
const failing = (...errors: (TeamsError | undefined)[]) => {
  const calls: string[] = []
  const warned: string[] = []
  const call = async (name: string) => {
    calls.push(name)
    const error = errors.shift()
    if (error) throw error
  }
  const port = {
    send: async () => call('send').then(() => 'm1'),
    update: () => call('update'),
    remove: () => call('remove'),
  }
  const parts = {
    metrics: createMetrics(),
    warn: (event: string) => void warned.push(event),
    running: createRunning(),
    references: createReferences(kept),
  }
  return { sender: createSender(port, parts, realEffects), calls, warned }
}

describe('a call', () => {
  test('that could not even be begun is made again', async () => {
    const { sender, calls } = failing(new TeamsError('unsent', { code: 'ECONNREFUSED' }))
    expect(await sender.send(at(), {})).toBe('m1')
    expect(calls).toEqual(['send', 'send'])
  })

  test('for which there is no token because the credentials are wrong is not', async () => {
    const { sender, calls } = failing(new TeamsError('unsent', { code: 'invalid_client' }))
    await expect(sender.send(at(), {})).rejects.toThrow('invalid_client')
    expect(calls).toEqual(['send'])
  })

  test('whose fate is unknown is made again when it changes or deletes what is there, never when it posts', async () => {
    const lost = () => new TeamsError('unclear', { code: 'ECONNRESET' })
    const { sender, calls, warned } = failing(lost(), undefined, lost(), undefined, lost())
    await sender.update(at(), 'm1', {})
    await sender.remove(at(), 'm1')
    expect(await sender.send(at(), {})).toBeUndefined()
    expect([calls, warned]).toEqual([['update', 'update', 'remove', 'remove', 'send'], ['unclear']])
  })

  test('that Teams wants to have later than anybody waits for is given up', async () => {
    const { sender, calls } = failing(new TeamsError('refused', { status: 429, afterMs: 3_600_000 }))
    await expect(sender.send(at(), {})).rejects.toThrow('429')
    expect(calls).toHaveLength(1)
  })

  test('waits for the one before it in the same conversation, and for no other', async () => {
    const { sender, calls } = failing(new TeamsError('refused', { status: 429, afterMs: 300 }))
    const order: string[] = []
    const first = sender.send(at('a:1'), {}).then(() => order.push('first'))
    const second = sender.update(at('a:1'), 'm1', {}).then(() => order.push('second'))
    const other = sender.remove(at('a:2'), 'm1').then(() => order.push('other'))
    await Promise.all([first, second, other])
    expect(order).toEqual(['other', 'first', 'second'])
    expect(calls).toHaveLength(4)
  })
})

describe('the pace', () => {
  test('lets a few go at once, then one at a time, and what was quiet may begin anew', () => {
    const pace = createPace({ burst: 3, everyMs: 1000 })
    expect([1, 2, 3, 4, 5].map(() => pace.wait('a', 0))).toEqual([0, 0, 0, 1000, 2000])
    expect([pace.isFree('a', 0), pace.isFree('b', 0), pace.wait('b', 0)]).toEqual([false, true, 0])
    expect([1, 2, 3, 4].map(() => pace.wait('a', 60_000))).toEqual([0, 0, 0, 1000])
  })
})

describe('what is left of an error of the library', () => {
  const caught = (error: unknown): TeamsError => {
    try {
      return callError(error)
    } catch (left) {
      return left as TeamsError
    }
  }
  const secret = { config: { headers: { Authorization: 'Bearer eyJ.secret' } }, isAxiosError: true }

  test.each([
    [
      { ...secret, response: { status: 429, headers: { 'retry-after': '7' }, data: { error: { code: 'Throttled' } } } },
      'refused',
      429,
      'Throttled',
      7000,
    ],
    [
      { ...secret, response: { status: 502, headers: {}, data: '<html>Bearer eyJ.secret</html>' } },
      'refused',
      502,
      undefined,
      undefined,
    ],
    [
      { ...secret, response: { status: 400, data: { error: { code: 'Bearer eyJ.secret' } } } },
      'refused',
      400,
      undefined,
      undefined,
    ],
    [{ ...secret, response: { status: 429, headers: { 'retry-after': '-1' } } }, 'refused', 429, undefined, undefined],
    [{ ...secret, code: 'ECONNREFUSED' }, 'unsent', undefined, 'ECONNREFUSED', undefined],
    [{ ...secret, code: 'ECONNRESET' }, 'unclear', undefined, 'ECONNRESET', undefined],
    [{ ...secret, code: 'ECONNABORTED' }, 'unclear', undefined, 'ECONNABORTED', undefined],
    [
      { errorCode: 'invalid_client', message: 'AADSTS7000215 secret' },
      'unsent',
      undefined,
      'invalid_client',
      undefined,
    ],
    [new TypeError('secret'), 'unsent', undefined, 'TypeError', undefined],
    ['eyJ.secret', 'unsent', undefined, undefined, undefined],
  ])('%#: how it ended, status, word and wait', (error, end, status, code, afterMs) => {
    const left = caught(error)
    expect({ end: left.end, status: left.status, code: left.code, afterMs: left.afterMs }).toEqual({
      end,
      status,
      code,
      afterMs,
    })
    expect(JSON.stringify([left.message, left.stack, left])).not.toContain('secret')
  })
})
