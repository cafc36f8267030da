import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { restrictParts } from '#src/access/restrict.ts'
import type { Rights } from '#src/access/rights.ts'
import { type Domain, openDomain } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import { type OpenOptions, openDatabase } from '#src/open.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { type Kept, keep } from '#src/sources/kept.ts'
import { watched } from '#src/sources/watched.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { correct } from './corrections.ts'
import type { Dataset, DatasetVersion } from './dataset.ts'
import type { DatasetFiles } from './files.ts'
import type { StoredDatasets } from './stored.ts'

/** Datasets that are open in this process, each until nobody has asked it for a while. */
export type OpenedDatasets = {
  /** The dataset as its owner described it, in the version that is asked. Closing it closes nothing. Throws `source/…`, `engine/…`. */
  open: (dataset: Dataset) => Promise<Domain>
  /** Closes a dataset that is gone, at once. */
  drop: (id: string) => Promise<void>
  close: () => Promise<void>
}

export type OpenedParts = Pick<OpenOptions, 'config' | 'onStart'> & { stored: StoredDatasets; files: DatasetFiles }

type Open = { mark: string; kept: Kept<Domain> }

/** Milliseconds: a dataset that nobody asked for so long is closed; a busy machine keeps fewer open; an old version is closed after a question. */
const idle = 10 * 60_000
const idleWhenMany = 30_000
const quiet = 60_000
/** A process of about 100 MB each. */
const many = 4

export const createOpened = (parts: OpenedParts, effects: Effects): OpenedDatasets => {
  const open = new Map<string, Open>()
  const looking = setInterval(() => {
    for (const { kept } of open.values()) void kept.closeIdle(idle)
  }, 60_000).unref()
  const makeRoom = () => {
    if ([...open.values()].filter(o => o.kept.current()).length >= many)
      for (const { kept } of open.values()) void kept.closeIdle(idleWhenMany)
  }
  return {
    open: async dataset => {
      const mark = markOf(dataset)
      const before = open.get(dataset.id)
      if (before?.mark !== mark) {
        void before?.kept.retire(quiet)
        makeRoom()
        open.set(dataset.id, {
          mark,
          kept: keep(
            () => openOne(dataset, parts, effects),
            d => d.close(),
            effects,
          ),
        })
      }
      const { kept } = open.get(dataset.id) as Open
      return watched(await kept.get(), kept.use)
    },
    drop: async id => {
      const before = open.get(id)
      open.delete(id)
      await before?.kept.close()
    },
    close: async () => {
      clearInterval(looking)
      await Promise.all([...open.values()].map(({ kept }) => kept.close()))
    },
  }
}

/** Changes with all that an answer depends on. */
const markOf = ({ version, label, corrections }: Dataset) =>
  createHash('sha256')
    .update(JSON.stringify([version, label, corrections]))
    .digest('hex')

const openOne = async (
  dataset: Dataset,
  { stored, files, config, onStart }: OpenedParts,
  effects: Effects,
): Promise<Domain> => {
  const version = await stored.version(dataset.id, dataset.version)
  if (!version) throw ChartroomError.of('dataset/unknown', { name: dataset.label, known: [] })
  const path = files.path(dataset.id, version.version)
  const ground = await openDatabase({ path, config, onStart }, effects).catch(error => {
    throw namingDataset(error, { path, name: dataset.label })
  })
  const { model, hidden } = correct(version.model, dataset.corrections)
  const named = { ...model, domain: dataset.domain, label: dataset.label }
  const all = { ...ground, model: completeModel(named), source: sourceOf(version), warnings: version.warnings }
  const domain = openDomain(hidden.length > 0 ? restrictParts(all, hiding(dataset.domain, hidden)) : all)
  return { ...domain, close: () => ground.engine.close() }
}

/** People know a dataset by its name; where its file lies on a server is not for them. */
export const namingDataset = (error: unknown, { path, name }: { path: string; name: string }): unknown => {
  if (!(error instanceof ChartroomError) || !error.code.startsWith('source/')) return error
  if (!existsSync(path)) return ChartroomError.of('dataset/elsewhere', { name }, error)
  return ChartroomError.received(error.code, error.message.replaceAll(path, name))
}

const sourceOf = ({ file, version }: DatasetVersion) => (version === 1 ? file : `${file}, version ${version}`)

/** What an owner hides is not there for anybody. */
const hiding = (domain: string, hidden: readonly { table: string; column: string }[]): Rights => ({
  role: 'owner',
  level: 'admin',
  kpis: {},
  rows: {},
  session: {},
  hide: { [domain]: hidden.map(({ table, column }) => `${table}.${column}`) },
})
