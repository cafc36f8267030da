import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { type Domain, openDomain } from './domain.ts'
import type { Effects } from './effects.ts'
import { cacheResults } from './engines/cache.ts'
import { openDuckdb } from './engines/duckdb/duckdb.ts'
import { loadEnglish } from './english.ts'
import { duckdbReader } from './guard/duckdb-reader.ts'
import { createGuard } from './guard/guard.ts'
import { ingestData } from './ingest/ingest.ts'
import { makeEcommerceSample } from './sample/make.ts'
import { completeModel } from './semantic/complete.ts'
import { loadDraftWords } from './semantic/draft/load-words.ts'
import { draftModel } from './semantic/draft.ts'
import { readModel } from './semantic/load.ts'
import type { Model } from './semantic/model.ts'
import { ChartroomError } from './vocabulary/errors.ts'

/** Files of the program itself. */
const sqlFolder = new URL('../sql/', import.meta.url)

/** Where the semantic model of a shipped domain lies. */
export const modelPath = (domain: string): string => fileURLToPath(new URL(`domains/${domain}/model.yaml`, sqlFolder))

export type OpenOptions = {
  config: Config
  onProgress?: (words: string) => void
  /** Told of every DuckDB process that is started. */
  onStart?: (again: boolean) => void
  signal?: AbortSignal
}

/** The sample shop: its data is made on first use. Throws `source/…`, `model/invalid`. */
export const openSample = async ({ config, onProgress, onStart }: OpenOptions, effects: Effects): Promise<Domain> => {
  const model = await readModel(modelPath('ecommerce'))
  await makeHome(config.home)
  await ensureSample(config, onProgress)
  return openFile(
    { path: config.duckdbPath, model, source: 'the sample shop that Chartroom makes itself', config, onStart },
    effects,
  )
}

/** A file or folder that nobody described: read, profiled, and a model drafted for it. Throws `source/…`. */
export const openData = async (
  path: string,
  { config, onProgress, onStart, signal }: OpenOptions,
  effects: Effects,
): Promise<Domain> => {
  await makeHome(config.home)
  const ingested = await ingestData({
    path,
    home: config.home,
    signal,
    onProgress: p => onProgress?.(`Reading ${'file' in p ? p.file : 'data'}…`),
  })
  const words = await loadDraftWords()
  const drafted = draftModel(ingested.profile, { name: basename(path).replace(/\.[^.]*$/, ''), words })
  return openFile(
    {
      path: ingested.database,
      model: { ...drafted, drafted: true },
      source: basename(path),
      config,
      onStart,
      warnings: ingested.warnings,
    },
    effects,
  )
}

type File = Pick<OpenOptions, 'config' | 'onStart'> & {
  path: string
  model: Model
  source: string
  warnings?: readonly string[]
}

const openFile = async (
  { path, model, source, config, onStart, warnings }: File,
  effects: Effects,
): Promise<Domain> => {
  const { maxRows, timeoutSeconds, cacheSeconds } = config.limits
  const engine = await openDuckdb(
    { path },
    { maxRows, timeoutMs: timeoutSeconds * 1000, spillDirectory: join(config.home, 'spill'), onStart },
  )
  const guard = createGuard({ read: duckdbReader(engine.parse) })
  const cached = cacheResults(engine, { seconds: cacheSeconds }, effects)
  const limits = { maxRows, timeoutMs: timeoutSeconds * 1000 }
  return openDomain({
    model: completeModel(model),
    source,
    engine: cached,
    guard,
    english: await loadEnglish(),
    limits,
    warnings,
  })
}

const makeHome = (home: string) =>
  mkdir(join(home, 'spill'), { recursive: true }).catch(cause => {
    throw ChartroomError.of('source/not-writable', { path: home }, cause)
  })

const ensureSample = (config: Config, onProgress?: (words: string) => void) =>
  makeEcommerceSample({
    path: config.duckdbPath,
    settings: config.sample,
    onProgress: (done, total) =>
      onProgress?.(`Making sample data: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} orders`),
  })
