import { createHash } from 'node:crypto'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { bulkhead, ExponentialBackoff, handleWhen, retry, wrap } from 'cockatiel'
import type { Effects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import type { ClassifiedTexts } from '#src/store/classified.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Classified, type Classify, type ClusterId, clusterIds } from '../classify.ts'
import { mask } from '../mask.ts'
import { askModel } from './ask-model.ts'
import { type Clusters, readClusters } from './clusters.ts'

export type ModelClassifierParts = {
  complete: Complete
  /** What the model said before, kept under the name of the model. */
  texts: ClassifiedTexts
  /** Decides what the model does not. */
  rules: Classify
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
  limits?: Partial<Limits>
}

type Limits = {
  /** Texts in one request. Default 40. */
  batch: number
  /** Requests at once; the questions of people need the model too. Default 4. */
  atOnce: number
  /** Texts that are paid for in 24 hours, by all bots together. Default 20,000. */
  textsPerDay: number
  /** Further tries of a request that failed and may pass, beside those of the client. Default 1. */
  retries: number
  /** Requests that fail, or are still open, one after the other until no more is asked for this call. Default 8. */
  failures: number
  /** Milliseconds before the first of them. Default 500. */
  pause: number
  /** Milliseconds for which texts are waited for that another bot asks about. Default 30,000. */
  wait: number
}

const usual: Limits = { batch: 40, atOnce: 4, textsPerDay: 20_000, retries: 1, failures: 8, pause: 500, wait: 30_000 }

const aDay = 86_400_000

/** The name under which answers of a model are kept: it changes with the model and with what the clusters mean. */
export const classifierName = (model: string, { version }: Pick<Clusters, 'version'> = readClusters()): string =>
  `${model}/clusters-${version}`

/**
 * Classifies by a language model. Texts are masked, sent in batches, and each is paid for once, whichever bot sees it first. What the model
 * does not tell, because it fails, answers something else or has used up its budget, the rules decide; the result says of how many.
 */
export const createModelClassifier = (parts: ModelClassifierParts, effects: Pick<Effects, 'now'>): Classify => {
  const limits = { ...usual, ...parts.limits }
  const policy = wrap(
    bulkhead(limits.atOnce, Number.POSITIVE_INFINITY),
    retry(
      handleWhen(error => !(error instanceof ChartroomError) || error.retry),
      { maxAttempts: limits.retries, backoff: new ExponentialBackoff({ initialDelay: limits.pause }) },
    ),
  )
  return async (texts, { signal = new AbortController().signal } = {}) => {
    const { hashes, byHash } = await readTexts(texts)
    const run: Run = { ...parts, limits, policy, signal, kept: new Map(), now: effects.now, failed: { inARow: 0 } }
    const found = await judge(byHash, run)
    return finish(hashes, found, run)
  }
}

type Run = Omit<ModelClassifierParts, 'limits'> & {
  limits: Limits
  policy: { execute: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> }
  signal: AbortSignal
  /** What came to be known in this run. */
  kept: Map<string, ClusterId>
  now: () => number
  failed: { inARow: number }
}

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)

const hashOf = (masked: string) => createHash('sha256').update(masked).digest('base64url')

/** Texts after which others get their turn. */
const readInOneGo = 1000

/** The hash of each text, none for one without words; and what the model is shown of it. */
const readTexts = async (texts: readonly string[]) => {
  const hashes = new Map<string, string | undefined>()
  const byHash = new Map<string, string>()
  for (const [i, text] of texts.entries()) {
    if (i % readInOneGo === readInOneGo - 1) await setImmediate()
    if (hashes.has(text)) continue
    const masked = hasWords(text) ? mask(text) : undefined
    const hash = masked === undefined ? undefined : hashOf(masked)
    hashes.set(text, hash)
    if (masked !== undefined && hash !== undefined) byHash.set(hash, masked)
  }
  return { hashes, byHash }
}

