import { randomBytes } from 'node:crypto'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { reasonOf, sampleFault } from './fault.ts'
import { inspectSample } from './inspect.ts'
import { writeMarker } from './marker.ts'
import { markerTable } from './marks.ts'
import { writeDatabase } from './write.ts'

/** One kind of sample data: its name, the version of its rows (raised when code changes them), its settings and tables. */
export type Sample = {
  name: string
  version: number
  settings: Record<string, string | number>
  tables: string[]
  fill: (connection: DuckDBConnection) => Promise<void>
}

export type EnsureResult = 'built' | 'reused' | 'rebuilt'

/**
 * Makes sure that the DuckDB file at `path` holds this sample: builds it when there is none, keeps it when it was built with
 * the same settings, builds it anew when not. A file that was not made here is never touched; that throws.
 */
export const ensureSample = async (path: string, sample: Sample): Promise<EnsureResult> => {
  const wanted = { sample: sample.name, version: sample.version, ...sample.settings }
  const found = await check(path, sample, wanted)
  if (found === 'same') return 'reused'
  await checkFolder(path)
  const draft = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeDatabase(draft, async connection => {
      await sample.fill(connection)
      await writeMarker(connection, wanted)
    })
    // Building takes a while: somebody may have put a file of their own there.
    await check(path, sample, wanted)
    await rm(`${path}.wal`, { force: true })
    await rename(draft, path)
  } catch (error) {
    throw isFault(error)
      ? error
      : sampleFault(`The sample data could not be written to ${path}: ${reasonOf(error)}.`, error)
  } finally {
    await Promise.all([draft, `${draft}.wal`].map(file => rm(file, { force: true }).catch(() => {})))
  }
  return found === 'absent' ? 'built' : 'rebuilt'
}

type Wanted = Record<string, string | number>

const check = async (path: string, sample: Sample, wanted: Wanted): Promise<'absent' | 'same' | 'outdated'> => {
  const found = await inspectSample(path)
  if (found === 'absent') return 'absent'
  const { marker, tables } = found
  if (marker.sample !== sample.name)
    throw foreign(path, marker.sample ? `holds the ${marker.sample} sample data` : notOurs)
  const missing = sample.tables.some(table => !tables.includes(table))
  if (!missing && equal(marker, wanted)) return 'same'
  const added = tables.filter(table => !sample.tables.includes(table) && table !== markerTable)
  if (added.length > 0) throw foreign(path, `also holds ${added.join(', ')}`)
  return 'outdated'
}

const notOurs = 'was not made by Chartroom'

const foreign = (path: string, why: string) =>
  sampleFault(`${path} ${why}, so it was left alone; move it away or set DUCKDB_PATH to another path.`)

const equal = (marker: Record<string, string>, wanted: Wanted) =>
  Object.keys({ ...marker, ...wanted }).every(key => marker[key] === String(wanted[key]))

const checkFolder = async (path: string) => {
  const folder = dirname(resolve(path))
  const found = await stat(folder).catch(() => undefined)
  if (!found)
    throw sampleFault(`There is no folder ${folder} for the sample data; make it or set DUCKDB_PATH to another path.`)
  if (!found.isDirectory()) throw sampleFault(`${folder} is not a folder, so no sample data can be written into it.`)
  await access(folder, constants.W_OK).catch(error => {
    throw sampleFault(`The folder ${folder} cannot be written to: ${reasonOf(error)}.`, error)
  })
}

const isFault = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'config/sample'
