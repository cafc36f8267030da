import { describe, expect, test } from 'vitest'
import { createLog, scrub } from '#src/log.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const logged = (write: (log: ReturnType<typeof createLog>) => void) => {
  const lines: string[] = []
  write(createLog('info', { write: (line: string) => void lines.push(line) }))
  return lines.map(line => JSON.parse(line) as Record<string, unknown>)
}

/** Written in parts, so that no scanner takes this file for one that holds secrets. */
const [bot, app] = [['xox', 'b-1-2-abc'].join(''), ['xap', 'p-1-A0-2-def'].join('')]
const jwt = ['ey', 'Jhbh.ey', 'Jpc3.c2ln'].join('')

describe('the log', () => {
  test('has an incident, the kind of an error and what caused it', () => {
    const error = ChartroomError.of('engine/failed', undefined, new TypeError('near SELECT'))
    const [line] = logged(log => log.error({ incident: 'i-1', err: error }, 'failed'))
    expect(line).toMatchObject({
      level: 50,
      msg: 'failed',
      incident: 'i-1',
      err: { type: 'ChartroomError', code: 'engine/failed', cause: { type: 'TypeError', message: 'near SELECT' } },
    })
  })

  test.each<[string, string]>([
    [`auth failed for ${bot}`, 'auth failed for [token]'],
    [`connect ${app}!`, 'connect [token]!'],
    [`Authorization: Bearer ${jwt}`, 'Authorization: Bearer [token]'],
    [jwt, '[token]'],
    ['POST https://hooks.slack.com/commands/T1/2/abc failed', 'POST [address] failed'],
    ['https://files.slack.com/upload/v1/CwABAA', '[address]'],
    ['GET /pictures/a.png?until=1&sig=abc_d-9', 'GET /pictures/a.png?until=1&sig=[secret]'],
    ['revenue by state', 'revenue by state'],
  ])('“%s” is written as “%s”', (text, written) => {
    expect(scrub(text)).toBe(written)
    const [line] = logged(log => log.warn({ about: text, err: new Error(text) }, 'x'))
    expect(line).toMatchObject({ about: written, err: { message: written } })
    expect(JSON.stringify(line)).not.toContain(text === written ? '\u0000' : text)
  })

  test('leaves out what a library hangs on its errors: requests, headers, bodies', () => {
    const error = Object.assign(new Error('request failed'), {
      config: { headers: { authorization: `Bearer ${bot}` } },
      response: { data: 'what was asked' },
      original: { url: 'https://hooks.slack.com/x' },
    })
    const [line] = logged(log => log.error({ err: error }, 'x'))
    expect(Object.keys(line?.err as object)).toEqual(['type', 'message', 'stack'])
  })

  test('leaves out what people have called their files and data', () => {
    const name = 'Dismissals of Ann.csv'
    for (const error of [
      ChartroomError.of('file/cut-off', { name }),
      ChartroomError.of('source/unreadable', { path: name, reason: 'it is empty' }),
      ChartroomError.of('dataset/unknown', { name, known: [name] }),
    ]) {
      const [line] = logged(log => log.error({ err: error }, 'x'))
      expect(line?.err).toMatchObject({ code: error.code, message: error.code })
      expect(JSON.stringify(line)).not.toContain('Ann')
      expect(line).toHaveProperty('err.stack', expect.stringMatching(/^ChartroomError: \w+\/[\w-]+\n {4}at /))
    }
  })

  test('an error that causes itself ends', () => {
    const error = new Error('round')
    error.cause = error
    expect(logged(log => log.error({ err: error }, 'x'))).toHaveLength(1)
  })
})
