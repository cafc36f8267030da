import { describe, expect, it } from 'vitest'
import { objections, postgresObjections, shop } from './reading.ts'

describe('size', () => {
  it('is 20,000 characters for a model and 200,000 for the compiler', async () => {
    const long = (length: number) => `SELECT '${'x'.repeat(length - 9)}'`
    expect(await objections(long(20_000))).toEqual([])
    expect(await objections(long(20_001))).toEqual(['size: the SQL has 20001 characters; 20000 is the most'])
    expect(await objections(long(200_000), { ...shop, params: 'compiled' })).toEqual([])
    expect(await objections(long(200_001), { ...shop, params: 'compiled' })).toHaveLength(1)
  })

  it('is 120 brackets deep, of any kind', async () => {
    const deep = (depth: number) => `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`
    expect(await objections(deep(120))).toEqual([])
    expect(await objections(deep(121))).toEqual(['size: brackets are nested 121 deep; 120 is the most'])
    expect(await objections(`SELECT ${'['.repeat(121)}1${']'.repeat(121)}`)).toHaveLength(1)
  })
})

describe('size in words and signs', () => {
  it('is 6,000 for a model and 60,000 for the compiler', async () => {
    const list = (n: number) => `SELECT 1${',1'.repeat(n)}`
    expect(await objections(list(2999))).toEqual([])
    expect(await objections(list(3000))).toEqual(['size: the SQL has 6002 words and signs; 6000 is the most'])
    expect(await objections(list(30_000), { ...shop, params: 'compiled' })).toEqual([
      'size: the SQL has 60002 words and signs; 60000 is the most',
    ])
  })
})

describe('characters', () => {
  it.each([
    ['a zero byte', '\0', '0000'],
    ['a vertical tab', '\v', '000B'],
    ['a zero-width space', '\u200b', '200B'],
    ['a change of direction', '\u202e', '202E'],
    ['a byte order mark', '\ufeff', 'FEFF'],
    ['a no-break space', '\u00a0', '00A0'],
    ['a line separator', '\u2028', '2028'],
    ['half a character', '\ud800', 'D800'],
    ['a private one', '\ue000', 'E000'],
  ])('%s may not stand in SQL of a model', async (_what, character, code) => {
    expect(await objections(`SELECT 1${character} FROM orders`)).toEqual([
      `characters: the character U+${code} may not stand in SQL`,
    ])
  })

  it('may be any visible ones, tabs and new lines', async () => {
    expect(await objections("SELECT\t'äß 東京 😀 “x”'\r\nFROM orders")).toEqual([])
  })

  it('of the compiler may be invisible (a column may be called so), but not control characters', async () => {
    const compiled = { ...shop, params: 'compiled' } as const
    expect(await objections('SELECT "\ufeffid" FROM orders', compiled)).toEqual([])
    expect(await objections('SELECT "\0id" FROM orders', compiled)).toHaveLength(1)
  })
})

describe('one-select', () => {
  it.each([
    ['', 0],
    [' ; ', 0],
    ['-- nothing', 0],
    ['SELECT 1; SELECT 2', 2],
    ['SELECT 1; SELECT 2; SELECT 3', 3],
  ])('%s is refused', async (sql, n) => {
    expect(await objections(sql)).toEqual([`one-select: there are ${n} statements; exactly one SELECT is read`])
  })

  it('takes 60 SELECTs and 60 tables', async () => {
    const union = (n: number) => Array(n).fill('SELECT 1').join(' UNION ALL ')
    expect(await objections(union(60))).toEqual([])
    expect(await objections(union(61))).toEqual(['one-select: there are 61 SELECTs; 60 is the most'])
    const unbound = { ...shop, budget: Number.POSITIVE_INFINITY }
    const from = (n: number) => `SELECT 1 FROM ${Array.from({ length: n }, (_, i) => `orders o${i}`).join(', ')}`
    expect(await objections(from(60), unbound)).toEqual([])
    expect(await objections(from(61), unbound)).toEqual(['one-select: tables are named 61 times; 60 is the most'])
  })
})

describe('not-select and syntax', () => {
  it.each([
    ['DROP TABLE orders', 'not-select: it is not a SELECT'],
    ['INSERT INTO orders VALUES (1)', 'not-select: it is not a SELECT'],
    ['EXPLAIN SELECT 1', 'not-select: it is not a SELECT'],
    ['PIVOT orders ON state USING sum(amount)', 'not-select: it is not a SELECT'],
    ['SELEC 1', 'syntax: syntax error at or near "SELEC"'],
    ['SELECT $a, ?', 'syntax: Mixing named and positional parameters is not supported yet'],
    ['SELECT 1 INTO x', 'syntax: SELECT INTO not supported!'],
    ["SELECT 'open", 'syntax: unterminated quoted string at or near "\'open"'],
  ])('%s', async (sql, message) => {
    expect(await objections(sql)).toEqual([message])
  })
})

