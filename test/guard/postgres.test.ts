import { describe, expect, it } from 'vitest'
import { isRefused } from '#src/guard/guard.ts'
import { postgresGuard as guard, postgresObjections as objections, readPostgres, shop } from './reading.ts'

describe('SQL that people and the compiler write is let through:', () => {
  it.each([
    ['counting', 'SELECT count(*) AS orders FROM orders'],
    ['a filtered aggregate', 'SELECT sum(amount) FILTER (WHERE status = $1 AND amount > $2) AS paid FROM orders'],
    [
      'time buckets and date arithmetic',
      `SELECT cast(date_trunc('month', "o"."day") AS date) AS "month", sum(amount) FROM orders o
       WHERE day >= DATE '2024-01-01' - INTERVAL '1 year' AND extract(isodow FROM day) < 6 GROUP BY 1 ORDER BY 1 NULLS LAST`,
    ],
    [
      'windows',
      `SELECT state, row_number() OVER (PARTITION BY state ORDER BY sum(amount) DESC) AS n,
              sum(sum(amount)) OVER w / nullif(sum(sum(amount)) OVER (), 0) AS share
       FROM orders GROUP BY state, day WINDOW w AS (ORDER BY day ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)`,
    ],
    [
      'quantiles',
      'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount), mode() WITHIN GROUP (ORDER BY state) FROM orders',
    ],
    [
      'zones and names of days',
      "SELECT timezone('Europe/Berlin', at), at AT TIME ZONE 'UTC', to_char(at, 'FMDay') FROM orders",
    ],
    [
      'a calendar',
      "SELECT g.day::date FROM generate_series($1::date, $2::date, INTERVAL '1 month') g(day) LEFT JOIN orders o ON o.day = g.day",
    ],
    [
      'a join beside each row',
      'SELECT o.id, l.qty FROM orders o LEFT JOIN LATERAL (SELECT qty FROM order_items i WHERE i.order_id = o.id LIMIT 1) l ON true',
    ],
    ['rolled-up totals', 'SELECT state, grouping(state), sum(amount) FROM orders GROUP BY ROLLUP (state), CUBE (day)'],
    ['the latest of each', 'SELECT DISTINCT ON (state) state, id FROM orders ORDER BY state, day DESC'],
    [
      'JSON',
      "SELECT j->>'a', j#>>'{b,c}', jsonb_array_length(j), e FROM orders, jsonb_array_elements(j) e WHERE j @> '{}'",
    ],
    [
      'texts',
      "SELECT trim(both ' ' FROM a) || substring(a FROM 2 FOR 3), overlay(a PLACING 'x' FROM 1), position('a' IN b), a ~* 'x+' FROM orders",
    ],
    ['lists', 'SELECT ARRAY[1, 2], (array_agg(id ORDER BY day))[1:2], id = ANY (ARRAY[1]), id IN (1, 2) FROM orders'],
    [
      'choices',
      "SELECT CASE WHEN a BETWEEN 1 AND 2 THEN 'x' ELSE coalesce(b, 'y') END, greatest(1, 2), a IS NOT DISTINCT FROM b, c IS TRUE FROM orders",
    ],
    ['sets', 'SELECT 1 UNION ALL (SELECT 2 ORDER BY 1 LIMIT 1) EXCEPT VALUES (3)'],
    [
      'types',
      "SELECT '1'::numeric(10, 2), 'x'::varchar(3), '{1}'::int[], '2024-01-01'::timestamptz(3), '1 day'::interval FROM orders",
    ],
    [
      'CTEs',
      'WITH a(n) AS (WITH b AS (SELECT 1 AS n) SELECT n FROM b), c AS NOT MATERIALIZED (SELECT * FROM a) SELECT (SELECT max(n) FROM c) FROM a',
    ],
  ])('%s', async (_what, sql) => {
    const sealed = await guard.seal(sql, shop)
    expect(sealed.text).toBe(sql)
  })
})

