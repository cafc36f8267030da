import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readFault } from '#src/ingest/faults.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Where the rows of datasets lie: a DuckDB file for each version. */
export type DatasetFiles = {
  path: (id: string, version: number) => string
  /** A new folder to make something in; `done` removes it with all that is in it. */
  workshop: () => Promise<{ folder: string; done: () => Promise<void> }>
  /** Puts what was made in its place. */
  place: (made: string, id: string, version: number) => Promise<void>
  discard: (id: string, version: number) => Promise<void>
  /** Removes all versions. */
  remove: (id: string) => Promise<void>
  /** Removes what processes left behind that were killed while they made something. `now` in milliseconds since 1970. */
  tidy: (now: number) => Promise<void>
}

/** Nobody makes anything for so long. Milliseconds. */
const longest = 6 * 3_600_000

export const datasetFiles = (home: string): DatasetFiles => {
  const root = join(home, 'datasets')
  const path = (id: string, version: number) => join(root, id, `${version}.duckdb`)
  return {
    path,
    workshop: async () => {
      await mkdir(root, { recursive: true, mode: 0o700 }).catch(cause => {
        throw ChartroomError.of('source/not-writable', { path: root }, cause)
      })
      const folder = await mkdtemp(join(root, 'making-')).catch(cause => {
        throw readFault(root, cause)
      })
      return { folder, done: () => rm(folder, { recursive: true, force: true }) }
    },
    place: async (made, id, version) => {
      await mkdir(join(root, id), { recursive: true, mode: 0o700 })
      await rename(made, path(id, version))
    },
    discard: async (id, version) => {
      await rm(path(id, version), { force: true })
      await rm(`${path(id, version)}.wal`, { force: true })
    },
    remove: id => rm(join(root, id), { recursive: true, force: true }),
    tidy: async now => {
      const names = await readdir(root).catch(() => [])
      for (const name of names.filter(n => n.startsWith('making-'))) {
        const made = await stat(join(root, name)).catch(() => undefined)
        if (made && made.mtimeMs < now - longest) await rm(join(root, name), { recursive: true, force: true })
      }
    },
  }
}