/** Where texts belong, by hash: what is known, what the model says now, what another bot is told meanwhile. */
const judge = async (byHash: ReadonlyMap<string, string>, run: Run): Promise<ReadonlyMap<string, ClusterId>> => {
  const open = () => [...byHash.keys()].filter(hash => !run.kept.has(hash))
  try {
    await learn(open(), run)
    const free = await withinBudget(open(), run)
    const mine = new Set(free.length > 0 ? await run.texts.reserve(free) : [])
    const others = free.filter(hash => !mine.has(hash))
    await askAbout([...mine], { byHash, run })
    await waitFor(others, run)
  } catch (error) {
    if (run.signal.aborted) throw ChartroomError.of('engine/cancelled', undefined, error)
    run.warn('classify/model', error)
  }
  return new Map([...byHash.keys()].flatMap(hash => pairOf(hash, run.kept.get(hash))))
}

const pairOf = (hash: string, cluster: ClusterId | undefined): [string, ClusterId][] =>
  cluster === undefined ? [] : [[hash, cluster]]

/** Hashes in one statement. */
const inOneGo = 5000

const learn = async (hashes: readonly string[], { texts, kept }: Run): Promise<void> => {
  for (const some of inParts(hashes, inOneGo))
    for (const [hash, cluster] of await texts.find(some)) {
      const known = clusterIds.find(id => id === cluster)
      if (known !== undefined) kept.set(hash, known)
    }
}

const withinBudget = async (hashes: readonly string[], { texts, limits, now }: Run): Promise<readonly string[]> => {
  if (hashes.length === 0) return []
  const spent = await texts.countSince(now() - aDay)
  return hashes.slice(0, Math.max(0, limits.textsPerDay - spent))
}

type Asked = { byHash: ReadonlyMap<string, string>; run: Run }

/** Asks in batches; what one reply leaves out is asked once more. What stays open is given back, also when all is stopped. */
const askAbout = async (mine: readonly string[], { byHash, run }: Asked): Promise<void> => {
  const { kept, limits, texts } = run
  const open = () => mine.filter(hash => !kept.has(hash))
  const round = () => Promise.all([...inParts(open(), limits.batch)].map(batch => askBatch(batch, { byHash, run })))
  try {
    const came = await round()
    if (open().length > 0 && came.every(whole => whole)) await round()
  } finally {
    if (open().length > 0) await texts.release(open())
  }
}

/** Whether the model answered at all. One that cannot do it is not paid for a hundred times. */
const askBatch = async (batch: readonly string[], { byHash, run }: Asked): Promise<boolean> => {
  const { complete, kept, policy, signal, texts, warn, failed, limits } = run
  const ask = async (masked: string[]) => {
    if (failed.inARow >= limits.failures) return undefined
    failed.inARow += 1
    const reply = await askModel(masked, { complete, clusters: readClusters(), signal })
    failed.inARow = 0
    return reply
  }
  try {
    const masked = batch.map(hash => byHash.get(hash) ?? '')
    const reply = await policy.execute(() => ask(masked), signal)
    if (!reply) return false
    const found = new Map([...reply].map(([n, cluster]): [string, ClusterId] => [batch[n] ?? '', cluster]))
    if (found.size > 0) await texts.put(found)
    for (const [hash, cluster] of found) kept.set(hash, cluster)
    return true
  } catch (error) {
    if (signal.aborted) throw error
    warn('classify/model', error)
    return false
  }
}

const pauseBetweenLooks = 200

const waitFor = async (others: readonly string[], run: Run): Promise<void> => {
  const { limits, signal, kept } = run
  const open = () => others.filter(hash => !kept.has(hash))
  for (let waited = 0; open().length > 0 && waited < limits.wait; waited += pauseBetweenLooks) {
    await sleep(pauseBetweenLooks, undefined, { signal })
    await learn(open(), run)
  }
}

const finish = async (
  hashes: ReadonlyMap<string, string | undefined>,
  found: ReadonlyMap<string, ClusterId>,
  run: Run,
): Promise<Classified> => {
  const clusters = new Map<string, ClusterId>()
  const left: string[] = []
  for (const [text, hash] of hashes) {
    const cluster = hash === undefined ? 0 : found.get(hash)
    if (cluster === undefined) left.push(text)
    else clusters.set(text, cluster)
  }
  const byRules = await run.rules(left, { signal: run.signal })
  for (const [text, cluster] of byRules.clusters) clusters.set(text, cluster)
  if (left.length === 0) return { clusters, by: 'model' }
  return { clusters, by: found.size === 0 ? 'rules' : 'model', leftToRules: new Set(left) }
}

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}