describe('what is no SELECT, or none that can be read', () => {
  it.each([
    ['', 'one-select: there are 0 statements; exactly one SELECT is read'],
    ['-- nothing', 'one-select: there are 0 statements; exactly one SELECT is read'],
    ['SELECT 1; SELECT 2', 'one-select: there are 2 statements; exactly one SELECT is read'],
    ['DROP TABLE orders', 'not-select: it is not a SELECT'],
    ['SELECT 1; DROP TABLE orders', 'not-select: it is not a SELECT'],
    ['EXPLAIN SELECT 1', 'not-select: it is not a SELECT'],
    ['SELECT 1 FROM', 'syntax: syntax error at end of input'],
    ["SELECT 'ä', FROM", 'syntax: syntax error at or near "FROM"'],
    ["SELECT 'open", 'syntax: unterminated quoted string at or near "\'open"'],
    [
      "SELECT '\\' , word FROM secret --'",
      "syntax: a backslash before a quote ends the text on one server and not on another; write chr(92) or ''",
    ],
  ])('%s', async (sql, message) => {
    expect(await objections(sql)).toEqual([message])
  })

  it('has a place in characters when the parser tells', async () => {
    expect(await guard.check("SELECT '😀ä',\n  FROM", shop)).toMatchObject([
      { line: 2, column: 3, position: 16, found: 'FROM' },
    ])
  })

  it.each([
    ['a sign 600 times', `SELECT ${'- '.repeat(600)}a`],
    ['a sign 5900 times', `SELECT ${'- '.repeat(5900)}a`],
    ['NOT 4900 times', `SELECT ${'NOT '.repeat(4900)}a`],
    ['a cast 1900 times', `SELECT a${'::int'.repeat(1900)}`],
    ['a sum of 2900', `SELECT 1${'+1'.repeat(2900)}`],
  ])('is refused when it is nested by %s', async (_what, sql) => {
    expect(await objections(sql)).toEqual(['syntax: the statement is too deeply nested'])
  })

  it('does no harm to what is read next', async () => {
    for (let i = 0; i < 30; i++) await objections(`SELECT ${'NOT '.repeat(4800 + i)}a`)
    expect(await objections('SELECT id FROM orders')).toEqual([])
  })
})

describe('parts of the language', () => {
  it.each([
    ['SELECT id INTO x FROM orders', 'INTO CLAUSE'],
    ['SELECT id FROM orders FOR UPDATE', 'LOCKING CLAUSE'],
    ['SELECT id FROM orders FOR KEY SHARE SKIP LOCKED', 'LOCKING CLAUSE'],
    ['WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x', 'DELETE STMT'],
    ['WITH RECURSIVE r AS (SELECT 1) SELECT * FROM r', 'RECURSIVE'],
    ['WITH r AS (SELECT 1) SEARCH DEPTH FIRST BY a SET b SELECT * FROM r', 'SEARCH CLAUSE'],
    ['SELECT * FROM orders TABLESAMPLE SYSTEM (10)', 'RANGE TABLE SAMPLE'],
    ['SELECT * FROM ONLY orders', 'ONLY'],
    ['SELECT * FROM orders NATURAL JOIN products', 'IS NATURAL'],
    ['SELECT * FROM (orders o JOIN products p ON o.id = p.id) AS j', 'ALIAS'],
    ['SELECT * FROM orders o JOIN products p USING (id) AS j', 'JOIN USING ALIAS'],
    ['SELECT name COLLATE "C" FROM orders', 'COLLATE CLAUSE'],
    ['SELECT (o).id FROM orders o', 'FIELD SELECTION'],
    ['SELECT (o).* FROM orders o', 'FIELD SELECTION'],
    ['SELECT concat(VARIADIC ARRAY[1]) FROM orders', 'FUNC VARIADIC'],
    ['SELECT * FROM unnest(ARRAY[1]) AS (a int)', 'COLDEFLIST'],
    ['SELECT xmlelement(name a)', 'XML EXPR'],
    ["SELECT * FROM xmltable('/a' PASSING '<a/>' COLUMNS b int)", 'RANGE TABLE FUNC'],
    ["SELECT * FROM json_table('[]', '$' COLUMNS (a int)) j", 'JSON TABLE'],
    ["SELECT json_object('a': 1)", 'JSON OBJECT CONSTRUCTOR'],
  ])('%s has a %s', async (sql, kind) => {
    expect(await objections(sql)).toContain(`node-kinds: ${kind} is not allowed`)
  })
})

describe('names of tables', () => {
  it.each([
    ['SELECT * FROM "Orders"', 'Orders'],
    ['SELECT * FROM public.orders', 'public.orders'],
    ['SELECT * FROM shop.public.orders', 'shop.public.orders'],
    ['SELECT * FROM U&"s\\0065cret"', 'secret'],
    ['SELECT * FROM pg_class', 'pg_class'],
    ['WITH secret AS (SELECT * FROM secret) SELECT * FROM secret', 'secret'],
    ['WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a', 'b'],
    ['SELECT * FROM (WITH b AS (SELECT 1) SELECT * FROM b) x, b', 'b'],
    ['WITH b AS (SELECT 1) SELECT * FROM public.b', 'public.b'],
    ['WITH "B" AS (SELECT 1) SELECT * FROM b', 'b'],
  ])('%s reaches for %s', async (sql, name) => {
    expect(await objections(sql)).toEqual([`tables: there is no table ${name} here`])
  })

  it('without quotes are in lower case, in a schema only when allowed there', async () => {
    expect(await objections('SELECT * FROM ORDERS')).toEqual([])
    expect(await objections('SELECT * FROM Sales.Orders', { tables: ['sales.orders'] })).toEqual([])
    expect(await objections('SELECT * FROM "Orders"', { tables: ['Orders'] })).toEqual([])
    expect(await objections('WITH "Orders" AS (SELECT 1) SELECT * FROM "Orders"')).toEqual([])
    expect(await objections('WITH orders AS (SELECT 1) SELECT 1')).toEqual([
      'cte-names: the CTE orders is called like a table',
    ])
  })
})

