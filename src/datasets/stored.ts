import { z } from 'zod'
import type { Effects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Database, Query } from '#src/store/database.ts'
import { removeDatasetTraces } from '#src/store/dataset-traces.ts'
import { toJsonb } from '#src/store/jsonb.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { type Correction, correctionSchema } from './corrections.ts'
import type { Dataset, DatasetVersion } from './dataset.ts'
import type { QualityReport } from './quality.ts'
import type { Held } from './quota.ts'

/** A version that is to be kept. */
export type NewVersion = Omit<DatasetVersion, 'version' | 'at'>

/** A dataset that is to be kept. `names` gives one name after the other until one is free; `domains` likewise, for the name given. */
export type NewDataset = {
  id: string
  label: string
  owner?: Owner
  place?: string
  names: (nth: number) => string
  domains: (name: string, nth: number) => string
}

/**
 * What happens while nobody else adds to the data of that owner: `allow` throws when it would be more than they may keep, `place` puts the file in
 * place before anybody can see it.
 */
export type Adding = { allow: (held: Held) => void; place: (id: string, version: number) => Promise<void> }

/** What the database knows of datasets. Files are none of its business. Throws `state/…`. */
export type StoredDatasets = {
  /** What somebody may have a use for: all of theirs, and what is shared with the place they are in. Latest first. */
  list: (asker?: Asker) => Promise<Dataset[]>
  byDomain: (domain: string) => Promise<Dataset | undefined>
  byId: (id: string) => Promise<Dataset | undefined>
  /** All that somebody brought, in whatever workspace unless one is said. */
  ofPerson: (person: Pick<Owner, 'user'> & Partial<Owner>) => Promise<Dataset[]>
  /** Where an owner has the same content already, in any dataset or in one. */
  sameContent: (
    sha256: string,
    where: { owner?: Owner; dataset?: string },
  ) => Promise<{ dataset: Dataset; version: number } | undefined>
  held: (owner: Owner) => Promise<Held>
  /** Latest first. */
  versions: (id: string) => Promise<DatasetVersion[]>
  version: (id: string, version: number) => Promise<DatasetVersion | undefined>
  /** Keeps a new dataset with its first version. */
  create: (dataset: NewDataset, first: NewVersion, adding: Adding) => Promise<Dataset>
  /** Keeps a further version and makes it the one that is asked. Undefined when the dataset is gone. */
  add: (id: string, next: NewVersion, adding: Adding) => Promise<Dataset | undefined>
  /** Makes another version the one that is asked. */
  use: (id: string, version: number) => Promise<void>
  shareWith: (id: string, place: string | null) => Promise<void>
  /** Changes the corrections, one change after the other. Undefined when the dataset is gone. */
  correct: (id: string, change: (before: Correction[]) => Correction[]) => Promise<Dataset | undefined>
  quality: (id: string, version: number) => Promise<QualityReport | undefined>
  keepQuality: (id: string, version: number, report: QualityReport) => Promise<void>
  /** Deletes a dataset with everything that answers told of it. */
  remove: (id: string) => Promise<void>
}

export const storedDatasets = ({ query, transaction }: Database, { now }: Pick<Effects, 'now'>): StoredDatasets => {
  const one = async (where: string, values: readonly unknown[], ask: Query = query) =>
    (await ask<DatasetRow>(`${select} where ${where}`, values)).map(datasetIn)[0]
  return {
    list: async asker => {
      const rows = await query<DatasetRow>(
        `${select} where ${ofOwner} or (place = $4 and platform = $1 and tenant = $2) order by at desc, id`,
        [...ownerValues(asker), asker?.place ?? null],
      )
      return rows.map(datasetIn)
    },
    byDomain: domain => one('domain = $1', [domain]),
    byId: id => one('id = $1', [id]),
    ofPerson: async ({ user, platform, tenant }) => {
      const rows = await query<DatasetRow>(
        `${select} where person = $1 and ($2::text is null or platform = $2) and ($3::text is null or tenant = $3) order by at`,
        [user, platform ?? null, tenant ?? null],
      )
      return rows.map(datasetIn)
    },
    sameContent: async (sha256, { owner, dataset }) => {
      const [row] = await query<DatasetRow & { found: number }>(
        `select d.*, v.version as found from chartroom.datasets d join chartroom.dataset_versions v on v.dataset = d.id
         where v.sha256 = $5 and ${ofOwner} and ($4::text is null or d.id = $4) order by v.at desc limit 1`,
        [...ownerValues(owner), dataset ?? null, sha256],
      )
      return row && { dataset: datasetIn(row), version: row.found }
    },
    held: owner => heldBy(query, owner),
    versions: async id => {
      const rows = await query<VersionRow>(
        'select * from chartroom.dataset_versions where dataset = $1 order by version desc',
        [id],
      )
      return rows.map(versionIn)
    },
    version: async (id, version) => {
      const [row] = await query<VersionRow>(
        'select * from chartroom.dataset_versions where dataset = $1 and version = $2',
        [id, version],
      )
      return row && versionIn(row)
    },
    create: ({ id, label, owner, place, names, domains }, first, { allow, place: put }) =>
      transaction(async run => {
        await lock(run, JSON.stringify(ownerValues(owner)))
        if (owner) allow(await heldBy(run, owner))
        const name = await freeName(run, owner, names)
        const domain = await freeDomain(run, nth => domains(name, nth))
        await run('delete from chartroom.deleted where domain = $1', [domain])
        await run(
          `insert into chartroom.datasets (id, domain, name, label, platform, tenant, person, place, version, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)`,
          [id, domain, name, label, ...ownerValues(owner), place ?? null, new Date(now())],
        )
        await insertVersion(run, { id, version: 1, at: new Date(now()) }, first)
        await put(id, 1)
        return (await one('id = $1', [id], run)) as Dataset
      }),
    add: (id, next, { allow, place: put }) =>
      transaction(async run => {
        const owner = (await one('id = $1', [id], run))?.owner
        await lock(run, JSON.stringify(ownerValues(owner)))
        await lock(run, id)
        if (owner) allow(await heldBy(run, owner))
        const [row] = await run<{ version: number | null }>(
          `select max(v.version) as version from chartroom.datasets d left join chartroom.dataset_versions v on v.dataset = d.id
           where d.id = $1 group by d.id`,
          [id],
        )
        if (!row) return undefined
        const version = (row.version ?? 0) + 1
        await insertVersion(run, { id, version, at: new Date(now()) }, next)
        await run('update chartroom.datasets set version = $2, at = $3 where id = $1', [id, version, new Date(now())])
        await put(id, version)
        return one('id = $1', [id], run)
      }),
    use: async (id, version) => {
      await query(
        `update chartroom.datasets set version = $2
         where id = $1 and exists (select from chartroom.dataset_versions where dataset = $1 and version = $2)`,
        [id, version],
      )
    },
    shareWith: async (id, place) => {
      await query('update chartroom.datasets set place = $2 where id = $1', [id, place])
    },
    correct: (id, change) =>
      transaction(async run => {
        await lock(run, id)
        const before = await one('id = $1', [id], run)
        if (!before) return undefined
        const corrections = change(before.corrections)
        await run('update chartroom.datasets set corrections = $2 where id = $1', [id, toJsonb(corrections)])
        return { ...before, corrections }
      }),
    quality: async (id, version) => {
      const [row] = await query<{ quality: QualityReport | null }>(
        'select quality from chartroom.dataset_versions where dataset = $1 and version = $2',
        [id, version],
      )
      return row?.quality ?? undefined
    },
    keepQuality: async (id, version, report) => {
      await query('update chartroom.dataset_versions set quality = $3 where dataset = $1 and version = $2', [
        id,
        version,
        toJsonb(report),
      ])
    },
    remove: id =>
      transaction(async run => {
        const [row] = await run<{ domain: string }>('delete from chartroom.datasets where id = $1 returning domain', [
          id,
        ])
        if (row) await removeDatasetTraces(run, row.domain)
      }),
  }
}

