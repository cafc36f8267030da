import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFileMap } from '#src/store/file-map.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-map-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const key = new Uint8Array(32).fill(7)
const path = () => join(folder, 'deep', 'installations')

describe.each([
  ['sealed', key],
  ['open', undefined],
])('a map in a file, %s', (_, used) => {
  test('gives back what was put, also to the next process', async () => {
    const map = createFileMap(path(), used)
    expect(await map.get('T1')).toBeUndefined()
    await map.put('T1', { bot: { token: 'xoxb-secret' } })
    await map.put('T2', [1, 'zwei', null])
    await map.delete('T1')
    expect([await map.get('T1'), await map.get('T2')]).toEqual([undefined, [1, 'zwei', null]])
    expect(await createFileMap(path(), used).get('T2')).toEqual([1, 'zwei', null])
  })

  test('only its owner may read the file', async () => {
    await createFileMap(path(), used).put('a', 1)
    expect((statSync(path()).mode & 0o777).toString(8)).toBe('600')
  })

  test('many changes at once all arrive', async () => {
    const map = createFileMap(path(), used)
    await Promise.all(Array.from({ length: 50 }, (_, i) => map.put(`k${i}`, i)))
    const again = createFileMap(path(), used)
    expect(await Promise.all(Array.from({ length: 50 }, (_, i) => again.get(`k${i}`)))).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    )
  })
})

describe('a sealed file', () => {
  test('shows nothing of what is in it, and looks different each time', async () => {
    const map = createFileMap(path(), key)
    await map.put('T1', 'xoxb-secret')
    const first = readFileSync(path())
    expect(first.toString('latin1')).not.toMatch(/T1|xoxb|secret/)
    await map.put('T1', 'xoxb-secret')
    expect(readFileSync(path()).equals(first)).toBe(false)
  })

  test('is refused with another key, and when a byte was changed; it is left as it is', async () => {
    await createFileMap(path(), key).put('T1', 'x')
    const bytes = readFileSync(path())
    const other = createFileMap(path(), new Uint8Array(32).fill(8))
    await expect(other.get('T1')).rejects.toMatchObject({ code: 'source/unreadable' })
    await expect(other.put('T2', 1)).rejects.toMatchObject({ code: 'source/unreadable' })
    expect(readFileSync(path()).equals(bytes)).toBe(true)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(path(), bytes)
    await expect(createFileMap(path(), key).get('T1')).rejects.toMatchObject({ code: 'source/unreadable' })
  })
})