describe('node-kinds', () => {
  it.each([
    ['WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r', 'RECURSIVE CTE NODE'],
    ['SHOW TABLES', 'SHOW REF'],
    ['DESCRIBE orders', 'SHOW REF'],
    ['SUMMARIZE orders', 'SHOW REF'],
    ["SELECT * FROM orders PIVOT (sum(amount) FOR state IN ('TX'))", 'PIVOT'],
    ['SELECT * FROM orders TABLESAMPLE 10%', 'SAMPLE'],
    ['SELECT * FROM orders USING SAMPLE 5', 'SAMPLE'],
    ['SELECT * FROM orders AT (VERSION => 3)', 'AT'],
    ['SELECT * FROM orders LIMIT 10%', 'LIMIT PERCENT MODIFIER'],
    ['SELECT * FROM orders NATURAL JOIN products', 'NATURAL JOIN'],
    ['SELECT * FROM orders POSITIONAL JOIN products', 'POSITIONAL JOIN'],
    ['SELECT #1 FROM orders', 'POSITIONAL REFERENCE'],
    ["SELECT COLUMNS('a.*') FROM orders", 'COLUMNS'],
    ['SELECT name COLLATE nocase FROM orders', 'COLLATE'],
  ])('%s has a %s', async (sql, kind) => {
    expect(await objections(sql)).toContain(`node-kinds: ${kind} is not allowed`)
  })
})

describe('tables', () => {
  it.each([
    ['SELECT * FROM customers', 'customers'],
    ['SELECT * FROM main.orders', 'main.orders'],
    ['SELECT * FROM shop.main.orders', 'shop.main.orders'],
    ['SELECT * FROM information_schema.tables', 'information_schema.tables'],
    ['SELECT (SELECT max(id) FROM secret) FROM orders', 'secret'],
    ['SELECT * FROM orders WHERE id IN (SELECT id FROM secret)', 'secret'],
    ['SELECT 1 UNION SELECT id FROM secret', 'secret'],
    ['SELECT * FROM orders ORDER BY (SELECT id FROM secret)', 'secret'],
    ['SELECT * FROM orders LIMIT (SELECT id FROM secret)', 'secret'],
    ['SELECT sum(id) OVER (ORDER BY (SELECT id FROM secret)) FROM orders', 'secret'],
    ['SELECT * FROM unnest((SELECT list(id) FROM secret))', 'secret'],
    ['TABLE secret', 'secret'],
    ["SELECT * FROM 'data.csv'", 'data.csv'],
    ['SELECT * FROM "https://x.example/a.parquet"', 'https://x.example/a.parquet'],
    // The Kelvin sign lower-cases to k in JavaScript, and stays what it is in DuckDB.
    ['SELECT * FROM boo\u212as', 'boo\u212as'],
  ])('%s reaches for %s', async (sql, name) => {
    expect(await objections(sql, { tables: ['orders', 'books'] })).toEqual([`tables: there is no table ${name} here`])
  })

  it('may be in a schema when they are allowed there', async () => {
    expect(await objections('SELECT * FROM Sales.Orders', { tables: ['sales.orders'] })).toEqual([])
    expect(await objections('SELECT * FROM orders', { tables: ['sales.orders'] })).toHaveLength(1)
    expect(await objections('SELECT * FROM x.sales.orders', { tables: ['sales.orders'] })).toHaveLength(1)
  })
})

describe('CTEs and tables', () => {
  it('are told apart by where a name stands', async () => {
    expect(await objections('WITH secret AS (SELECT 1 AS n) SELECT * FROM secret, SECRET s')).toEqual([])
    expect(await objections('WITH secret AS (SELECT * FROM secret) SELECT * FROM secret')).toEqual([
      'tables: there is no table secret here',
    ])
    expect(await objections('WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a')).toHaveLength(1)
    expect(await objections('SELECT * FROM (WITH b AS (SELECT 1) SELECT * FROM b), b')).toHaveLength(1)
    expect(await objections('WITH b AS (SELECT 1) SELECT * FROM main.b')).toHaveLength(1)
    expect(
      await objections('WITH b AS (SELECT 1 AS n) SELECT (SELECT max(n) FROM b) FROM orders UNION SELECT n FROM b'),
    ).toEqual([])
  })

  it('may not share a name', async () => {
    expect(await objections('WITH ORDERS AS (SELECT 1) SELECT * FROM orders')).toEqual([
      'cte-names: the CTE ORDERS is called like a table',
    ])
  })
})

