import { describe, expect, test } from 'vitest'
import { type Check, fail, ok, warn } from '#src/doctor/check.ts'
import { doctor } from '#src/doctor/doctor.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const run = async (checks: Check[], parts = {}) => {
  let out = ''
  const write = async (text: string) => {
    out += text
  }
  const code = await doctor(checks, { out: write, colour: false, ...parts })
  return { code, out }
}

describe('the doctor', () => {
  test('lists the checks in their order, with what to do', async () => {
    const { code, out } = await run([
      { name: 'Node.js', run: () => ok('Version 24.') },
      { name: 'Sample data', run: async () => warn('Not there yet.', 'Nothing to do.') },
    ])
    expect(code).toBe(0)
    expect(out).toBe(
      '✓ Node.js      Version 24.\n! Sample data  Not there yet.\n               → Nothing to do.\n\n1 to look at, 1 fine.\n',
    )
  })

  test('one failure makes the exit code 1, and the others still run', async () => {
    const { code, out } = await run([
      { name: 'A', run: () => fail('Broken.', 'Mend it.') },
      { name: 'B', run: () => ok('Fine.') },
    ])
    expect([code, out]).toEqual([1, '✗ A  Broken.\n     → Mend it.\n✓ B  Fine.\n\n1 failed, 1 fine.\n'])
  })

  test('a check that throws fails: our sentence when it is ours, of any other error not a word', async () => {
    const { code, out } = await run([
      { name: 'A', run: () => Promise.reject(ChartroomError.of('config/invalid', { problems: ['PORT must be set'] })) },
      {
        name: 'B',
        run: () => {
          throw new Error('secret')
        },
      },
    ])
    expect(code).toBe(1)
    expect(out).toContain('✗ A  The settings are not right:\n       PORT must be set\n     → Mend them in .env')
    expect(out).toContain('✗ B  It did not work, for a reason that was not foreseen.')
    expect(out).not.toContain('secret')
  })

  test('a check that never ends fails', async () => {
    const { code, out } = await run([{ name: 'A', run: () => new Promise(() => {}) }], { patience: 10 })
    expect([code, out.split('\n')[0]]).toEqual([1, '✗ A  No result after 0 seconds.'])
  })

  test('all well, in colour', async () => {
    const { code, out } = await run([{ name: 'A', run: () => ok('Fine.') }], { colour: true })
    expect([code, out]).toEqual([0, '\u001b[32m✓\u001b[39m A  Fine.\n\nAll is well.\n'])
  })
})
