import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { UseCases } from '#handlers/commands/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Reloaded } from '#src/sources/reload.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'

const run = (reload: UseCases['reload'], text = 'data reload') =>
  runCommand(
    { command: parseCommand(text), domain: 'sales' },
    { ...scriptedUseCases().useCases, reload },
    fixedEffects(),
  )

const outcome = (reloaded: Reloaded) => run(async () => reloaded)

describe('data reload', () => {
  test.each(['data reload', '/data Reload!', 'DATA: reload.'])('is the command %j', text => {
    expect(parseCommand(text)).toEqual({ kind: 'data-reload', text })
  })

  test.each(['data reload orders', 'data reloaded', 'reload data'])('is not %j', text => {
    expect(parseCommand(text).kind).not.toBe('data-reload')
  })

  test('says what is new, changed and gone', async () => {
    const changes = { added: ['wine', 'bread'], changed: ['sales'], removed: ['a', 'b', 'c'], settings: true }
    expect(await outcome({ status: 'reloaded', ...changes })).toMatchObject({
      status: 'told',
      domain: 'sales',
      title: 'chartroom.yaml was read anew',
      paragraphs: [
        'New: wine and bread.',
        'Changed: sales.',
        'Gone: a, b and c.',
        'Roles, rooms or the default domain changed.',
      ],
    })
    const none = { added: [], changed: [], removed: [], settings: false }
    expect(await outcome({ status: 'reloaded', ...none })).toMatchObject({ paragraphs: ['Nothing is different.'] })
  })

  test('says all that is wrong, and that all runs on', async () => {
    const problems = ['line 3: sources.a: needs one of sample, path and postgres', 'there is no such file\nmore']
    expect(await outcome({ status: 'kept', problems })).toMatchObject({
      title: 'chartroom.yaml was not taken over',
      paragraphs: ['It has 2 problems. All that ran before runs on as it was.'],
      items: [
        { term: 'line 3', text: 'sources.a: needs one of sample, path and postgres' },
        { term: 'the file', text: 'there is no such file\nmore' },
      ],
    })
    expect(await outcome({ status: 'kept', problems: ['x'] })).toMatchObject({
      paragraphs: ['It has a problem. All that ran before runs on as it was.'],
    })
  })

  test('is told who asks, and throws what it throws', async () => {
    const refused = new Error('not for you')
    await expect(run(() => Promise.reject(refused))).rejects.toBe(refused)
    const turns: unknown[] = []
    await run(async turn => {
      turns.push(turn)
      return { status: 'kept', problems: [] }
    })
    expect(turns).toEqual([{ domain: 'sales' }])
  })

  test('is refused in a sentence to whoever is no admin, and told in a channel to the admin alone', async () => {
    const refused = await run(() => Promise.reject(ChartroomError.of('access/admins-only')))
    expect(refused).toMatchObject({ status: 'refused', code: 'access/admins-only' })
    const { useCases } = scriptedUseCases()
    const reload = async (): Promise<Reloaded> => ({ status: 'kept', problems: ['line 3: roles.boss: unknown key'] })
    const command = { command: parseCommand('data reload'), audience: 'place' as const }
    expect(await runCommand(command, { ...useCases, reload }, fixedEffects())).toMatchObject({ onlyForAsker: true })
  })

  test('says so where there is nothing to read anew', async () => {
    expect(await run(undefined)).toMatchObject({ title: 'Nothing to read anew' })
  })
})
