import type { Candidate } from './candidate.ts'

const signs = '[$€£¥₹₩₽₺]'
const codes = 'US[$]|A[$]|C[$]|R[$]|USD|EUR|GBP|JPY|CHF|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|CNY|kr|zł'
const money = `(?:(?:${signs}|${codes})[ \u00a0]?)`
const moneyAfter = `(?:[ \u00a0]?(?:${signs}|${codes}))`
const space = "[ \u00a0\u202f'’]"

const wholeNumber = '[+-]?(?:0|[1-9][0-9]{0,17})'
const decimalNumber = '[+-]?(?:(?:0|[1-9][0-9]{0,17})(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,3})?'

/** Digits alone; no leading zeros (codes) and at most 18 digits (ids). */
const integer: Candidate = {
  id: 'integer',
  type: 'integer',
  pattern: wholeNumber,
  value: v => `TRY_CAST(${v} AS BIGINT)`,
}

const decimal: Candidate = {
  id: 'decimal',
  type: 'number',
  pattern: decimalNumber,
  value: v => `TRY_CAST(${v} AS DOUBLE)`,
}

const grouped = (group: string, point: string) =>
  `(?:[1-9][0-9]{0,2}(?:${group}[0-9]{3})+|0|[1-9][0-9]{0,17})?(?:${point}[0-9]+)?(?:${point})?`

const dressed = (comma: 'thousands' | 'decimal', percent: boolean): Candidate => {
  const number = comma === 'thousands' ? grouped(`(?:,|${space})`, '[.]') : grouped(`(?:[.]|${space})`, ',')
  const tail = percent ? '[ \u00a0]?%' : `${moneyAfter}?-?`
  const signed = `[+−-]?${money}?[+−-]?${number}${tail}`
  const pattern = `(?:${signed}|[(]${money}?${number}${percent ? '[ \u00a0]?%' : `${moneyAfter}?`}[)])`
  return {
    id: `${percent ? 'percent' : 'dressed'}-${comma}`,
    type: 'number',
    pattern,
    comma,
    percent,
    value: v => `${sign(v)} * ${digits(v, comma)}${percent ? ' / 100' : ''}`,
    ...(percent ? {} : whole),
  }
}

const whole: Pick<Candidate, 'wide' | 'narrow'> = {
  wide: t => `${t} <> floor(${t}) OR abs(${t}) > 9e15`,
  narrow: { type: 'integer', sql: t => `CAST(${t} AS BIGINT)` },
}

const sign = (v: string) =>
  `CASE WHEN contains(${v}, '-') OR contains(${v}, '−') OR contains(${v}, '(') THEN -1 ELSE 1 END`

const digits = (v: string, comma: 'thousands' | 'decimal') =>
  comma === 'thousands'
    ? `TRY_CAST(regexp_replace(${v}, '[^0-9.]', '', 'g') AS DOUBLE)`
    : `TRY_CAST(replace(regexp_replace(${v}, '[^0-9,]', '', 'g'), ',', '.') AS DOUBLE)`

/** Ways to read numbers, plain ones first. `comma` is what a comma means in this file when a column alone does not tell. */
export const numberCandidates = (comma: 'thousands' | 'decimal'): Candidate[] => {
  const other = comma === 'thousands' ? 'decimal' : 'thousands'
  const plain =
    comma === 'thousands' ? [integer, decimal, dressed(comma, false)] : [integer, dressed(comma, false), decimal]
  return [...plain, dressed(other, false), dressed(comma, true), dressed(other, true)]
}

const currencies: [RegExp, string][] = [
  [/US\$|USD|^\(?[+−-]?\$|\$$/i, 'USD'],
  [/€|EUR/i, 'EUR'],
  [/£|GBP/i, 'GBP'],
  [/¥|JPY/i, 'JPY'],
  [/₹|INR/i, 'INR'],
  [/CHF/i, 'CHF'],
  [/R\$|BRL/i, 'BRL'],
  [/CAD|C\$/i, 'CAD'],
  [/AUD|A\$/i, 'AUD'],
]

/** The one currency that the values are written in, if they name just one. */
export const currencyOf = (values: readonly string[]): string | undefined => {
  const found = new Set(values.flatMap(v => currencies.find(([sign]) => sign.test(v))?.[1] ?? []))
  return found.size === 1 ? [...found][0] : undefined
}