describe('functions', () => {
  it.each([
    ["SELECT read_text('/etc/passwd')", 'read_text', ''],
    ["SELECT getenv('HOME')", 'getenv', ''],
    ["SELECT current_setting('temp_directory')", 'current_setting', ''],
    ['SELECT now()', 'now', ''],
    ['SELECT random() OVER ()', 'random', ''],
    ["SELECT repeat('x', 1000000000)", 'repeat', ''],
    ['SELECT range(1000000000)', 'range', ''],
    ['SELECT list_transform([1], lambda x: x + 1)', 'list_transform', ''],
    ["SELECT * FROM read_csv('a.csv')", 'read_csv', ' as a table'],
    ["SELECT * FROM query('SELECT 1')", 'query', ' as a table'],
    ['SELECT * FROM sum(1)', 'sum', ' as a table'],
    ['SELECT * FROM duckdb_settings()', 'duckdb_settings', ' as a table'],
  ])('%s is refused', async (sql, name, where) => {
    expect(await objections(sql)).toEqual([`functions: the function ${name}() is not allowed${where}`])
  })

  it('may not have a schema, which may as well be a column', async () => {
    expect(await objections('SELECT name.upper() FROM orders')).toEqual([
      'functions: name.upper() has a schema; write upper()',
    ])
    expect(await objections('SELECT system.main.sum(1)')).toHaveLength(1)
  })

  it('of a list comprehension are refused', async () => {
    expect((await objections('SELECT [x + 1 FOR x IN [1, 2]]')).every(o => o.startsWith('functions: '))).toBe(true)
    expect(await objections('SELECT [x + 1 FOR x IN [1, 2]]')).not.toEqual([])
  })
})

describe('series', () => {
  it.each([
    ['range(1000001)', 1_000_001],
    ['range(-5, 1000000)', 1_000_005],
    ['generate_series(0, 3000000, 2)', 1_500_000],
    ['generate_series(0, 10, 0)', Number.POSITIVE_INFINITY],
    ["generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-02-01', INTERVAL 1 SECOND)", 2_678_400],
    [
      "generate_series('2024-01-01'::TIMESTAMP, '2024-02-01 00:00:00'::TIMESTAMP, INTERVAL '500 milliseconds')",
      5_356_800,
    ],
    ["range(DATE '0001-01-01', DATE '9999-01-01', INTERVAL 1 DAY)", 3_651_694],
  ])('%s is too long', async (series, length) => {
    expect(await objections(`SELECT * FROM ${series}`)).toEqual([
      `series: a series of ${length} rows is too long; 1000000 is the most`,
    ])
  })
})

describe('a series that is short or unknown', () => {
  it.each([
    "generate_series(DATE '2024-01-01', DATE '2024-12-31', INTERVAL '1 day')",
    "generate_series(DATE '2024-01-01', DATE '2024-12-31', INTERVAL 6 MONTHS)",
    'range(id, id + 5)',
    "generate_series('soon'::DATE, DATE '2024-12-31', INTERVAL 1 DAY)",
    "generate_series(DATE '2024-01-01', DATE '2024-12-31', '1 day 2 hours'::INTERVAL)",
    'unnest([1, 2])',
  ])('%s is left to the engine', async series => {
    expect(await objections(`SELECT * FROM orders, ${series}`)).toEqual([])
  })
})

