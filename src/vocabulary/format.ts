import { z } from 'zod'

/** How a number is shown. `percent` values are fractions (0.12 → 12 %), `duration` is in seconds. */
export const formatSchema = z.object({
  kind: z.enum(['number', 'integer', 'currency', 'percent', 'duration']),
  /** ISO 4217, for `currency`. */
  currency: z.string().length(3).optional(),
  /** A unit that follows the number: "kg", "°C", "min". */
  unit: z.string().optional(),
})
export type Format = z.infer<typeof formatSchema>

const symbols: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹' }
const minus = '−'

/** A number as it stands in a sentence or a table: exact to cents, one decimal of a percent. `null` is "–". */
export const formatExact = (value: number | null, format: Format): string => {
  if (value === null || !Number.isFinite(value)) return '–'
  const abs = Math.abs(value)
  const body = {
    number: () => grouped(abs, abs >= 1000 || Number.isInteger(abs) ? 0 : abs >= 1 ? 2 : 4, true),
    integer: () => grouped(abs, 0),
    currency: () => grouped(abs, abs >= 100_000 ? 0 : 2),
    percent: () => `${grouped(abs * 100, 1)}%`,
    duration: () => duration(abs),
  }[format.kind]()
  return sign(value, body) + wrap(body, format)
}

/** A number as it stands on a chart or in a headline: 7,320 · 61.5k · 3.4M · 1.2B · 12.3% (Chart look in docs/design.md). */
export const formatShort = (value: number | null, format: Format): string => {
  if (value === null || !Number.isFinite(value)) return '–'
  const abs = Math.abs(value)
  if (format.kind === 'percent') {
    const body = `${grouped(abs * 100, abs * 100 < 10 ? 1 : 0)}%`
    return sign(value, body) + body
  }
  if (format.kind === 'duration') return sign(value, duration(abs)) + duration(abs)
  const body = shortNumber(abs, format)
  return sign(value, body) + wrap(body, format)
}

const sign = (value: number, body: string) => (value < 0 && /[1-9]/.test(body) ? minus : '')

const wrap = (body: string, { kind, currency, unit }: Format) => {
  if (kind === 'currency') {
    const symbol = symbols[currency ?? 'USD']
    return symbol ? symbol + body : `${body} ${currency}`
  }
  return unit ? `${body} ${unit}` : body
}

const shortNumber = (abs: number, { kind }: Format) => {
  const steps: [number, string][] = [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]
  if (abs < 10_000) {
    if (kind === 'integer' || abs >= 1000) return grouped(abs, 0)
    return grouped(abs, kind === 'currency' ? (Number.isInteger(abs) ? 0 : 2) : abs >= 100 ? 1 : 2, kind !== 'currency')
  }
  const [size, letter] = steps.find(([s]) => abs >= s * 0.9995) ?? [1, '']
  const scaled = abs / size
  return grouped(scaled, scaled >= 99.95 ? 0 : 1, true) + letter
}

const grouped = (abs: number, decimals: number, trim = false) => written(decimals, trim).format(abs)

const formats = new Map<string, Intl.NumberFormat>()

/** Making one takes a hundred times as long as using it. */
const written = (decimals: number, trim: boolean): Intl.NumberFormat => {
  const key = `${decimals} ${trim}`
  const digits = { minimumFractionDigits: trim ? 0 : decimals, maximumFractionDigits: decimals }
  const format = formats.get(key) ?? new Intl.NumberFormat('en-US', digits)
  formats.set(key, format)
  return format
}

const duration = (seconds: number) => {
  if (seconds < 60) return `${grouped(seconds, seconds < 10 ? 1 : 0, true)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`
}
