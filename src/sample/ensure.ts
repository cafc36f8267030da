import { randomBytes } from 'node:crypto'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { reasonOf, sampleFault } from './fault.ts'
import { inspectSample } from './inspect.ts'
import { writeMarker } from './marker.ts'
import { markerTable } from './marks.ts'
import { marksOf, type OnProgress, relationsOf, type Sample } from './sample.ts'
import { createTable, writeDatabase } from './write.ts'

export type EnsureResult = 'built' | 'reused' | 'rebuilt'

/**
 * Makes sure that the DuckDB file at `path` holds this sample: builds it when there is none, keeps it when it was built with
 * the same settings, builds it anew when not. A file that was not made here is never touched; that throws.
 */
export const ensureSample = async (path: string, sample: Sample, onProgress?: OnProgress): Promise<EnsureResult> => {
  const found = await check(path, sample)
  if (found === 'same') return 'reused'
  await checkFolder(path, sample)
  const draft = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeDatabase(draft, async connection => {
      await sample.fill(spec => createTable(connection, spec), onProgress)
      for (const { name, select } of sample.views) await connection.run(`CREATE VIEW ${name} AS ${select}`)
      await writeMarker(connection, marksOf(sample))
    })
    // Building takes a while: somebody may have put a file of their own there.
    await check(path, sample)
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

export type SampleState = 'missing' | 'matching' | 'different' | 'foreign'

/** Whether the file holds the sample, made with these settings. */
export const sampleState = async (path: string, sample: Sample): Promise<SampleState> => {
  const found = await inspectSample(path, sample.pathSetting)
  if (found === 'absent') return 'missing'
  if (found.marker.sample !== sample.name) return 'foreign'
  const wanted = Object.entries(sample.settings)
  return wanted.every(([key, value]) => found.marker[key] === String(value)) ? 'matching' : 'different'
}

const check = async (path: string, sample: Sample): Promise<'absent' | 'same' | 'outdated'> => {
  const found = await inspectSample(path, sample.pathSetting)
  if (found === 'absent') return 'absent'
  const { marker, tables } = found
  const foreign = (why: string) =>
    sampleFault(
      `${path} ${why}, so it was left alone; move it away or set ${sample.pathSetting} to another ${kindOf(sample)}.`,
    )
  if (marker.sample !== sample.name)
    throw foreign(marker.sample ? `holds the ${marker.sample} sample data` : 'was not made by Chartroom')
  const relations = relationsOf(sample)
  if (relations.every(name => tables.includes(name)) && equal(marker, marksOf(sample))) return 'same'
  const added = tables.filter(table => !relations.includes(table) && table !== markerTable)
  if (added.length > 0) throw foreign(`also holds ${added.join(', ')}`)
  return 'outdated'
}

const kindOf = ({ pathSetting }: Sample) => (pathSetting.endsWith('_PATH') ? 'path' : 'folder')

const equal = (marker: Record<string, string>, wanted: Record<string, string | number>) =>
  Object.keys({ ...marker, ...wanted }).every(key => marker[key] === String(wanted[key]))

const checkFolder = async (path: string, sample: Sample) => {
  const folder = dirname(resolve(path))
  const found = await stat(folder).catch(() => undefined)
  if (!found)
    throw sampleFault(
      `There is no folder ${folder} for the sample data; make it or set ${sample.pathSetting} to another ${kindOf(sample)}.`,
    )
  if (!found.isDirectory()) throw sampleFault(`${folder} is not a folder, so no sample data can be written into it.`)
  await access(folder, constants.W_OK).catch(error => {
    throw sampleFault(`The folder ${folder} cannot be written to: ${reasonOf(error)}.`, error)
  })
}

const isFault = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'config/sample'
