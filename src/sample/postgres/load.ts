import pg from 'pg'
import { readAddress } from '#src/engines/postgres/address.ts'
import { connectFault, isLost } from '#src/engines/postgres/failures.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { ecommerceSample } from '../ecommerce/sample.ts'
import type { EcommerceSettingsInput } from '../ecommerce/settings.ts'
import { sampleFault } from '../fault.ts'
import { markerTableOf } from '../marks.ts'
import { marksOf, type OnProgress, relationsOf, type Sample } from '../sample.ts'
import { openTable } from './open-table.ts'

export type LoadOptions = {
  url: string
  /** Where the tables are made. Default: where the user makes tables anyway. */
  schema?: string
  /** Default: the shop, with `settings`. */
  sample?: Sample
  settings?: EcommerceSettingsInput
  /** Hears how much of it is made. */
  onProgress?: OnProgress
  signal?: AbortSignal
}

export type Loaded = { outcome: 'loaded' | 'kept' | 'replaced'; place: string; schema: string }

/**
 * Loads a sample into a PostgreSQL database: all of it or nothing. The same settings give the same rows as in DuckDB. Tables that
 * are there already are kept when they are the same sample, replaced when they are another, and left alone when they are somebody
 * else's; that throws. Throws `config/sample`, `source/address`, `source/refused`, `engine/unreachable`.
 */
export const loadSample = async ({
  url,
  schema,
  settings,
  sample = ecommerceSample(settings),
  onProgress,
  signal,
}: LoadOptions): Promise<Loaded> => {
  const { connectionString, place } = readAddress(url)
  const client = new pg.Client({
    connectionString,
    application_name: 'chartroom sample',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  const stop = () => void client.end()
  signal?.addEventListener('abort', stop)
  try {
    await client.connect().catch(thrown => {
      throw connectFault(thrown, place)
    })
    await client.query('BEGIN')
    const where = await enterSchema(client, { schema, place })
    const found = await lookAround(client, { schema: where, sample, place })
    if (found === 'same') return { outcome: 'kept', place, schema: where }
    if (found === 'outdated') await dropAll(client, sample)
    await sample.fill(spec => openTable(client, spec), onProgress)
    await finish(client, sample)
    return { outcome: found === 'absent' ? 'loaded' : 'replaced', place, schema: where }
  } catch (thrown) {
    throw signal?.aborted ? ChartroomError.of('engine/cancelled', undefined, thrown) : fault(thrown, place)
  } finally {
    signal?.removeEventListener('abort', stop)
    await client.end()
  }
}

/** All that a sample makes, with its mark. */
const allOf = (sample: Sample) => [...relationsOf(sample), markerTableOf(sample.name)]

const dropAll = async (client: pg.Client, sample: Sample) => {
  for (const { name } of sample.views) await client.query(`DROP VIEW ${pg.escapeIdentifier(name)}`)
  const tables = [...sample.tables.map(({ name }) => name), markerTableOf(sample.name)]
  await client.query(`DROP TABLE ${tables.map(pg.escapeIdentifier).join(', ')}`)
}

/** Any number, the same in every process: two that load at once do so one after the other. */
const lockOfSample = 0x73_61_6d_70

const enterSchema = async (client: pg.Client, { schema, place }: { schema?: string; place: string }) => {
  if (schema) await client.query(`SET LOCAL search_path = ${pg.escapeIdentifier(schema)}`)
  const { rows } = await client.query<{ name: string | null }>('SELECT current_schema() AS name')
  await client.query('SELECT pg_advisory_xact_lock($1)', [lockOfSample])
  const name = rows[0]?.name
  if (name) return name
  throw sampleFault(
    schema
      ? `There is no schema ${schema} in ${place}; make it with CREATE SCHEMA, or name another.`
      : `The user has no schema in ${place} to make tables in; name one with --schema.`,
  )
}

type Looking = { schema: string; sample: Sample; place: string }

const lookAround = async (
  client: pg.Client,
  { schema, sample, place }: Looking,
): Promise<'absent' | 'same' | 'outdated'> => {
  const [all, marks, mark] = [allOf(sample), marksOf(sample), markerTableOf(sample.name)]
  const { rows } = await client.query<{ name: string }>(
    'SELECT relname::text AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relname = ANY ($2) ORDER BY 1',
    [pg.escapeIdentifier(schema), all],
  )
  const found = rows.map(({ name }) => name)
  if (found.length === 0) return 'absent'
  const marker = found.includes(mark) ? await readMarks(client, mark) : {}
  if (marker.sample !== marks.sample)
    throw sampleFault(
      `${place} has ${found.join(', ')} in its schema ${schema} already, not made by Chartroom; nothing was changed.`,
    )
  const same = Object.keys({ ...marker, ...marks }).every(key => marker[key] === String(marks[key]))
  if (found.length < all.length)
    throw sampleFault(`In ${place} some tables of the sample are missing; remove ${found.join(', ')} first.`)
  return same ? 'same' : 'outdated'
}

const readMarks = async (client: pg.Client, mark: string): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ key: string; value: string }>(`SELECT key, value FROM ${mark}`)
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** The marker last of all; what questions look for is found by an index. */
const finish = async (client: pg.Client, sample: Sample) => {
  for (const { name, select } of sample.views) await client.query(`CREATE VIEW ${name} AS ${select}`)
  for (const index of sample.indexes) await client.query(`CREATE INDEX ON ${index}`)
  const marker = await openTable(client, {
    name: markerTableOf(sample.name),
    columns: { key: 'text', value: 'text' },
    primaryKey: ['key'],
  })
  for (const [key, value] of Object.entries(marksOf(sample))) marker.add([key, String(value)])
  await marker.close()
  await client.query(`ANALYZE ${sample.tables.map(({ name }) => name).join(', ')}`)
  await client.query('COMMIT')
}

const fault = (thrown: unknown, place: string): unknown => {
  if (thrown instanceof ChartroomError) return thrown
  if (isLost(thrown)) return ChartroomError.of('engine/lost', undefined, thrown)
  const sentence = sentences[String((thrown as pg.DatabaseError).code)]
  return sentence ? sampleFault(`${place}: ${sentence}`, thrown) : thrown
}

const sentences: Record<string, string> = {
  '42501': 'the user may not make tables in that schema; nothing was changed.',
  '2BP01': 'something of yours depends on the tables of the sample, so they were not replaced.',
  '42P07': 'one of the tables was made by somebody else in this moment; nothing was changed.',
  '53100': 'its disk is full; nothing was changed.',
  '25006': 'it only reads (a standby?); nothing was changed.',
}
