import type { Domain } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import { identifier } from '#src/ingest/names.ts'
import type { OpenOptions } from '#src/open.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Database } from '#src/store/database.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { type Change, type Correction, correct, type Subject } from './corrections.ts'
import { type Dataset, type DatasetVersion, isOwner, maySee, type Who } from './dataset.ts'
import { datasetFiles } from './files.ts'
import { type Imported, type ImportRequest, importFile } from './import.ts'
import { createOpened, namingDataset } from './opened.ts'
import { type QualityReport, qualityOf } from './quality.ts'
import { storedDatasets } from './stored.ts'
import { findSubject, type SubjectFound } from './subject.ts'

/** Whose hands are on a dataset. `admin`: somebody who may also change what others brought. */
export type Hands = { asker?: Asker; admin?: boolean }

/** Data that people bring along: kept in the database and in files of the home folder, so that all processes that share them see the same. */
export type Datasets = {
  /** Throws `file/too-large`, `source/…`, `engine/cancelled`, `dataset/not-yours`, `dataset/too-many`, `dataset/no-room`. */
  importFile: (request: ImportRequest) => Promise<Imported>
  /** What somebody may ask about, the latest first. */
  list: (who: Who) => Promise<Dataset[]>
  /** One of these by its name, label or domain: first their own. */
  find: (name: string, who: Who) => Promise<Dataset | undefined>
  /** To be asked. Undefined when there is none of that name that may be seen by those who will read the answer. Throws `source/…`. */
  domain: (name: string, who: Who) => Promise<Domain | undefined>
  open: (dataset: Dataset) => Promise<Domain>
  /** Latest first. */
  versions: (dataset: Dataset) => Promise<DatasetVersion[]>
  /** Makes an older version the one that is asked. Throws `dataset/not-yours`, `dataset/no-version`. */
  restore: (dataset: Dataset, version: number, hands: Hands) => Promise<Dataset>
  /** The column or measure that somebody means. */
  subject: (dataset: Dataset, name: string, near: Near) => Promise<SubjectFound>
  /** Throws `dataset/not-yours`, `dataset/unknown`. */
  correct: (dataset: Dataset, correction: { subject: Subject; change: Change }, hands: Hands) => Promise<Correction>
  /** Takes a correction back; undefined when there is none of that number. Throws `dataset/not-yours`. */
  undo: (dataset: Dataset, nth: number, hands: Hands) => Promise<Correction | undefined>
  quality: (dataset: Dataset, signal?: AbortSignal) => Promise<{ report: QualityReport; version: DatasetVersion }>
  /** Lets a channel ask about it. Throws `dataset/not-yours`. */
  share: (dataset: Dataset, place: string, hands: Hands) => Promise<void>
  unshare: (dataset: Dataset, hands: Hands) => Promise<void>
  /** Deletes it: rows, files, and what answers told of it. Throws `dataset/not-yours`. */
  remove: (dataset: Dataset, hands: Hands) => Promise<void>
  /** Deletes all that somebody brought; gives how many that were. */
  removeOf: (owner: Partial<Owner> & Pick<Owner, 'user'>) => Promise<number>
  close: () => Promise<void>
}

/** Names near a word as typed, nearest first. */
export type Near = (word: string, among: readonly string[]) => string[]

export type DatasetsOptions = Pick<OpenOptions, 'config' | 'onStart'> & {
  database: Database
  /** Names of domains that are there already. Default: none. */
  taken?: (domain: string) => boolean
}

export const createDatasets = (
  { database, config, onStart, taken = () => false }: DatasetsOptions,
  effects: Effects,
): Datasets => {
  const stored = storedDatasets(database, effects)
  const files = datasetFiles(config.home)
  const opened = createOpened({ stored, files, config, onStart }, effects)
  void files.tidy(effects.now())
  const list = async (who: Who) => (await stored.list(who.asker)).filter(dataset => maySee(dataset, who))
  const find = async (name: string, who: Who) => named(name, await list(who), who)
  const remove = async ({ id }: Pick<Dataset, 'id'>) => {
    await stored.remove(id)
    await opened.drop(id)
    await files.remove(id)
  }
  return {
    importFile: async request => {
      if (request.into) check(request.into, { asker: request.owner })
      return importFile(request, { stored, files, taken, quota: config.quota }, effects)
    },
    list,
    find,
    domain: async (name, who) => {
      const found = await find(name, who)
      return found && opened.open(found)
    },
    open: opened.open,
    versions: ({ id }) => stored.versions(id),
    restore: async (dataset, version, hands) => {
      check(dataset, hands)
      if (!(await stored.version(dataset.id, version)))
        throw ChartroomError.of('dataset/no-version', { name: dataset.label, version })
      await stored.use(dataset.id, version)
      return { ...dataset, version }
    },
    subject: async (dataset, name, near) => findSubject(name, await correctedModel(stored, dataset), near),
    correct: async (dataset, { subject, change }, hands) => {
      check(dataset, hands)
      const after = await stored.correct(dataset.id, before => [...before, { nth: nextOf(before), subject, change }])
      const made = after?.corrections.at(-1)
      if (!made) throw ChartroomError.of('dataset/unknown', { name: dataset.label, known: [] })
      return made
    },
    undo: async (dataset, nth, hands) => {
      check(dataset, hands)
      let gone: Correction | undefined
      await stored.correct(dataset.id, before => {
        gone = before.find(c => c.nth === nth && !c.undone)
        return before.map(c => (c === gone ? { ...c, undone: true } : c))
      })
      return gone
    },
    quality: async (dataset, signal) => {
      const version = await stored.version(dataset.id, dataset.version)
      if (!version) throw ChartroomError.of('dataset/unknown', { name: dataset.label, known: [] })
      const known = await stored.quality(dataset.id, dataset.version)
      if (known) return { report: known, version }
      const database = files.path(dataset.id, dataset.version)
      const report = await qualityOf(version, { database, label: dataset.label, signal }).catch(error => {
        throw namingDataset(error, { path: database, name: dataset.label })
      })
      await stored.keepQuality(dataset.id, dataset.version, report)
      return { report, version }
    },
    share: async (dataset, place, hands) => {
      check(dataset, hands)
      await stored.shareWith(dataset.id, place)
    },
    unshare: async (dataset, hands) => {
      check(dataset, hands)
      await stored.shareWith(dataset.id, null)
    },
    remove: async (dataset, hands) => {
      check(dataset, hands)
      await remove(dataset)
    },
    removeOf: async person => {
      const theirs = await stored.ofPerson(person)
      for (const dataset of theirs) await remove(dataset)
      return theirs.length
    },
    close: opened.close,
  }
}

const nextOf = (before: readonly Correction[]) => Math.max(0, ...before.map(c => c.nth)) + 1

const check = (dataset: Dataset, { asker, admin }: Hands) => {
  if (!admin && !isOwner(dataset, asker)) throw ChartroomError.of('dataset/not-yours', { name: dataset.label })
}

const named = (name: string, among: readonly Dataset[], { asker }: Who): Dataset | undefined => {
  const exact = among.find(d => d.domain === name)
  const wanted = identifier(name, '')
  const called = among.filter(d => d.name === wanted || identifier(d.label, '') === wanted)
  return exact ?? called.find(d => isOwner(d, asker)) ?? called[0]
}

const correctedModel = async (stored: ReturnType<typeof storedDatasets>, dataset: Dataset) => {
  const version = await stored.version(dataset.id, dataset.version)
  if (!version) throw ChartroomError.of('dataset/unknown', { name: dataset.label, known: [] })
  return { model: correct(version.model, dataset.corrections).model, tables: version.tables }
}
