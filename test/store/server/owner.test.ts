import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOpenToAll, nobody, readableFor, serverOwner } from '#src/store/server/owner.ts'
import { findPackaged, program } from '#src/store/server/packaged.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'owner-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const isRoot = process.getuid?.() === 0
const owner = { uid: 65_534, gid: 65_534 }

test('nobody is found by name, also where its number is negative', () => {
  const linux = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:99:98:nobody:/:/usr/sbin/nologin\n'
  expect(nobody(linux)).toEqual({ uid: 99, gid: 98 })
  expect(nobody('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n')).toEqual({ uid: -2, gid: -2 })
  expect(nobody('nobodys:x:5:5::/:/bin/sh\n')).toEqual({ uid: 65_534, gid: 65_534 })
})

test('the package of this machine has a server of the version that it says', async () => {
  const packaged = await findPackaged()
  const { stdout } = spawnSync(program(packaged, 'postgres'), ['--version'], { env: {}, encoding: 'utf8' })
  expect(stdout).toMatch(new RegExp(`^postgres \\(PostgreSQL\\) ${packaged.major}\\.`))
})

test('a folder is open to all when everybody may pass through all that is above it', async () => {
  const deep = join(root, 'a', 'b')
  mkdirSync(deep, { recursive: true })
  for (const folder of [root, join(root, 'a'), deep]) chmodSync(folder, 0o711)
  expect(await isOpenToAll(deep)).toBe(true)
  chmodSync(root, 0o700)
  expect(await isOpenToAll(deep)).toBe(false)
})

test.runIf(isRoot)(
  'for root, the server runs as the owner of its folder, else as somebody who is not root',
  async () => {
    expect((await serverOwner(root))?.uid).not.toBe(0)
    const theirs = join(root, 'theirs')
    mkdirSync(theirs)
    spawnSync('chown', ['1234:5678', theirs], { env: { PATH: '/usr/bin:/bin' } })
    expect(await serverOwner(theirs)).toEqual({ uid: 1234, gid: 5678 })
  },
)

test.runIf(!isRoot)('for anybody else it runs as they do', async () => {
  expect(await serverOwner(root)).toBeUndefined()
})

/** A package that only root can read; its server is a script. */
const hidden = () => {
  const folder = join(root, 'native')
  for (const name of ['bin', 'lib']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, 'bin', 'postgres'), '#!/bin/sh\necho works\n', { mode: 0o700 })
  symlinkSync('libpq.so.5', join(folder, 'lib', 'libpq.so'))
  return { folder, version: `0.0.0-test-${process.pid}`, major: 18 }
}

describe.runIf(isRoot)('a package that the owner cannot read', () => {
  test.each([
    ['the home of the bot, when the owner gets there', 0o711],
    ['the folder for temporary files, when not', 0o700],
  ])('is copied to %s', async (_, rights) => {
    chmodSync(root, rights)
    const home = join(root, 'home')
    mkdirSync(home)
    const packaged = hidden()
    const copy = await readableFor(owner, packaged, home)
    try {
      expect(copy.folder.startsWith(rights === 0o711 ? home : tmpdir())).toBe(true)
      const { stdout } = spawnSync(program(copy, 'postgres'), { ...owner, env: {}, cwd: '/', encoding: 'utf8' })
      expect(stdout).toBe('works\n')
      expect(readlinkSync(join(copy.folder, 'lib', 'libpq.so'))).toBe('libpq.so.5')
      expect(await readableFor(owner, packaged, home)).toEqual(copy)
    } finally {
      rmSync(copy.folder, { recursive: true })
    }
  })

  test('is copied once when two bots start', async () => {
    chmodSync(root, 0o711)
    const packaged = hidden()
    const [one, two] = await Promise.all([readableFor(owner, packaged, root), readableFor(owner, packaged, root)])
    expect(one).toEqual(two)
    expect(statSync(one.folder).mode & 0o777).toBe(0o755)
  })

  test('a copy that others could have written is not trusted', async () => {
    chmodSync(root, 0o711)
    const packaged = hidden()
    const place = join(root, `postgres-${packaged.version}`)
    mkdirSync(place)
    chmodSync(place, 0o777)
    writeFileSync(join(place, 'evil'), '')
    await expect(readableFor(owner, packaged, root)).rejects.toThrow()
  })
})

test('a package that everybody can read stays where it is', async () => {
  chmodSync(root, 0o711)
  const packaged = hidden()
  for (const path of ['', 'bin', 'bin/postgres']) chmodSync(join(packaged.folder, path), 0o755)
  expect((await readableFor(owner, packaged, root)).folder).toBe(packaged.folder)
  expect((await readableFor(undefined, packaged, root)).folder).toBe(packaged.folder)
})
