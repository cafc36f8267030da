import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compileCache } from '#src/compile-cache.ts'

const program = fileURLToPath(new URL('../../fakes/cli-process.ts', import.meta.url))

const start = (...args: string[]) => {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe', env: { ...compileCache() } })
  const seen = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', chunk => {
    seen.out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    seen.err += chunk
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>(resolve =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  )
  return { child, seen, ended }
}

describe('the terminal as a process', () => {
  test('prints plain text into a pipe and ends with 0, with standard input left open', async () => {
    const { seen, ended } = start('ask', 'revenue')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(seen.out).toContain('Electronics   $1,500.50')
    expect([seen.out.includes('\u001b'), seen.err]).toEqual([false, ''])
  })

  test('a large object reaches a pipe whole', async () => {
    const { seen, ended } = start('ask', 'big', '--json')
    expect((await ended).code).toBe(0)
    expect(JSON.parse(seen.out).rows).toHaveLength(20_000)
  })

  test('answers lines from standard input while it is still open', async () => {
    const { child, seen, ended } = start('ask', '-')
    child.stdin.write('first\n')
    await expect.poll(() => seen.out, { timeout: 10_000 }).toContain('"question":"first"')
    child.stdin.end('second')
    expect((await ended).code).toBe(0)
    expect(
      seen.out
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).question),
    ).toEqual(['first', 'second'])
  })

  test.each([
    { args: ['ask', 'wait'], signal: 'SIGINT', code: 130 },
    { args: ['ask', '-'], signal: 'SIGINT', code: 130 },
    { args: ['ask', 'wait'], signal: 'SIGTERM', code: 143 },
  ] as const)('$args: $signal ends it with $code and without a trace', async ({ args, signal, code }) => {
    const { child, seen, ended } = start(...args)
    if (args[1] === '-') child.stdin.write('wait\n')
    await expect.poll(() => seen.err, { timeout: 10_000 }).toBe('waiting\n')
    child.kill(signal)
    expect(await ended).toEqual({ code, signal: null })
    expect(seen).toEqual({ out: '', err: 'waiting\nStopped.\n' })
  })

  test('a reader that goes away is no failure', async () => {
    const { child, seen, ended } = start('ask', '-')
    child.stdout.destroy()
    child.stdin.on('error', () => undefined)
    for (let i = 0; i < 50; i++) child.stdin.write('big\n')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(seen.err).toBe('')
  })

  test('the picture is written where it was asked for, and a folder that is not there is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chartroom-cli-'))
    const good = start('ask', 'revenue', '--png', join(folder, 'a.png'))
    expect((await good.ended).code).toBe(0)
    expect(readFileSync(join(folder, 'a.png')).subarray(1, 4).toString()).toBe('PNG')
    const bad = start('ask', 'revenue', '--png', join(folder, 'none', 'a.png'))
    expect((await bad.ended).code).toBe(1)
    expect(bad.seen.err).toContain('a.png cannot be written.')
    rmSync(folder, { recursive: true })
  })
})