describe('functions and operators', () => {
  it.each([
    ["SELECT pg_read_file('/etc/passwd')", 'pg_read_file'],
    ["SELECT set_config('a.b', 'c', false)", 'set_config'],
    ['SELECT row_to_json(orders) FROM orders', 'row_to_json'],
    ['SELECT "SUM"(id) FROM orders', 'SUM'],
    ['SELECT generate_series(1, 10)', 'generate_series'],
    ['SELECT id @@ id FROM orders', '@@'],
    ['SELECT id <@> ANY (SELECT 1) FROM orders', '<@>'],
  ])('%s is refused', async (sql, name) => {
    expect(await objections(sql)).toContain(`functions: the function ${name}() is not allowed`)
  })

  it('may be of pg_catalog, and of no other schema', async () => {
    expect(await objections('SELECT pg_catalog.sum(id) FROM orders')).toEqual([])
    expect(await objections('SELECT public.sum(id) FROM orders')).toEqual([
      'functions: public.sum() has a schema; write sum()',
    ])
    expect(await objections('SELECT 1 OPERATOR(pg_catalog.+) 2')).toEqual([
      'functions: pg_catalog.+() has a schema; write +()',
    ])
  })

  it('stand where a table stands only when they give rows', async () => {
    expect(await objections('SELECT * FROM lower((SELECT max(state) FROM orders)) l')).toEqual([
      'functions: the function lower() is not allowed as a table',
    ])
    expect(await objections('SELECT * FROM coalesce(lower(state), 1) l')).toEqual([])
  })
})

describe('types', () => {
  it.each([
    ["SELECT 'secret'::regclass", 'regclass'],
    ["SELECT 'secret'::pg_catalog.regclass", 'regclass'],
    ["SELECT 'int4'::regtype::oid", 'regtype'],
    ['SELECT null::orders', 'orders'],
    ["SELECT '<a/>'::xml", 'xml'],
    ["SELECT 'a'::public.text", 'text'],
    ['SELECT CAST(ARRAY[1] AS oid[])', 'oid'],
    ['SELECT null::public.orders.id%TYPE', 'id'],
  ])('%s is refused', async (sql, type) => {
    const found = await objections(sql)
    expect(found.some(o => o === `types: the type ${type} is not allowed` || o.startsWith('syntax'))).toBe(true)
  })
})

