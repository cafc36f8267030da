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
import type { Profile } from './semantic/draft/profile.ts'
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

/** What somebody has: files, or a PostgreSQL database; and the file of its semantic model, which a database needs. */
export type GivenData = { data: string; model?: string }

/** Opens what somebody has. Throws `command/usage`, `source/…`, `model/invalid`, `engine/…`. */
export const openGiven = async (
  { data, model: file }: GivenData,
  opening: OpenOptions,
  effects: Effects,
): Promise<Domain> => {
  const model = file === undefined ? undefined : await readModel(file)
  if (!/^postgres(ql)?:\/\//.test(data)) return openFiles({ path: data, model }, opening, effects)
  if (!model)
    throw ChartroomError.of('command/usage', {
      problem: 'A PostgreSQL database needs `--model <file>`, its semantic model.',
    })
  const { openServerDomain } = await import('./open-postgres.ts')
  return openServerDomain({ url: data, model, source: 'a PostgreSQL database', limits: opening.config.limits }, effects)
}

/** Files: read, profiled, and a model drafted when nobody wrote one. */
const openFiles = async (
  { path, model }: { path: string; model?: Model },
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
  return openFile(
    {
      path: ingested.database,
      model: model ?? (await drafted(ingested.profile, path)),
      source: basename(path),
      config,
      onStart,
      warnings: ingested.warnings,
    },
    effects,
  )
}

const drafted = async (profile: Profile, path: string): Promise<Model> => {
  const name = basename(path).replace(/\.[^.]*$/, '')
  return { ...draftModel(profile, { name, words: await loadDraftWords() }), drafted: true }
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