describe('lengths', () => {
  it.each([
    ["lpad(name, 1001, 'x')", 'lpad() needs a length of at most 1000 that is written as a number'],
    ['rpad(name, id)', 'rpad() needs a length of at most 1000 that is written as a number'],
    ["LPAD('x', 500 + 600, 'y')", 'lpad() needs a length of at most 1000 that is written as a number'],
    ["replace(name, 'x', name)", 'replace() needs a replacement that is written as a text'],
    [`replace(name, 'x', '${'y'.repeat(1001)}')`, 'texts may become 1001 times as long by replacing; 1000 is the most'],
    [
      `replace(replace(name, 'x', '${'x'.repeat(40)}'), 'x', '${'x'.repeat(40)}')`,
      'texts may become 1600 times as long by replacing; 1000 is the most',
    ],
    [
      `regexp_replace(name, '....', '${'y'.repeat(1001)}')`,
      'texts may become 1001 times as long by replacing; 1000 is the most',
    ],
    [
      'name AS a, a||a||a||a AS b, b||b||b||b AS c, c||c||c||c AS d, d||d||d||d AS e, e||e||e||e AS f, f||f||f||f AS g, g||g||g||g AS h',
      'texts may become 16384 times as long by joining; 10000 is the most',
    ],
    ["replace(replace(name, 'x', id), 'y', id)", 'replace() needs a replacement that is written as a text'],
  ])('%s is refused', async (call, message) => {
    expect(await objections(`SELECT ${call} FROM orders`)).toContain(`lengths: ${message}`)
  })

  it.each([
    "lpad(month::VARCHAR, 2, '0')",
    'rpad(name, 1000)',
    `replace(replace(name, ' & ', ' and '), '.', '')`,
    `replace(name, '${'x'.repeat(10)}', '${'y'.repeat(9000)}')`,
    "regexp_replace(name, '[^0-9]', '', 'g')",
    "a || ' ' || b || ' ' || c || ' ' || d AS x, concat_ws(', ', e, f, g, h, i, j, k) AS y, [l, m, n, o]",
  ])('%s is let through', async call => {
    expect(await objections(`SELECT ${call} FROM orders`)).toEqual([])
  })
})

describe('texts joined in one SELECT after the other', () => {
  it('may become 10,000 times as long', async () => {
    const inner = "SELECT s || upper(s) || lower(s) || s || '-' || s AS s FROM orders"
    const lists = `SELECT [s${', s'.repeat(19)}] AS s FROM (SELECT concat(s${', s'.repeat(9)}) AS s FROM (${inner}) x) y`
    expect(await objections(`SELECT ${'s||'.repeat(9)}s FROM (${lists}) z`)).toEqual([])
    expect(await objections(`SELECT ${'s||'.repeat(10)}s FROM (${lists}) z`)).toEqual([
      'lengths: texts may become 11000 times as long by joining; 10000 is the most',
    ])
    const arrays = lists.replace('[', 'array_cat(').replace(']', ')')
    expect(await postgresObjections(`SELECT ${'s||'.repeat(10)}s FROM (${arrays}) z`)).toEqual([
      'lengths: texts may become 11000 times as long by joining; 10000 is the most',
    ])
  })

  it('are counted by the longest of those beside each other', async () => {
    const sql = `SELECT ${'x || '.repeat(9)} y, y || y FROM (SELECT a || ' ' || b || c AS x, d || e AS y FROM orders) z`
    expect(await objections(sql)).toEqual([])
    expect(await postgresObjections(sql)).toEqual([])
  })
})

describe('names', () => {
  it.each([
    [`SELECT 1 AS ${'a'.repeat(64)}`, `the name ${'a'.repeat(20)}… is longer than 63 bytes`],
    [`SELECT 1 AS "${'ä'.repeat(32)}"`, `the name ${'ä'.repeat(20)}… is longer than 63 bytes`],
    ['WITH pg_class AS (SELECT 1) SELECT 1', 'the CTE pg_class is called like a part of the catalog'],
    ['WITH DuckDB_tables AS (SELECT 1) SELECT 1', 'the CTE DuckDB_tables is called like a part of the catalog'],
    [
      'WITH "information_schema.tables" AS (SELECT 1) SELECT 1',
      'the CTE information_schema.tables is called like a part of the catalog',
    ],
  ])('%s is refused', async (sql, message) => {
    expect(await objections(sql)).toEqual([`names: ${message}`])
  })

  it.each([
    ['an alias', 'SELECT 1 AS U&"re\\200bvenue"'],
    ['a direction', 'SELECT 1 AS U&"\\202e"'],
    ['a column of a CTE', 'WITH x(U&"\\00ad") AS (SELECT 1) SELECT 1'],
  ])('with what cannot be seen, written by number, are refused in PostgreSQL: %s', async (_what, sql) => {
    expect(await postgresObjections(sql)).toEqual(['names: a name holds a character that cannot be seen'])
  })

  it('may be anything for the compiler, whose names come from the model', async () => {
    expect(await objections(`SELECT 1 AS ${'a'.repeat(64)}`, { ...shop, params: 'compiled' })).toEqual([])
  })
})

