import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { initialise } from './initialise.ts'
import { handOver, isOpenToAll, readableFor, serverOwner } from './owner.ts'
import { findPackaged, type Packaged } from './packaged.ts'
import type { ServerPlace } from './place.ts'

/**
 * Makes the folder on first use and looks at one that is there. Nothing in it is ever deleted.
 * Throws `state/no-server`, `state/broken`, `state/other-version`.
 */
export const openFolder = async (
  path: string,
  { durable = true }: { durable?: boolean },
  effects: Pick<Effects, 'newId' | 'now'>,
): Promise<ServerPlace> => {
  const place = resolve(path)
  try {
    const found = await findPackaged()
    await mkdir(dirname(place), { recursive: true })
    if (!(await isThere(place))) await create(place, { durable, found }, effects)
    await check(place, found.major)
    return await describe(place, found)
  } catch (error) {
    throw error instanceof ChartroomError ? error : broken(place, reasonOf(error), error)
  }
}

export const broken = (path: string, reason: string, cause?: unknown): ChartroomError =>
  ChartroomError.of('state/broken', { path, reason }, cause)

const isThere = async (path: string): Promise<boolean> => {
  const names = await readdir(path).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.length > 0
}

type Making = { durable: boolean; found: Packaged }

/** Makes it beside its place and renames, so that it is there whole or not at all; another process may have been quicker. */
const create = async (place: string, { durable, found }: Making, effects: Pick<Effects, 'newId' | 'now'>) => {
  await sweep(place, effects.now())
  const draft = `${place}.new-${effects.newId()}`
  try {
    await mkdir(join(draft, 'data'), { recursive: true, mode: 0o700 })
    await writeFile(join(draft, 'password'), effects.newId(), { mode: 0o600 })
    const reason = await initialise(await describe(draft, found), { durable })
    if (reason) throw ChartroomError.of('state/not-started', { path: place, reason })
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await isThere(place))) throw error
  }
}

const anHour = 3_600_000

/** Drafts of processes that were killed while they made one. */
const sweep = async (place: string, now: number): Promise<void> => {
  const above = dirname(place)
  const drafts = (await readdir(above)).filter(name => name.startsWith(`${basename(place)}.new-`))
  for (const path of drafts.map(name => join(above, name))) {
    const { mtimeMs } = await stat(path)
    if (mtimeMs < now - anHour) await rm(path, { recursive: true, force: true })
  }
}

const describe = async (path: string, found: Packaged): Promise<ServerPlace> => {
  const data = join(path, 'data')
  const owner = await serverOwner(data)
  // A backup that was put back may belong to root and be open to all; PostgreSQL takes neither.
  if (owner && (await stat(data)).uid === 0) await handOver(path, owner)
  for (const folder of [path, data]) if ((await stat(folder)).mode & 0o077) await chmod(folder, 0o700)
  const packaged = await readableFor(owner, found, dirname(path))
  const known = owner && !(await isOpenToAll(dirname(path))) ? passage(path) : data
  return { path, data, password: join(path, 'password'), packaged, owner, known }
}

/** Linux lets a process stay in the folder that it was started in, whoever may walk there. */
const passage = (path: string): string => {
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw broken(path, 'PostgreSQL does not run as root, and no other user may pass through the folders above it')
}

const check = async (path: string, major: number): Promise<void> => {
  const data = join(path, 'data')
  const version = (await readIfThere(join(data, 'PG_VERSION')))?.trim()
  if (version === undefined) throw broken(path, 'it holds no data of a PostgreSQL server')
  if (!/^\d+(\.\d+)?$/.test(version)) throw broken(path, 'its file data/PG_VERSION is damaged')
  if (version !== String(major)) throw ChartroomError.of('state/other-version', { path, found: version, ours: major })
  if ((await readIfThere(join(path, 'password'))) === undefined) throw broken(path, 'its file password is missing')
}

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

/** What the file system said, in words. */
const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? 'it could not be looked at'
}

const reasons: Record<string, string> = {
  EACCES: 'it belongs to another user',
  EPERM: 'it belongs to another user',
  EEXIST: 'a file is where a folder should be',
  ENOTDIR: 'a file is where a folder should be',
  ENOSPC: 'there is no space left on its disk',
  EROFS: 'its disk may only be read',
}
