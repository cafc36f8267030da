import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '#src/config.ts'
import type { Effects } from '#src/effects.ts'
import { ingestUpload } from '#src/ingest/ingest.ts'
import type { JobResult, Progress } from '#src/ingest/job.ts'
import { loadDraftWords } from '#src/semantic/draft/load-words.ts'
import { draftModel } from '#src/semantic/draft.ts'
import type { Owner } from '#src/store/answers.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Correction, correct } from './corrections.ts'
import type { Dataset, DatasetVersion } from './dataset.ts'
import { labelOf, nameFor, plainFileName } from './file-name.ts'
import type { DatasetFiles } from './files.ts'
import { type Coming, checkQuota, type Held } from './quota.ts'
import { type Received, receive, weigh } from './receive.ts'
import type { Adding, NewVersion, StoredDatasets } from './stored.ts'

export type ImportRequest = {
  /** The bytes as they come, or a file of this machine. At most 100 MB. */
  from: AsyncIterable<Uint8Array> | { path: string }
  /** What the file is called; folders and odd characters in it do not matter. */
  name: string
  /** Whose it will be. Absent: whoever uses this machine. */
  owner?: Owner
  /** The channel whose members may ask about it. Absent: the owner alone. */
  place?: string
  /** What the dataset is to be called. Default: like the file. */
  label?: string
  /** The dataset of which this is a further version. Absent: a new one. */
  into?: Dataset
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** `same`: that content was there already, in this version. */
export type Imported = {
  outcome: 'new' | 'version' | 'same'
  dataset: Dataset
  version: DatasetVersion
  /** What the owner said earlier of columns that this version does not have. */
  idle: Correction[]
  /** Questions that work. */
  examples: string[]
}

export type ImportParts = {
  stored: StoredDatasets
  files: DatasetFiles
  /** Names of domains that datasets may not have. */
  taken: (domain: string) => boolean
  /** What one person may keep. */
  quota: Config['quota']
}

/** Makes a file a dataset, or a further version of one. Nothing is left of it when that fails. Throws `file/too-large`, `source/…`, `engine/cancelled`, `dataset/…`, `state/…`. */
export const importFile = async (
  request: ImportRequest,
  parts: ImportParts,
  effects: Pick<Effects, 'newId'>,
): Promise<Imported> => {
  const file = plainFileName(request.name)
  const { folder, done } = await parts.files.workshop()
  try {
    const { path, ...received } = await fetched(request, { folder, file })
    const same = await parts.stored.sameContent(received.sha256, { owner: request.owner, dataset: request.into?.id })
    if (same) return await reused(same, parts)
    const { into, owner = into?.owner } = request
    const coming: Coming = { name: file, bytes: received.bytes, isNew: !into }
    const allow = (held: Held) => checkQuota(held, coming, parts.quota)
    if (owner) allow(await parts.stored.held(owner))
    const label = request.into?.label ?? request.label ?? labelOf(file)
    const made = await ingestUpload({
      path,
      name: file,
      label,
      database: join(folder, 'data.duckdb'),
      staging: folder,
      signal: request.signal,
      onProgress: request.onProgress,
    })
    const version = await versionOf(made, { file, label, ...received })
    request.signal?.throwIfAborted()
    return await kept(request, { version, label, database: join(folder, 'data.duckdb'), allow }, { ...parts, effects })
  } catch (thrown) {
    throw request.signal?.aborted ? ChartroomError.of('engine/cancelled', undefined, thrown) : thrown
  } finally {
    await done()
  }
}

const fetched = async (
  { from, signal }: ImportRequest,
  { folder, file }: { folder: string; file: string },
): Promise<Received & { path: string }> => {
  if ('path' in from) return { path: from.path, ...(await weigh(from.path, { name: file, signal })) }
  const path = join(folder, 'upload')
  return { path, ...(await receive(from, path, { name: file, signal })) }
}

const versionOf = async (
  { tables, warnings, rejects, profile }: JobResult,
  { file, label, ...received }: Received & { file: string; label: string },
): Promise<NewVersion> => {
  const model = { ...draftModel(profile, { name: label, words: await loadDraftWords() }), drafted: true }
  return { file, ...received, tables, warnings, rejects, model }
}

const reused = async (
  { dataset, version }: { dataset: Dataset; version: number },
  { stored }: ImportParts,
): Promise<Imported> => {
  await stored.use(dataset.id, version)
  const found = (await stored.version(dataset.id, version)) as DatasetVersion
  return told('same', { ...dataset, version }, found)
}

const told = (outcome: Imported['outcome'], dataset: Dataset, version: DatasetVersion): Imported => {
  const { model, idle } = correct(version.model, dataset.corrections)
  return { outcome, dataset, version, idle, examples: model.examples }
}

type Keeping = { version: NewVersion; label: string; database: string; allow: Adding['allow'] }

const kept = async (
  { owner, place, into }: ImportRequest,
  { version, label, database, allow }: Keeping,
  { stored, files, taken, effects }: ImportParts & { effects: Pick<Effects, 'newId'> },
): Promise<Imported> => {
  const id = into?.id ?? effects.newId()
  const adding: Adding = { allow, place: (of, nth) => files.place(database, of, nth) }
  const dataset = into
    ? await stored.add(id, version, adding)
    : await stored.create(
        { id, label, owner, place, names: nth => nameFor(label, nth), domains: domainsFor({ id, owner, taken }) },
        version,
        adding,
      )
  if (!dataset) throw ChartroomError.of('dataset/unknown', { name: label, known: [] })
  const found = (await stored.version(id, dataset.version)) as DatasetVersion
  return told(into ? 'version' : 'new', dataset, found)
}

/**
 * On this machine a dataset is asked by its name. In a chat its name is followed by letters of its own: that somebody else has data of some
 * name is nobody's business.
 */
const domainsFor =
  ({ id, owner, taken }: { id: string; owner?: Owner; taken: (domain: string) => boolean }) =>
  (name: string, nth: number): string => {
    const mark = createHash('sha256').update(`${id} ${nth}`).digest('hex').slice(0, 6)
    if (owner) return `${name}_${mark}`
    return nth === 1 && !taken(name) ? name : `${name}_${mark}`
  }
