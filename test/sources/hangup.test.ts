import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { onHangup } from '#src/sources/hangup.ts'
import { folderWith, write } from './written-files.ts'

const yaml = (domain: string) => `sources: { a: { path: a.csv } }\ndomains: { ${domain}: { source: a } }`

test('SIGHUP reads chartroom.yaml anew in a program that runs on, whatever stands in it', async () => {
  const folder = folderWith({ 'chartroom.yaml': yaml('first'), 'a.csv': 'a,b\nx,1\ny,2\n' })
  const program = join(import.meta.dirname, 'hangup-child.ts')
  const child = spawn(process.execPath, [program, join(folder, 'chartroom.yaml'), join(folder, 'home')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const next = async () => JSON.parse(String((await lines.next()).value))
    expect(await next()).toEqual(['first'])
    write(folder, { 'chartroom.yaml': yaml('second') })
    child.kill('SIGHUP')
    expect(await next()).toEqual({
      words: 'chartroom.yaml was read anew',
      status: 'reloaded',
      added: ['second'],
      removed: ['first'],
      changed: [],
      settings: true,
    })
    write(folder, { 'chartroom.yaml': 'sources: [' })
    child.kill('SIGHUP')
    expect(await next()).toMatchObject({ words: 'chartroom.yaml was not taken over', status: 'kept' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  } finally {
    child.kill('SIGKILL')
  }
})

test('what nobody foresaw is logged, and nothing is heard any more once that is stopped', async () => {
  const listeners = new Set<() => void>()
  const logged: unknown[] = []
  const program = {
    on: (_: 'SIGHUP', l: () => void) => listeners.add(l),
    off: (_: 'SIGHUP', l: () => void) => listeners.delete(l),
  }
  const log = { info: () => undefined, error: (entry: unknown, words: string) => void logged.push([entry, words]) }
  const broken = new Error('broken')
  const stop = onHangup(program, { reload: () => Promise.reject(broken) }, log)
  for (const listener of listeners) listener()
  await expect.poll(() => logged).toEqual([[{ err: broken }, 'chartroom.yaml could not be read anew']])
  stop()
  expect(listeners.size).toBe(0)
})
