import type { Format } from '#src/vocabulary/format.ts'
import type { Aggregation } from '#src/vocabulary/query.ts'

/** What somebody wants done with data that they brought. */
export type DataDeed =
  | { deed: 'rename'; name: string; to: string }
  | { deed: 'measure'; name: string; as: Aggregation }
  | { deed: 'hide' | 'show'; name: string }
  | { deed: 'format'; name: string; as: Format }
  | { deed: 'describe'; name: string; as: string }
  /** Without a number: the last correction. */
  | { deed: 'undo'; nth?: number }
  | { deed: 'quality' | 'versions' | 'rejects'; of?: string }
  | { deed: 'restore'; version: number }
  | { deed: 'share' | 'unshare'; of?: string }
  /** `sure` once it was asked back. */
  | { deed: 'delete'; name: string; sure: boolean }
  | { deed: 'uploads' }

/** Reads what follows `data` as a deed; undefined when it is none. */
export const readDeed = (rest: string): DataDeed | undefined => {
  const text = rest.replace(/[?!.\s]+$/, '')
  if (text.length > 600) return undefined
  for (const [pattern, make] of deeds) {
    const found = pattern.exec(text)
    if (found) return make(...found.slice(1).map(part => (part === undefined ? '' : bare(part))))
  }
  return undefined
}

/** Without the quotes that people put around names. */
const bare = (part: string) => part.trim().replace(/^["'“”„«‘’`](.*)["'“”«»‘’`]$/s, '$1')

type Make = (...parts: string[]) => DataDeed | undefined

const ways: [RegExp, Aggregation][] = [
  [/^(sum|total|added up)$/i, 'sum'],
  [/^(average|avg|mean)$/i, 'avg'],
  [/^median$/i, 'median'],
  [/^(min|minimum|lowest)$/i, 'min'],
  [/^(max|maximum|highest)$/i, 'max'],
  [/^count$/i, 'count'],
  [/^(distinct|different|distinct count)$/i, 'count_distinct'],
]
const wayWords =
  'sum|total|average|avg|mean|median|min|minimum|lowest|max|maximum|highest|count|distinct count|distinct'

const wayOf = (word: string): Aggregation => ways.find(([pattern]) => pattern.test(word))?.[1] ?? 'sum'

const currencies: [RegExp, string][] = [
  [/^(us )?dollars?$|^\$$/i, 'USD'],
  [/^euros?$|^€$/i, 'EUR'],
  [/^pounds?$|^£$/i, 'GBP'],
  [/^yen$|^¥$/i, 'JPY'],
  [/^rupees?$|^₹$/i, 'INR'],
  [/^(swiss )?francs?$/i, 'CHF'],
]

const formatOf = (word: string): Format | undefined => {
  if (/^(percent|percentage|per cent|%)$/i.test(word)) return { kind: 'percent' }
  if (/^(plain )?numbers?$|^plain$/i.test(word)) return { kind: 'number' }
  if (/^(integers?|whole( numbers?)?)$/i.test(word)) return { kind: 'integer' }
  if (/^(durations?|seconds)$/i.test(word)) return { kind: 'duration' }
  const currency = currencies.find(([pattern]) => pattern.test(word))?.[1] ?? (/^[A-Z]{3}$/i.test(word) ? word : '')
  return currency ? { kind: 'currency', currency: currency.toUpperCase() } : undefined
}

const format: Make = (name = '', word = '') => {
  const as = formatOf(word)
  return as && { deed: 'format', name, as }
}

const deeds: readonly [RegExp, Make][] = [
  [
    /^rename\s+("[^"]+"|[“„][^“”]+[“”]|'[^']+'|.+?)\s+(?:to|as|into)\s+(.+)$/is,
    (name = '', to = '') => (to.length <= 80 ? { deed: 'rename', name, to: to.replace(/\s+/g, ' ') } : undefined),
  ],
  [
    new RegExp(`^measure\\s+(.+?)(?:\\s+(?:as\\s+(?:an?\\s+|the\\s+)?|by\\s+)?(${wayWords}))?$`, 'is'),
    (name = '', way = '') => ({ deed: 'measure', name, as: wayOf(way) }),
  ],
  [/^(hide|show)\s+(.+)$/is, (deed, name = '') => ({ deed: deed?.toLowerCase() === 'hide' ? 'hide' : 'show', name })],
  [/^format\s+(.+?)\s+(?:as|in|to)\s+(.+)$/is, format],
  [/^currency\s+(?:of\s+)?(.+?)\s+(?:as\s+|to\s+|is\s+|in\s+)?(\S+)$/is, format],
  [/^describe\s+(.+?)(?:\s+as\s+|\s*:\s*)(.+)$/is, (name = '', as = '') => ({ deed: 'describe', name, as })],
  [/^undo(?:\s+(\d{1,6}))?$/i, (nth = '') => ({ deed: 'undo', ...(nth ? { nth: Number(nth) } : {}) })],
  [/^quality(?:\s+(?:(?:of|in)\s+)?(.+))?$/is, (of = '') => ({ deed: 'quality', ...(of ? { of } : {}) })],
  [/^versions?(?:\s+(?:(?:of|in)\s+)?(.+))?$/is, (of = '') => ({ deed: 'versions', ...(of ? { of } : {}) })],
  [
    /^(?:rejects|bad (?:rows|lines))(?:\s+(?:(?:of|in)\s+)?(.+))?$/is,
    (of = '') => ({ deed: 'rejects', ...(of ? { of } : {}) }),
  ],
  [/^restore\s+(?:version\s+)?(\d{1,6})$/i, (version = '') => ({ deed: 'restore', version: Number(version) })],
  // "data share of returns" asks what a share is.
  [
    /^(share|unshare)(?:\s+(?!of\b)(.+?)(?:\s+(?:here|(?:with|in) (?:this|the) channel))?)?$/is,
    (deed, of = '') => ({ deed: deed?.toLowerCase() === 'share' ? 'share' : 'unshare', ...(of ? { of } : {}) }),
  ],
  [
    /^(?:delete|remove)\s+(.+?)(\s+for good)?$/is,
    (name = '', sure = '') => ({ deed: 'delete', name, sure: sure !== '' }),
  ],
  [/^(?:uploads?|datasets?|my (?:data|files|uploads))$/i, () => ({ deed: 'uploads' })],
]
