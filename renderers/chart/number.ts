import { type Format, formatExact, formatShort } from '#src/vocabulary/format.ts'

/** A number on a picture: {@link formatShort}, but never a wall of digits for huge ones nor "0" for tiny ones. */
export const short = (value: number | null | undefined, format: Format): string => {
  if (!isNumber(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1e15) return dressed(exponent(size), value, format)
  const text = formatShort(value, format)
  if (format.kind === 'percent' && text.endsWith('100%') && size < 1)
    return dressed(decimals(size * 100), value, format)
  if (value === 0 || /[1-9]/.test(text)) return text
  const shown = format.kind === 'percent' ? size * 100 : size
  return dressed(shown < 1e-4 ? exponent(shown) : String(Number(shown.toPrecision(2))), value, format)
}

/** Whether there is something to draw: a finite number of a size that sums and differences survive. */
export const isNumber = (value: unknown): value is number => Number.isFinite(value) && Math.abs(value as number) < 1e300

/** The one number of a KPI: every digit below a million, else three. */
export const figure = (value: number | null, format: Format): string => {
  if (!isNumber(value) || format.kind === 'percent' || format.kind === 'duration') return short(value, format)
  const size = Math.abs(value)
  if (size < 1000 || size >= 1e15) return short(value, format)
  if (size < 999_500) return formatExact(Math.round(value), format).replace(/\.0+(?!\d)/, '')
  const [step = 1, letter = ''] = steps.find(([s]) => size >= s * 0.9995) ?? []
  return dressed(Number((size / step).toPrecision(3)) + letter, value, format)
}

/** The labels of an axis: rounded no more than the ticks are, no needless decimals, none twice. */
export const tickLabels = (values: readonly number[], format: Format): string[] => {
  const ways = [
    (v: number) => faithful(v, format),
    (v: number) => trimmed(short(v, format)),
    (v: number) => (Math.abs(v) < 1e15 ? trimmed(formatExact(v, format)) : short(v, format)),
    (v: number) => String(Number(v.toPrecision(6))),
  ]
  const written = ways.map(way => values.map(way))
  return written.find(labels => new Set(labels).size === labels.length) ?? values.map(String)
}

const steps: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
]

const decimals = (value: number): string => String(Number(value.toFixed(2)))

const faithful = (value: number, format: Format): string => {
  const size = Math.abs(value)
  if (format.kind === 'percent') return dressed(decimals(size * 100), value, format)
  if (format.kind === 'duration' || size < 10_000 || size >= 1e15) return trimmed(short(value, format))
  const [step = 1, letter = ''] = steps.find(([s]) => size >= s) ?? []
  return dressed(decimals(size / step) + letter, value, format)
}

const exponent = (size: number): string => size.toExponential(1).replace('.0e', 'e').replace('e+', 'e')

const dressed = (digits: string, value: number, format: Format): string =>
  (value < 0 ? '−' : '') + formatShort(1, format).replace(/[\d.,]+/, digits)

const trimmed = (text: string): string => text.replace(/\.0+(?!\d)/, '').replace(/ 0 (s|min)$/, '')