const select = 'select * from chartroom.datasets'
const ofOwner = `(coalesce(platform, '') = coalesce($1, '') and coalesce(tenant, '') = coalesce($2, '') and coalesce(person, '') = coalesce($3, ''))`

const ownerValues = (owner?: Owner) => [owner?.platform ?? null, owner?.tenant ?? null, owner?.user ?? null]

const lock = async (query: Query, what: string) => {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [what])
}

const heldBy = async (query: Query, owner: Owner): Promise<Held> => {
  const [row] = await query<Held>(
    `select count(distinct d.id) as datasets, coalesce(sum(v.bytes), 0) as bytes
     from chartroom.datasets d left join chartroom.dataset_versions v on v.dataset = d.id where ${ofOwner}`,
    ownerValues(owner),
  )
  return { datasets: Number(row?.datasets), bytes: Number(row?.bytes) }
}

const freeName = async (query: Query, owner: Owner | undefined, names: (nth: number) => string): Promise<string> => {
  const rows = await query<{ name: string }>(`select name from chartroom.datasets where ${ofOwner}`, ownerValues(owner))
  const taken = new Set(rows.map(r => r.name))
  let nth = 1
  while (taken.has(names(nth))) nth += 1
  return names(nth)
}

const freeDomain = async (query: Query, domains: (nth: number) => string): Promise<string> => {
  for (let nth = 1; ; nth++) {
    const domain = domains(nth)
    const taken = await query('select from chartroom.datasets where domain = $1', [domain])
    if (taken.length === 0) return domain
  }
}

type Place = { id: string; version: number; at: Date }

const insertVersion = async (query: Query, { id, version, at }: Place, next: NewVersion) => {
  await query(
    `insert into chartroom.dataset_versions
       (dataset, version, file, bytes, sha256, tables, warnings, rejects, model, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      version,
      next.file,
      next.bytes,
      next.sha256,
      ...[next.tables, next.warnings, next.rejects, next.model].map(toJsonb),
      at,
    ],
  )
}

type DatasetRow = {
  id: string
  domain: string
  name: string
  label: string
  platform: Owner['platform'] | null
  tenant: string | null
  person: string | null
  place: string | null
  version: number
  corrections: unknown
  at: Date
}

const correctionsSchema = z.array(z.unknown())

const datasetIn = ({ platform, tenant, person, place, corrections, at, ...row }: DatasetRow): Dataset => ({
  id: row.id,
  domain: row.domain,
  name: row.name,
  label: row.label,
  version: row.version,
  ...(platform && tenant !== null && person !== null && { owner: { platform, tenant, user: person } }),
  ...(place !== null && { place }),
  // What another program wrote and this one does not know is left aside.
  corrections: correctionsSchema.parse(corrections).flatMap(c => correctionSchema.safeParse(c).data ?? []),
  at: at.getTime(),
})

type VersionRow = Omit<DatasetVersion, 'at'> & { at: Date } & Record<string, unknown>

const versionIn = ({
  version,
  file,
  bytes,
  sha256,
  tables,
  warnings,
  rejects,
  model,
  at,
}: VersionRow): DatasetVersion => ({
  version,
  file,
  bytes,
  sha256,
  tables,
  warnings,
  rejects,
  model,
  at: at.getTime(),
})
