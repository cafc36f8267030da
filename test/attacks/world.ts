import type { DialectName } from '#src/guard/outline.ts'
import type { Allowed } from '#src/guard/rule.ts'

/** A word that no allowed table holds: whoever sees it has seen what is not theirs. */
export const secretWord = 'abracadabra'

/** The numbers from 1 as `i`, as INTEGER in both. */
const numbers = (to: number) => `(SELECT CAST(n AS integer) AS i FROM generate_series(1, ${to}) g(n)) x`

/** Tables for the harmless questions: a shop and a support desk. The same rows in both engines. */
export const harmlessTables = (dialect: DialectName): string[] => [
  `CREATE TABLE customers AS SELECT i AS id, 'Customer ' || i AS name, 'c' || i || '@example.com' AS email, (ARRAY['CA', 'TX', 'NY', 'WA', 'FL'])[1 + i % 5] AS state,
     (ARRAY['Austin', 'Boston', 'Denver'])[1 + i % 3] AS city, (ARRAY['b2b', 'b2c', 'edu'])[1 + i % 3] AS segment, DATE '2022-06-01' + (i * 3) % 400 AS signed_on, 1950 + (i * 7) % 55 AS birth_year
   FROM ${numbers(120)}`,
  `CREATE TABLE products AS SELECT i AS id, (ARRAY['Pen ', 'Lamp ', 'Desk ', 'Sofa '])[1 + i % 4] || i AS name, (ARRAY['Paper', 'Home', 'Home', 'Living'])[1 + i % 4] AS category,
     (ARRAY['Acme', 'Bolt'])[1 + i % 2] AS brand, CAST(3 + (i * 17) % 90 AS numeric(10, 2)) AS price, CAST(1 + (i * 11) % 40 AS numeric(10, 2)) AS cost
   FROM ${numbers(40)}`,
  `CREATE TABLE orders AS SELECT i AS id, 1 + (i * 13) % 110 AS customer_id, TIMESTAMP '2023-01-01' + INTERVAL '19 hours' * i AS ordered_at,
     CASE WHEN i % 6 = 0 THEN NULL ELSE DATE '2023-01-03' + (i * 19) / 24 END AS shipped_on, (ARRAY['done', 'done', 'done', 'cancelled', 'returned'])[1 + i % 5] AS status,
     (ARRAY['web', 'app', 'store'])[1 + i % 3] AS channel, (ARRAY['credit_card', 'paypal'])[1 + i % 2] AS payment, CAST(5 + (i * 37) % 195 AS numeric(10, 2)) AS total
   FROM ${numbers(600)}`.replace('(i * 19) / 24', dialect === 'duckdb' ? '(i * 19) // 24' : '(i * 19) / 24'),
  `CREATE TABLE order_items AS SELECT 1 + (i * 7) % 590 AS order_id, 1 + i % 3 AS line_no, 1 + (i * 11) % 38 AS product_id, 1 + i % 4 AS quantity, CAST(4 + (i * 29) % 120 AS numeric(10, 2)) AS amount
   FROM ${numbers(1500)}`,
  `CREATE TABLE sessions AS SELECT i AS id, 1 + i % 90 AS user_id, TIMESTAMP '2023-01-01' + INTERVAL '47 minutes' * i AS started_at, TIMESTAMP '2023-01-01' + INTERVAL '47 minutes' * i + INTERVAL '1 minute' * (i % 25) AS ended_at
   FROM ${numbers(400)}`,
  `CREATE TABLE messages AS SELECT i AS id, (ARRAY['acme', 'globex'])[1 + i % 2] AS tenant, 1 + (i * 7) % 90 AS user_id, 1 + i % 400 AS session_id, TIMESTAMP '2023-01-01' + INTERVAL '23 minutes' * i AS sent_at,
     (ARRAY['greeting', 'order_status', 'refund', 'handover'])[1 + i % 4] AS intent, (ARRAY['chat', 'mail'])[1 + i % 2] AS channel, 20 + (i * 53) % 900 AS latency_ms,
     i % 3 = 0 AS resolved, CASE WHEN i % 4 = 0 THEN 1 + i % 5 END AS rating, 'hello, order ' || i % 50 || ' please' AS body,
     CAST('{"device":"' || (ARRAY['ios', 'web'])[1 + i % 2] || '","tries":' || i % 4 || '}' AS ${dialect === 'duckdb' ? 'JSON' : 'jsonb'}) AS payload
   FROM ${numbers(1200)}`,
]

export const harmlessAllowed: Allowed = {
  tables: [
    {
      name: 'customers',
      columns: ['id', 'name', 'state', 'city', 'segment', 'signed_on', 'birth_year'],
      hidden: ['email'],
      rows: 120,
    },
    { name: 'products', rows: 40 },
    { name: 'orders', rows: 600, time: 'ordered_at' },
    { name: 'order_items', rows: 1500 },
    { name: 'sessions', rows: 400, time: 'started_at' },
    { name: 'messages', rows: 5_000_000, time: 'sent_at' },
  ],
  limit: 10_001,
}

/** What the attacks are after: a table that is not on the list, and a column (`note`) that is hidden in some of them. */
export const attackedTables = [
  "CREATE TABLE orders AS SELECT i AS id, 'note ' || i AS note FROM generate_series(1, 8) g(i)",
  `CREATE TABLE secret AS SELECT 1 AS id, '${secretWord}' AS word`,
]
