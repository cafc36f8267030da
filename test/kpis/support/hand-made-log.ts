/**
 * Two small logs in which every KPI was worked out by hand. Days are those of Europe/Berlin: UTC+1 until 26 March 2023 01:00 UTC, when clocks go
 * from 02:00 to 03:00, then UTC+2. The range asked for is 24–27 March: 2023-03-23T23:00Z up to, not including, 2023-03-27T22:00Z.
 */
export const zone = 'Europe/Berlin'
export const range = { start_date: '2023-03-24', end_date: '2023-03-27' }

type Logged = [
  id: number,
  time: string,
  user: string | null,
  session: string | null,
  category: string | null,
  feedback: 'positive' | 'negative' | null,
  input: string | null,
  environment?: string,
]

/**
 * 32 rows, 30 of them in the range (7 is a second too early, 11 begins the day after).
 *
 * Sessions (20), their seconds, category and feedback:
 *   A u1  330    Orders 2 : Pricing 1 → Orders           negative and positive; on the 24th and on the 25th
 *   B u1  0      Product catalog
 *   C u1  120    Compatible parts                         negative; two minutes, although clocks say 01:59 and 03:01
 *   D u2  10     Tutorial videos (7 is outside)
 *   E u2  0      General conversation (11 is outside, with its negative feedback)
 *   F u3  180    Product manuals 2 : Invoice 2 → the one that came first, Product manuals; positive
 *   G u4  20.5   Out of scope; 16 has no user, 17 no category
 *   H –   0      Orders                                   negative; nobody is known
 *   I u6  1      none: 20 has no category, 21 one that there is not
 *   J u6  0      Orders, in staging
 *   P1–P10 u7  0 Pricing / inventory
 * Row 19 has a user (u5), a category and positive feedback, but no session: it counts in none.
 */
export const pool: readonly Logged[] = [
  [1, '2023-03-24T22:59:00Z', 'u1', 'A', 'Orders', null, 'Where is my order?'],
  [2, '2023-03-24T23:01:00Z', 'u1', 'A', 'Orders', 'negative', 'where is my order?'],
  [3, '2023-03-24T23:04:30Z', 'u1', 'A', 'Pricing / inventory', 'positive', 'price of 340039'],
  [4, '2023-03-25T09:00:00Z', 'u1', 'B', 'Product catalog', null, 'best pump? mail  jo@example.com'],
  [5, '2023-03-26T00:59:00Z', 'u1', 'C', 'Compatible parts', null, 'DE filter assembly'],
  [6, '2023-03-26T01:01:00Z', 'u1', 'C', 'Compatible parts', 'negative', 'DE filter assembly'],
  [7, '2023-03-23T22:59:59Z', 'u2', 'D', 'Nearest branch', null, 'branch'],
  [8, '2023-03-23T23:00:00Z', 'u2', 'D', 'Tutorial videos', null, 'video'],
  [9, '2023-03-23T23:00:10Z', 'u2', 'D', 'Tutorial videos', null, 'another video'],
  [10, '2023-03-27T21:59:59Z', 'u2', 'E', 'General conversation', null, 'hello'],
  [11, '2023-03-27T22:00:00Z', 'u2', 'E', 'Out of scope', 'negative', 'weather'],
  [12, '2023-03-25T10:00:00Z', 'u3', 'F', 'Product manuals', null, 'o-ring for the filter'],
  [13, '2023-03-25T10:01:00Z', 'u3', 'F', 'Invoice / payment', null, 'invoice'],
  [14, '2023-03-25T10:02:00Z', 'u3', 'F', 'Invoice / payment', null, 'invoice'],
  [15, '2023-03-25T10:03:00Z', 'u3', 'F', 'Product manuals', 'positive', 'o-ring for the filter'],
  [16, '2023-03-25T11:00:00Z', null, 'G', 'Out of scope', null, 'joke'],
  [17, '2023-03-25T11:00:20.500Z', 'u4', 'G', null, null, 'another joke'],
  [18, '2023-03-25T12:00:00Z', null, 'H', 'Orders', 'negative', ''],
  [19, '2023-03-25T12:30:00Z', 'u5', null, 'Pricing / inventory', 'positive', 'price of 340039'],
  [20, '2023-03-24T08:00:00Z', 'u6', 'I', null, null, 'hello'],
  [21, '2023-03-24T08:00:01Z', 'u6', 'I', 'Weather', null, null],
  [22, '2023-03-24T09:00:00Z', 'u6', 'J', 'Orders', null, 'hello', 'staging'],
  ...Array.from(
    { length: 10 },
    (_, i): Logged => [
      23 + i,
      `2023-03-24T10:0${i}:00Z`,
      'u7',
      `P${i + 1}`,
      'Pricing / inventory',
      null,
      'stock 340039',
    ],
  ),
]

/** Two users with two sessions each; v2 came first. */
export const landscape: readonly Logged[] = [
  [1, '2023-03-25T08:00:00Z', 'v2', 'Z', 'Orders', null, 'order'],
  [2, '2023-03-25T09:00:00Z', 'v1', 'X', 'Orders', null, 'order'],
  [3, '2023-03-25T10:00:00Z', 'v1', 'Y', 'Orders', null, 'order'],
  [4, '2023-03-26T08:00:00Z', 'v2', 'W', 'Nearest branch', 'negative', 'branch'],
  [5, '2023-03-26T08:00:05Z', 'v2', 'W', 'Nearest branch', null, 'branch'],
]

const columns = `id integer, time_stamp timestamptz, user_id text, session_id text, query_category text, user_feedback text,
  input text, environment text`

/** SQL that makes both logs, in either engine. */
export const statements: readonly string[] = [
  `CREATE TABLE interaction_log (${columns})`,
  `CREATE TABLE landscape_interaction_log (${columns}, is_mobile_app boolean)`,
  `INSERT INTO interaction_log VALUES ${pool.map(row => `(${cells(row).join(', ')})`).join(', ')}`,
  `INSERT INTO landscape_interaction_log VALUES ${landscape.map(row => `(${cells(row).join(', ')}, false)`).join(', ')}`,
]

function cells([id, time, user, session, category, feedback, input, environment = 'production']: Logged): string[] {
  const text = (value: string | null) => (value === null ? 'NULL' : `'${value}'`)
  return [String(id), ...[time, user, session, category, feedback, input, environment].map(text)]
}