describe('types', () => {
  it.each([
    ["SELECT 'a'::my_type", 'MY_TYPE'],
    ['SELECT CAST(1 AS main."json")', 'JSON'],
    ["SELECT 'a'::ENUM ('a')", 'ENUM'],
    ["SELECT 'x'::BLOB, 'y'::BLOB", 'BLOB'],
    ["SELECT '{}'::STRUCT(a INTEGER)", 'STRUCT'],
  ])('%s is refused', async (sql, type) => {
    expect(await objections(sql)).toContain(`types: the type ${type} is not allowed`)
  })
})

describe('session-words', () => {
  it.each(['current_date', 'CURRENT_USER', '"user"', 'localtimestamp'])('%s is refused', async word => {
    const plain = word.replaceAll('"', '')
    expect(await objections(`SELECT ${word} FROM orders`)).toEqual([
      `session-words: ${plain} is not allowed; write a date, or the table before the column`,
    ])
  })

  it('are columns behind the name of a table', async () => {
    expect(await objections('SELECT o.user, o.current_date FROM orders o')).toEqual([])
  })

  it('also mean age() of one date', async () => {
    expect(await objections('SELECT age(day), age(day, day) FROM orders')).toEqual([
      'session-words: age() of one date counts from today; give it two',
    ])
  })
})

describe('params', () => {
  it.each(['SELECT $1', 'SELECT ?', 'SELECT $name', 'SELECT 1 LIMIT $1'])('%s is refused', async sql => {
    expect(await objections(sql)).toEqual(['params: placeholders have no value here; write the value'])
    expect(await objections(sql, { ...shop, params: 'compiled' })).toEqual([])
  })
})

describe('hidden-columns', () => {
  const allowed = { tables: [{ name: 'customers', hidden: ['email', 'phone'] }, 'orders'] }

  it.each([
    ['SELECT email FROM customers', 'the column email may not be used'],
    ['SELECT c."EMAIL" FROM customers c', 'the column EMAIL may not be used'],
    ["SELECT id FROM customers WHERE phone LIKE '1%'", 'the column phone may not be used'],
    ['SELECT count(*) FROM customers ORDER BY max(email)', 'the column email may not be used'],
    ['SELECT * FROM customers', '* would show columns that may not be seen; name the columns'],
    ['SELECT c.* FROM customers c', '* would show columns that may not be seen; name the columns'],
    ['SELECT id FROM customers ORDER BY ALL', '* would show columns that may not be seen; name the columns'],
    [
      'SELECT * FROM (customers c JOIN orders o ON c.id = o.id) j',
      '* would show columns that may not be seen; name the columns',
    ],
    ['SELECT (SELECT c.*) FROM customers c', '* would show columns that may not be seen; name the columns'],
    ['TABLE customers', '* would show columns that may not be seen; name the columns'],
    ['SELECT customers FROM customers', 'whole rows of customers may not be used; name the columns'],
    ['SELECT c FROM customers c', 'whole rows of c may not be used; name the columns'],
    ['SELECT count(main.C) FROM customers c', 'whole rows of main.C may not be used; name the columns'],
    ['SELECT a FROM customers AS x(a, b, d)', 'the columns of customers may not be renamed by position'],
    ['SELECT id FROM customers JOIN orders USING (email)', 'the column email may not be used'],
    ["SELECT id FROM customers JOIN (SELECT 'a' AS email) USING (id)", 'the column email may not be used'],
    ['WITH x(email) AS (SELECT 1) SELECT id FROM customers, x', 'the column email may not be used'],
  ])('%s is refused', async (sql, message) => {
    expect(await objections(sql, allowed)).toContain(`hidden-columns: ${message}`)
  })

  it('leave everything else alone', async () => {
    expect(await objections('SELECT c.state, count(*) FROM customers c GROUP BY 1', allowed)).toEqual([])
    expect(await objections('SELECT *, email FROM orders', allowed)).toEqual([])
    expect(await objections('WITH customers2 AS (SELECT 1 AS n) SELECT * FROM customers2', allowed)).toEqual([])
    expect(
      await objections('SELECT * FROM (SELECT state, count(*) AS n FROM customers GROUP BY 1) x', allowed),
    ).toEqual([])
    expect(await objections('SELECT o.*, state FROM customers c JOIN orders o ON o.id = c.id', allowed)).toEqual([])
    expect(
      await objections('SELECT state FROM customers UNION SELECT state FROM orders ORDER BY ALL', allowed),
    ).toEqual([])
    expect(await objections('SELECT * FROM customers', { tables: [{ name: 'customers', hidden: [] }] })).toEqual([])
  })
})
