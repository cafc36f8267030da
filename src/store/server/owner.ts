import { chmod, cp, lchown, lstat, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Packaged } from './packaged.ts'

/** A user of the system by number. PostgreSQL refuses to run as root (https://www.postgresql.org/docs/18/postgres-user.html). */
export type Owner = { uid: number; gid: number }

/** Whom the server runs as when the bot is root: the owner of its folder, or `nobody`. Undefined: as whoever we are. */
export const serverOwner = async (folder: string): Promise<Owner | undefined> => {
  if (process.getuid?.() !== 0) return undefined
  const found = await stat(folder).catch(() => undefined)
  if (found && found.uid !== 0) return { uid: found.uid, gid: found.gid }
  return nobody(await readFile('/etc/passwd', 'utf8').catch(() => ''))
}

/** The user `nobody` in the text of a passwd file; 65534 is what it is nearly everywhere. */
export const nobody = (passwd: string): Owner => {
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd) ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

/** Gives a folder with all that is in it to the owner. */
export const handOver = async (folder: string, { uid, gid }: Owner): Promise<void> => {
  for (const path of ['', ...(await readdir(folder, { recursive: true }))]) await lchown(join(folder, path), uid, gid)
}

/** Whether every user may pass through to a folder. */
export const isOpenToAll = async (folder: string): Promise<boolean> => {
  const { mode } = await stat(folder)
  const above = dirname(folder)
  return (mode & 0o001) !== 0 && (above === folder || isOpenToAll(above))
}

/**
 * The package where the owner can read it: where it is, or else a copy (60 MB, half a second), made once, by root, that nobody else can
 * write to. `home` takes the copy if everybody may pass through it, else the folder for temporary files does.
 */
export const readableFor = async (owner: Owner | undefined, packaged: Packaged, home: string): Promise<Packaged> => {
  if (!owner || (await isReadable(packaged.folder))) return packaged
  const place = (await isOpenToAll(resolve(home))) ? resolve(home) : tmpdir()
  const copy = join(place, `postgres-${packaged.version}`)
  if (!(await isOurs(copy))) await copyTo(copy, packaged.folder)
  return { ...packaged, folder: copy }
}

const isReadable = async (folder: string): Promise<boolean> => {
  const { mode } = await stat(join(folder, 'bin', 'postgres'))
  return (mode & 0o005) === 0o005 && isOpenToAll(join(folder, 'bin'))
}

const isOurs = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}

/** Copies beside the place and renames, so that half a copy is never taken for a whole one. Another process may have been quicker. */
const copyTo = async (place: string, from: string): Promise<void> => {
  const draft = await mkdtemp(`${place}-`)
  try {
    await cp(from, draft, { recursive: true, verbatimSymlinks: true })
    await openUp(draft)
    await rename(draft, place)
  } catch (error) {
    if (!(await isOurs(place))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

const openUp = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}
