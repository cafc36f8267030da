import type { DialectName } from '#src/guard/outline.ts'

/** A table that is on no list, and a column that nobody may see, in the world of the fuzzer. */
export const vault = { table: 'vault', column: 'email' }

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A harmless statement with the vault, or the column, hidden somewhere in it: in place of a number, a table, a column, a whole part; then
 * some noise (comments, quotes, words lost, doubled and swapped) that may bring the parser and the guard apart.
 */
export const hide = (sql: string, dialect: DialectName, random: () => number): string => {
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const somewhere = (text: string, pattern: RegExp, other: () => string) => {
    const found = [...text.matchAll(pattern)]
    if (!found.length) return text
    const { index, 0: match } = one(found)
    return text.slice(0, index) + other() + text.slice(index + match.length)
  }
  const ways: ((text: string) => string)[] = [
    text => somewhere(text, /\b\d+\b/g, () => one(values(dialect))),
    text => somewhere(text, tableNames, () => one(tables(dialect))),
    text => somewhere(text, /(?<=\bSELECT (?:DISTINCT )?)(?=[a-z(])/gi, () => `${one(columns)}, `),
    text => somewhere(text, /\b(?:name|state|total|status|id)\b/g, () => one(columns)),
    text => somewhere(text, /\bFROM (?=\w)/g, () => `FROM ${one(tables(dialect))} v, `),
    text => somewhere(text, /\bWHERE /g, () => `WHERE EXISTS (SELECT 1 FROM ${one(tables(dialect))} v) AND `),
    text =>
      `${text} ${one(['UNION ALL', 'UNION', 'EXCEPT', 'INTERSECT'])} SELECT ${one(columns)} FROM ${one(tables(dialect))}`,
    text => `WITH ${one(['vault', 'customers', 'x', '"Vault"'])} AS (SELECT * FROM ${one(tables(dialect))}) ${text}`,
    text => somewhere(text, /\bORDER BY /g, () => `ORDER BY ${one([...values(dialect), ...columns])}, `),
  ]
  let text = one(ways)(sql)
  for (let n = random() * 2; n > 1; n -= 1) text = one(ways)(text)
  for (let n = random() * 5; n > 3; n -= 1) text = noisy(text, one)
  return text
}

const tableNames = /\b(?:customers|orders|products|order_items|messages|sessions)\b/g

const values = (dialect: DialectName) => [
  '(SELECT count(*) FROM vault)',
  '(SELECT length(max(word)) FROM vault)',
  '(WITH orders2 AS (SELECT * FROM vault) SELECT max(id) FROM orders2)',
  '(SELECT max(id) FROM (SELECT id FROM customers UNION SELECT id FROM vault) u)',
  '(SELECT length(max(email)) FROM customers)',
  "(SELECT count(*) FROM customers WHERE email LIKE 'c1%')",
  '(SELECT length(max(CAST(x AS text))) FROM (SELECT * FROM customers) x)',
  '(SELECT length(max(b)) FROM customers AS x(a, n, b))',
  '(SELECT count(DISTINCT customers) FROM customers)',
  '(SELECT length(CAST(max(c) AS text)) FROM customers c)',
  '(SELECT max(length(e)) FROM (SELECT c.email AS e FROM customers c) z)',
  ...(dialect === 'postgres'
    ? [
        '(SELECT max(length(c.to_jsonb::text)) FROM customers c)',
        '(SELECT max(length((c).email)) FROM customers c)',
        '(SELECT length(max(c::text)) FROM customers c)',
        '(SELECT length(max(j::text)) FROM (customers c JOIN orders o ON true) AS j)',
        '(SELECT max(length(c.quote_literal)) FROM customers c, (SELECT 1 AS quote_literal) q)',
        '(SELECT count(*) FROM customers NATURAL JOIN (SELECT 1 AS id) n)',
      ]
    : [
        "(SELECT max(length(c['email'])) FROM customers c)",
        '(SELECT max(length(struct_extract(c, 3))) FROM customers c)',
        '(SELECT max(length(#3)) FROM customers)',
        "(SELECT max(COLUMNS('e.*')) FROM customers)",
        '(SELECT length(max(c.email)) FROM customers c SEMI JOIN orders o ON o.customer_id = c.id)',
        '(FROM vault SELECT max(id))',
      ]),
]

const tables = (dialect: DialectName) => [
  ...[
    'vault',
    '"vault"',
    'VAULT',
    '(SELECT * FROM vault)',
    '(SELECT id, word AS name, word AS state FROM vault)',
    'customers',
  ],
  ...(dialect === 'postgres'
    ? ['public.vault', 'U&"v\\0061ult"', 'ONLY vault', '(TABLE vault)', '(VALUES ((SELECT max(word) FROM vault)))']
    : ['main.vault', 'shop.vault', 'shop.main.vault', '(FROM vault)', '(VALUES ((SELECT max(word) FROM vault)))']),
]

const columns = [
  'email',
  'c.email',
  'customers.email',
  '"email"',
  'customers',
  'c',
  'c.*',
  '*',
  'customers.*',
  'word',
  'v.word',
  'v',
]

const noisy = (text: string, one: <T>(items: readonly T[]) => T): string => {
  const words = text.split(/(?<=\W)|(?=\W)/)
  const at = one([...words.keys()])
  const word = words[at] ?? ''
  const other = one([
    '',
    `${word}${word}`,
    `/* ${word} */${word}`,
    `${word} -- ${word}\n`,
    `"${word}"`,
    `'${word}'`,
    word.toUpperCase(),
    `(${word})`,
    `${word}${words[at + 1] ?? ''}`,
    one(words),
  ])
  return words.with(at, other).join('')
}
