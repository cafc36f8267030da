import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPainters, type PainterSettings, type Painters } from '#renderers/chart/png.ts'
import type { KpiChart } from '#src/vocabulary/chart.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const chart = (title: string, subtitle = ''): KpiChart => ({
  kind: 'kpi',
  title,
  subtitle,
  alt: '',
  value: 1,
  format: { kind: 'number' },
})
const odd = new URL('./programs/odd-painter.ts', import.meta.url)
const words = (png: Uint8Array) => Buffer.from(png).toString()

const open: Painters[] = []
const painters = (settings: PainterSettings = {}): Painters => {
  const made = createPainters({ program: odd, ...settings })
  open.push(made)
  return made
}
const failure = async (promise: Promise<unknown>): Promise<[string, string]> => {
  const error: unknown = await promise.then(
    () => 'it did not fail',
    e => e,
  )
  if (!(error instanceof ChartroomError)) throw new Error(String(error))
  return [error.code, error.cause instanceof Error ? error.cause.message : '']
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'painters-'))
  return () => rmSync(folder, { recursive: true })
})
afterEach(async () => {
  for (const made of open.splice(0)) await made.close()
})

describe('painters', () => {
  it('paint what they are asked', async () => {
    const pool = painters()
    expect(words(await pool.paint(chart('hello'), 'dark'))).toBe('dark hello')
  })
  it('get no environment of ours but the zone, memory settings and where compiled code is kept', async () => {
    const names = words(await painters().paint(chart('environment'), 'light')).split(',')
    const allowed = /^(TZ|MALLOC_.*|NODE_CHANNEL_.*|NODE_UNIQUE_ID|NODE_COMPILE_CACHE)$/
    expect(names.filter(name => !allowed.test(name))).toEqual([])
  })
  it('have at most 256 MB of heap', async () => {
    expect(words(await painters().paint(chart('heap'), 'light'))).toContain('--max-old-space-size=256')
  })
  it('are killed when one takes too long; only that chart fails, after a second try', async () => {
    const count = join(folder, 'hang')
    const pool = painters({ limit: 300 })
    const hanging = failure(pool.paint(chart('hang', count), 'light'))
    const other = pool.paint(chart('other'), 'light')
    expect(await hanging).toEqual(['chart/failed', 'the painter took too long'])
    expect(words(await other)).toBe('light other')
    expect(readFileSync(count, 'utf8')).toBe('xx')
  })
  it('are started again when one dies; only that chart fails, after a second try', async () => {
    const count = join(folder, 'die')
    const pool = painters()
    expect(await failure(pool.paint(chart('die', count), 'light'))).toEqual(['chart/failed', 'the painter ended'])
    expect(readFileSync(count, 'utf8')).toBe('xx')
    expect(words(await pool.paint(chart('next'), 'light'))).toBe('light next')
  })
  it('finish a chart whose painter was killed in the middle', async () => {
    const count = join(folder, 'hang-once')
    const pool = painters()
    await pool.ready()
    const first = pool.pids()
    const painting = pool.paint(chart('hang-once', count), 'light')
    await expect.poll(() => existsSync(count)).toBe(true)
    process.kill(Number(first[0]), 'SIGKILL')
    expect(words(await painting)).toBe('light hang-once')
    expect(pool.pids()).not.toEqual(first)
    expect(readFileSync(count, 'utf8')).toBe('xx')
  })
  it('do not try again what a painter itself refuses', async () => {
    const count = join(folder, 'refuse')
    expect(await failure(painters().paint(chart('refuse', count), 'light'))).toEqual(['chart/failed', 'refused'])
    expect(readFileSync(count, 'utf8')).toBe('x')
  })
  it('paint the same picture once when it is asked for twice at once, and again later', async () => {
    const count = join(folder, 'same')
    const pool = painters()
    const both = await Promise.all([
      pool.paint(chart('same', count), 'light'),
      pool.paint(chart('same', count), 'light'),
    ])
    expect(both.map(words)).toEqual(['light same', 'light same'])
    expect(readFileSync(count, 'utf8')).toBe('x')
    await pool.paint(chart('same', count), 'dark')
    expect(readFileSync(count, 'utf8')).toBe('xx')
  })
  it('paint a small picture beside the full one, each once', async () => {
    const count = join(folder, 'formats')
    const pool = painters()
    const formats = ['full', 'small', 'small'] as const
    const all = await Promise.all(formats.map(format => pool.paint(chart('size', count), 'light', { format })))
    expect(all.map(words)).toEqual(['light size', 'small light size', 'small light size'])
    expect(readFileSync(count, 'utf8')).toBe('xx')
  })
  it('refuse more than the queue holds', async () => {
    const pool = painters({ queue: 2, limit: 300 })
    const waiting = [pool.paint(chart('a'), 'light'), pool.paint(chart('b'), 'light')]
    expect(await failure(pool.paint(chart('c'), 'light'))).toEqual(['chart/failed', 'too many pictures wait'])
    expect((await Promise.all(waiting)).map(words)).toEqual(['light a', 'light b'])
  })
  it('let go of a picture that nobody waits for any more', async () => {
    const count = join(folder, 'abort')
    const pool = painters()
    const stop = new AbortController()
    const first = pool.paint(chart('first'), 'light')
    const second = failure(pool.paint(chart('second', count), 'light', { signal: stop.signal }))
    stop.abort()
    expect(await second).toEqual(['engine/cancelled', ''])
    await first
    await pool.paint(chart('third'), 'light')
    expect(() => readFileSync(count)).toThrow('ENOENT')
  })
  it('still paint for the others when one of them stops waiting', async () => {
    const pool = painters()
    const stop = new AbortController()
    const impatient = failure(pool.paint(chart('shared'), 'light', { signal: stop.signal }))
    const patient = pool.paint(chart('shared'), 'light')
    stop.abort()
    expect((await impatient)[0]).toBe('engine/cancelled')
    expect(words(await patient)).toBe('light shared')
  })
  it('refuse at once what is already stopped', async () => {
    expect((await failure(painters().paint(chart('a'), 'light', { signal: AbortSignal.abort() })))[0]).toBe(
      'engine/cancelled',
    )
  })
  it('are replaced after some pictures', async () => {
    const pool = painters({ recycle: 2 })
    const pids: string[] = []
    for (const theme of ['light', 'dark', 'light', 'dark'] as const)
      pids.push(words(await pool.paint(chart('pid'), theme)))
    expect(pids[0]).toBe(pids[1])
    expect(pids[2]).toBe(pids[3])
    expect(pids[0]).not.toBe(pids[2])
  })
  it('share the work when they are two', async () => {
    const pool = painters({ count: 2 })
    await pool.ready()
    expect(pool.pids()).toHaveLength(2)
    const all = Array.from({ length: 12 }, (_, i) => pool.paint(chart(`n${i}`), 'light'))
    expect((await Promise.all(all)).map(words)).toEqual(Array.from({ length: 12 }, (_, i) => `light n${i}`))
  })
  it('fail with the reason when none can start, and do not try for ever', async () => {
    const pool = painters({ program: new URL('./programs/broken-painter.ts', import.meta.url) })
    expect(await failure(pool.paint(chart('a'), 'light'))).toEqual(['chart/failed', 'no fonts'])
    expect(await failure(pool.ready())).toEqual(['chart/failed', 'no fonts'])
  })
  it('are not started for ever when each is gone as soon as it is ready', async () => {
    let starts = 0
    const program = new URL('./programs/short-lived-painter.ts', import.meta.url)
    const pool = painters({ program, onStart: () => void starts++ })
    await vi.waitFor(() => expect(pool.pids()).toEqual([]), { timeout: 30_000 })
    expect(starts).toBe(3)
    expect((await failure(pool.paint(chart('a'), 'light')))[0]).toBe('chart/failed')
  })
  it('end when closed: what waits fails, and nothing new is taken', async () => {
    const pool = painters()
    const waiting = failure(pool.paint(chart('hang'), 'light'))
    await pool.close()
    expect((await waiting)[0]).toBe('chart/failed')
    expect(await failure(pool.paint(chart('a'), 'light'))).toEqual(['chart/failed', 'the painters are closed'])
    expect(pool.pids()).toEqual([])
  })
})
