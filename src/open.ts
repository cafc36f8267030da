import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { type Domain, openDomain } from './domain.ts'
import type { Effects } from './effects.ts'
import { type CachedEngine, cacheResults } from './engines/cache.ts'
import { openDuckdb } from './engines/duckdb/duckdb.ts'
import type { Spare } from './engines/duckdb/spare.ts'
import { loadEnglish } from './english.ts'
import { duckdbReader } from './guard/duckdb-reader.ts'
import { createGuard } from './guard/guard.ts'
import { type Ingested, ingestData } from './ingest/ingest.ts'
import { makeSample as makeData } from './sample/make.ts'
import type { SampleName } from './sample/sample.ts'
import { completeModel } from './semantic/complete.ts'
import { loadDraftWords } from './semantic/draft/load-words.ts'
import type { Profile } from './semantic/draft/profile.ts'
import { draftModel } from './semantic/draft.ts'
import { readModel } from './semantic/load.ts'
import type { Model } from './semantic/model.ts'
import type { Ground } from './sources/ground.ts'
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
  /** Where DuckDB processes that end are replaced from. */
  spare?: Spare
}

/** The sample shop: its data is made on first use. Throws `source/…`, `model/invalid`. */
export const openSample = async (
  { config, onProgress, onStart, spare }: OpenOptions,
  effects: Effects,
): Promise<Domain> => {
  const model = await readModel(modelPath('ecommerce'))
  const path = await makeSample('ecommerce', { config, onProgress })
  return openFile({ path, model, source: sampleWords.ecommerce, config, onStart, spare }, effects)
}

/** Where the data of a sample comes from, for people. */
export const sampleWords: Record<SampleName, string> = {
  ecommerce: 'the sample shop that Chartroom makes itself',
  support: 'the sample logs of two support bots that Chartroom makes itself',
}

const unitOf: Record<SampleName, string> = { ecommerce: 'orders', support: 'messages' }

/** Makes a sample unless it is there; gives its file. Throws `source/…`, `config/sample`. */
export const makeSample = async (
  sample: SampleName,
  { config, onProgress }: Pick<OpenOptions, 'config' | 'onProgress'>,
): Promise<string> => {
  await makeHome(config.home)
  const path = sample === 'ecommerce' ? config.duckdbPath : join(config.home, `${sample}.duckdb`)
  const [settings, unit] = [{ ecommerce: config.sample, support: { seed: config.sample.seed } }, unitOf[sample]]
  await makeData({
    ...{ sample, path, settings },
    onProgress: (done, total) =>
      onProgress?.(`Making sample data: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${unit}`),
  })
  return path
}

/** What somebody has: files, or a PostgreSQL database; and the file of its semantic model. Without one a model is drafted. */
export type GivenData = { data: string; model?: string }

/** Opens what somebody has. Throws `command/usage`, `source/…`, `model/invalid`, `engine/…`. */
export const openGiven = async (
  { data, model: file }: GivenData,
  opening: OpenOptions,
  effects: Effects,
): Promise<Domain> => {
  const model = file === undefined ? undefined : await readModel(file)
  if (!/^postgres(ql)?:\/\//.test(data)) return openFiles({ path: data, model }, opening, effects)
  const { openServerDomain } = await import('./open-postgres.ts')
  return openServerDomain({ url: data, model, source: 'a PostgreSQL database', limits: opening.config.limits }, effects)
}

/** Files: read, profiled, and a model drafted when nobody wrote one. */
const openFiles = async (
  { path, model }: { path: string; model?: Model },
  opening: OpenOptions,
  effects: Effects,
): Promise<Domain> => {
  const { database, profile, warnings } = await readFiles(path, opening)
  return openFile(
    {
      path: database,
      model: model ?? (await drafted(profile, path)),
      source: basename(path),
      warnings,
      ...opening,
    },
    effects,
  )
}

/** Reads the files of a path into a database, unless that was done before. Throws `source/…`. */
export const readFiles = async (path: string, { config, onProgress, signal }: OpenOptions): Promise<Ingested> => {
  await makeHome(config.home)
  return ingestData({
    path,
    home: config.home,
    signal,
    onProgress: p => onProgress?.(`Reading ${'file' in p ? p.file : 'data'}…`),
  })
}

/** A model for files that nobody described, called like them. */
export const drafted = async (profile: Profile, path: string): Promise<Model> => {
  const name = basename(path).replace(/\.[^.]*$/, '')
  return { ...draftModel(profile, { name, words: await loadDraftWords() }), drafted: true }
}

type File = Pick<OpenOptions, 'config' | 'onStart' | 'spare'> & {
  path: string
  model: Model
  source: string
  warnings?: readonly string[]
}

const openFile = async ({ model, source, warnings, ...file }: File, effects: Effects): Promise<Domain> =>
  openDomain({ ...(await openDatabase(file, effects)), model: completeModel(model), source, warnings })

/** What domains of one DuckDB file stand on. Throws `source/…`. */
export const openDatabase = async (
  { path, config, onStart, spare }: Pick<File, 'path' | 'config' | 'onStart' | 'spare'>,
  effects: Effects,
): Promise<Ground> => {
  const { maxRows, timeoutSeconds, cacheSeconds } = config.limits
  const limits = { maxRows, timeoutMs: timeoutSeconds * 1000 }
  const engine = await openDuckdb({ path }, { ...limits, spillDirectory: join(config.home, 'spill'), onStart, spare })
  const guard = createGuard({ read: duckdbReader(engine.parse) })
  const cached = cacheResults(engine, { seconds: cacheSeconds }, effects)
  let text: Promise<CachedEngine> | undefined
  // SQL of a language model runs in a process that has no file system at all; it is started by the first such question.
  const openText = async () =>
    cacheResults(
      await openDuckdb({ path }, { ...limits, profile: 'untrusted', onStart, spare }),
      { seconds: cacheSeconds },
      effects,
    )
  const close = async () => {
    await cached.close()
    await (await text)?.close()
  }
  const textEngine = () => {
    text ??= openText()
    return text
  }
  return { engine: { ...cached, close }, textEngine, guard, english: await loadEnglish(), limits }
}

const makeHome = (home: string) =>
  mkdir(join(home, 'spill'), { recursive: true }).catch(cause => {
    throw ChartroomError.of('source/not-writable', { path: home }, cause)
  })