describe('the clock and the session', () => {
  it.each([
    'current_date',
    'current_time',
    'current_time(3)',
    'current_timestamp',
    'localtime',
    'localtimestamp(0)',
    'current_user',
    'user',
    'session_user',
    'current_role',
    'current_catalog',
    'current_schema',
  ])('%s is refused', async word => {
    const plain = word.replace(/\(.*/, '').replace(/^user$/, 'user')
    expect(await objections(`SELECT ${word} FROM orders`)).toEqual([
      `session-words: ${plain} is not allowed; write a date, or the table before the column`,
    ])
  })

  it('as texts that mean the clock are refused too', async () => {
    expect(await objections("SELECT 'Now'::timestamp, date 'today', 'today 10:00'::timestamptz")).toEqual([
      "session-words: 'Now' means the clock; write a date",
      "session-words: 'today' means the clock; write a date",
      "session-words: 'today 10:00' means the clock; write a date",
    ])
    expect(await objections("SELECT 'today'::text, 'nowhere'")).toEqual([])
    expect(await objections('SELECT age(day), age(day, shipped) FROM orders')).toEqual([
      'session-words: age() of one date counts from today; give it two',
    ])
  })
})

describe('placeholders', () => {
  it('belong to the compiler', async () => {
    expect(await objections('SELECT $1, $2')).toEqual(
      Array(2).fill('params: placeholders have no value here; write the value'),
    )
  })
})

describe('columns that must not be seen', () => {
  const allowed = { tables: [{ name: 'customers', hidden: ['email'] }, 'orders'] }

  it.each([
    ['SELECT email FROM customers', 'the column email may not be used'],
    ['SELECT public.customers."email" FROM customers', 'the column email may not be used'],
    ['SELECT U&"\\0065mail" FROM customers', 'the column email may not be used'],
    ['SELECT id FROM customers JOIN orders USING (email)', 'the column email may not be used'],
    ['WITH x(email) AS (SELECT 1) SELECT id FROM customers, x', 'the column email may not be used'],
    ['SELECT a FROM customers AS x(a, b)', 'the columns of customers may not be renamed by position'],
    ['SELECT * FROM customers', '* would show columns that may not be seen; name the columns'],
    ['TABLE customers', '* would show columns that may not be seen; name the columns'],
    ['SELECT c.* FROM customers c', '* would show columns that may not be seen; name the columns'],
    ['SELECT count(c.*) FROM customers c', '* would show columns that may not be seen; name the columns'],
    ['SELECT (SELECT c.*) FROM customers c', '* would show columns that may not be seen; name the columns'],
    ['SELECT * FROM orders, customers c', '* would show columns that may not be seen; name the columns'],
    ['SELECT * FROM (SELECT * FROM customers) x', '* would show columns that may not be seen; name the columns'],
    ['SELECT customers FROM customers', 'whole rows of customers may not be used; name the columns'],
    ['SELECT count(c) FROM customers c', 'whole rows of c may not be used; name the columns'],
    ['SELECT id FROM customers c ORDER BY c', 'whole rows of c may not be used; name the columns'],
    ['SELECT c.to_jsonb FROM customers c', 'whole rows of c.to_jsonb may not be used; name the columns'],
    ['SELECT customers.max FROM customers', 'whole rows of customers.max may not be used; name the columns'],
    [
      'SELECT (SELECT c.row_to_json FROM (SELECT 1) x) FROM customers c',
      'whole rows of c.row_to_json may not be used; name the columns',
    ],
  ])('%s is refused', async (sql, message) => {
    expect(await objections(sql, allowed)).toContain(`hidden-columns: ${message}`)
  })

  it.each([
    'SELECT state, count(*) FROM customers GROUP BY state',
    'SELECT * FROM orders',
    'SELECT o.*, c.state FROM orders o JOIN customers c ON c.id = o.customer_id',
    'WITH m AS (SELECT state, count(*) AS n FROM customers GROUP BY 1) SELECT *, m.* FROM m',
    'SELECT * FROM (SELECT id FROM customers) x, orders',
    'SELECT s.count FROM (SELECT count(*) FROM customers) s',
  ])('%s is let through', async sql => {
    expect(await objections(sql, allowed)).toEqual([])
  })
})

describe('the row limit', () => {
  const text = async (sql: string, limit = 101) => {
    const verdict = await guard.check(sql, { ...shop, limit })
    return isRefused(verdict) ? verdict : verdict.text
  }

  it.each([
    ['SELECT id FROM orders', 'SELECT id FROM orders\nLIMIT 101'],
    ['SELECT id FROM orders OFFSET 5', 'SELECT id FROM orders OFFSET 5\nLIMIT 101'],
    ['(SELECT 1 LIMIT 7) UNION SELECT 2', '(SELECT 1 LIMIT 7) UNION SELECT 2\nLIMIT 101'],
    ['SELECT id FROM orders LIMIT 5', 'SELECT id FROM orders LIMIT 5'],
    ['SELECT id FROM orders LIMIT 0', 'SELECT id FROM orders LIMIT 0'],
    ['SELECT id FROM orders FETCH FIRST ROW ONLY', 'SELECT id FROM orders FETCH FIRST ROW ONLY'],
    ["SELECT 'ä' LIMIT 500 OFFSET 1", "SELECT 'ä' LIMIT 101 OFFSET 1"],
    ['SELECT id FROM orders LIMIT ALL', 'SELECT id FROM orders LIMIT 101'],
    ['SELECT id FROM orders LIMIT NULL', 'SELECT id FROM orders LIMIT 101'],
    ['SELECT id FROM orders FETCH FIRST 5000 ROWS ONLY', 'SELECT id FROM orders FETCH FIRST 101 ROWS ONLY'],
    ['SELECT id FROM orders LIMIT 1e9', 'SELECT id FROM orders LIMIT 1e9'],
    ['SELECT id FROM orders LIMIT 10 * 1000', 'SELECT id FROM orders LIMIT 10 * 1000'],
    ['SELECT id FROM orders LIMIT (SELECT 5)', 'SELECT id FROM orders LIMIT (SELECT 5)'],
  ])('%s becomes %s', async (sql, limited) => {
    expect(await text(sql)).toBe(limited)
  })
})

describe('reading', () => {
  it('keeps the place of every name', async () => {
    expect(await readPostgres('SELECT o.id FROM orders o')).toMatchObject({
      columns: [{ path: ['o', 'id'], at: 7 }],
      tables: [{ name: 'orders', alias: 'o', at: 17 }],
    })
  })
})
