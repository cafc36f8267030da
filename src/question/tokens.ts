/** A word, number or sign of a question, with where it stands in the text as typed. */
export type Token = {
  /** As typed. */
  text: string
  /** Lower case, without accents on ASCII letters being lost: `Café` → `café`. */
  lower: string
  kind: 'word' | 'number' | 'date' | 'sign'
  /** For numbers: 1,200 → 1200; 3k → 3000; 12% → 0.12 with unit `%`. For number words too: "five". */
  value?: number
  unit?: string
  /** 1st, second. */
  ordinal?: boolean
  start: number
  end: number
}

/** The longest question that is read. */
export const maxLength = 2000

const scale: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
}

const pattern = new RegExp(
  [
    /(?<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}\/\d{1,2}\/\d{1,2}|\d{4}-\d{2}(?!\d))/u,
    /(?<ordinal>\d+)(?:st|nd|rd|th)(?![\p{L}\p{N}])/u,
    /(?<negative>(?<=^|\s)-(?=\d))?(?:(?<currency>[$€£¥₹])\s?)?(?<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:\s?(?<scale>k|mn|mio|m|bn|b|thousand|million|billion)(?![\p{L}\p{N}]))?(?<percent>\s?%)?/u,
    /(?<word>[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)?)/u,
    /(?<sign>>=|<=|<>|!=|[><=≥≤&+*/?!,;:()"“”%#@|-])/u,
  ]
    .map(r => r.source)
    .join('|'),
  'giu',
)

/** A question as tokens. Numbers, dates and ordinals are read; quotes, dashes and spaces of all kinds are one. */
export const tokenize = (text: string): Token[] => {
  const plain = text
    .normalize('NFKC')
    .replace(/[‘’´`]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?<![\p{L}\p{N}])w\/o(?![\p{L}\p{N}])/giu, 'not')
    .replace(/(?<![\p{L}\p{N}])'(\d\d)(?!\d)/gu, '20$1')
  return [...plain.matchAll(pattern)].flatMap(match => read(match)).flatMap(numberWord)
}

const read = (match: RegExpMatchArray): Token[] => {
  const g = match.groups ?? {}
  const start = match.index ?? 0
  const base = { text: match[0].trim(), lower: match[0].trim().toLowerCase(), start, end: start + match[0].length }
  if (g.date) return [{ ...base, kind: 'date' }]
  if (g.ordinal) return [{ ...base, kind: 'number', value: Number(g.ordinal), ordinal: true }]
  if (g.number) return [{ ...base, kind: 'number', ...numberOf(g) }]
  if (g.word) return word(base)
  return [{ ...base, kind: 'sign' }]
}

const numberOf = (g: Record<string, string | undefined>) => {
  const sign = g.negative ? -1 : 1
  const value = sign * Number((g.number ?? '').replaceAll(',', '')) * (scale[(g.scale ?? '').toLowerCase()] ?? 1)
  if (g.percent) return { value: value / 100, unit: '%' }
  return { value, unit: g.currency }
}

/** `state's` → `state`; `what's` → `what`, `is`; `don't` → `do`, `not`. */
const word = (base: Omit<Token, 'kind'>): Token[] => {
  const [stem, tail] = base.lower.split("'")
  if (!tail || !stem) return [{ ...base, kind: 'word' }]
  const first: Token = { ...base, lower: stem, kind: 'word' }
  if (base.lower.endsWith("n't"))
    return [
      { ...first, lower: stem.replace(/n$/, '') },
      { ...first, lower: 'not', start: base.end },
    ]
  return [first]
}

const numberWords: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  hundred: 100,
  dozen: 12,
}
const ordinalWords: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5 }

/** Number words keep their word form: "one" and "second" have other meanings that the grammar may prefer. */
const numberWord = (token: Token): Token[] => {
  if (token.kind !== 'word') return [token]
  const value = numberWords[token.lower]
  if (value !== undefined) return [{ ...token, value }]
  const ordinal = ordinalWords[token.lower]
  return [ordinal === undefined ? token : { ...token, value: ordinal, ordinal: true }]
}

/** The words of `n` tokens from here, in lower case, with single spaces; empty when there are fewer. */
export const wordsAt = (tokens: readonly Token[], from: number, n: number): string =>
  from + n > tokens.length
    ? ''
    : tokens
        .slice(from, from + n)
        .map(t => t.lower)
        .join(' ')

/** The words of the `n` tokens before a place, in lower case, with single spaces; fewer where the text begins. */
export const wordsBefore = (tokens: readonly Token[], at: number, n: number): string =>
  tokens
    .slice(Math.max(0, at - n), at)
    .map(t => t.lower)
    .join(' ')

/** "*how many different* people", "*number of* people". */
export const isAskedHowMany = (tokens: readonly Token[], at: number): boolean =>
  /\b(how many|number of)( different| distinct| unique)?$/.test(wordsBefore(tokens, at, 3))
