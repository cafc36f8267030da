import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemsOf, small } from './problems.ts'

describe('a model with many faults', () => {
  it('is refused with every one of them at once, by line, with what was probably meant', () => {
    expect(problemsOf(readFileSync('test/fixtures/models/broken.yaml', 'utf8'))).toEqual([
      'line 2: zone: "Europe/Berln" is not a time zone; say UTC or one such as Europe/Berlin',
      'line 3: week_start: unknown value "tuesday"; there is "monday", "saturday", "sunday"',
      'line 4: unknown setting "colour"',
      'line 7: tables.orders.key: unknown column "order_no"; did you mean "order_id"? (table orders)',
      'line 8: tables.orders.time: unknown column "orderd_at"; did you mean "ordered_at"? (table orders)',
      'line 9: tables.orders.display: unknown dimension "custmer"',
      'line 10: tables.orders.value: unknown measure "revnue"; did you mean "revenue"?',
      'line 15: tables.products.columns.sku: unknown value "txt"; did you mean "text"?',
      'line 17: joins[1]: unknown column "customer"; did you mean "customer_id"? (table orders)',
      'line 18: joins[2]: must be written "orders.customer_id -> customers.customer_id"',
      'line 19: joins[3]: customers.state is not the key of customers (customer_id); if it is unique all the same, say unique: true',
      'line 22: dimensions.state: unknown table "customer"; did you mean "customers"?',
      'line 23: dimensions.status: "Region" already means state',
      'line 24: dimensions.month: the name "month" is taken: it is a grain or a part of the time',
      'line 25: dimensions.half: has both column and expression; one is enough',
      'line 26: dimensions.name: unknown join "hoem"; did you mean "home"?',
      'line 30: measures.revenue: unknown aggregation "summ"; did you mean "sum"?',
      'line 32: measures.tax.sum: status is text; sum works on numbers',
      'line 33: measures.orders.where[1]: unknown filter "kpt"; did you mean "kept"?',
      'line 35: measures.b.formula: unknown function "prv"; did you mean "prev"?',
      'line 36: measures.c.formula: rolling() takes a measure and a whole number from 2 to 366, such as rolling(revenue, 3)',
      'line 38: measures.e.formula: unknown measure "revenues"; did you mean "revenue"?',
      'line 39: measures.f.sum: "amount * (2" cannot be read: has a bracket that is not closed',
      'line 40: measures.g: has sum and count; one is enough',
      'line 41: measures.h.sum: "abs(amount)" calls abs(); a row expression has only + - * / and columns',
      'line 42: measures.i.synonyms: must be a list, not text',
      'line 43: measures.j.where: customers has no join to orders, many to one, so status cannot filter it',
      'line 44: measures.k: refers to itself: k → l → k',
      'line 46: measures.status: there is a dimension called status as well; both can be columns of one answer',
      'line 46: measures.status: needs a description: it is what people read when they ask what the measure means',
      'line 48: filters.kept.where.status: unknown comparison "nott"; did you mean "not"?',
      'line 48: filters.kept.where.stat: unknown dimension "stat"; did you mean "state"?',
      'line 49: filters.big.where: unknown table "order"; did you mean "orders"?',
      'line 49: filters.big.where: needs one of gt, gte, lt, lte, eq or between',
      'line 50: filters.dear.where.amuont: unknown dimension "amuont"',
      'line 50: filters.dear.where.status: 5 is not text; put it in quotes',
      'line 52: phrases[1].means.status.like: must be text, not 5',
      'line 53: phrases[2]: "berlin" already means Berlin',
      'line 55: kpis.revenue.measure: unknown measure "revenues"; did you mean "revenue"?',
      'line 55: kpis.revenue.split: unknown dimension or grain "stat"; did you mean "state"?',
      'line 56: kpis.orders: unknown setting "tagret"; did you mean "target"?',
      'line 58: examples[1]: must be text, not 5',
      'line 59: "domain" stands here a second time (first on line 1)',
    ])
  })
})

describe('one fault', () => {
  const cases: [string, string, string][] = [
    [
      'a measure without a way',
      'measures: { m: { table: orders, description: M. } }',
      'measures.m: needs one of sum, avg, min, max, median, count, count_distinct or formula',
    ],
    [
      'a measure without a table',
      'measures: { m: { sum: amount, description: M. } }',
      'measures.m: needs the table it is worked out from',
    ],
    [
      'a formula with a table',
      'measures: { m: { formula: 1 + 1, table: orders, description: M. } }',
      'measures.m: a formula has no table',
    ],
    [
      'a count with other aggregations',
      'measures: { m: { table: orders, count: rows, also: [avg], description: M. } }',
      'measures.m: a count has no other aggregations',
    ],
    [
      'an unknown other aggregation',
      'measures: { m: { table: orders, sum: amount, also: [agv], description: M. } }',
      'measures.m.also[1]: unknown value "agv"; did you mean "avg"?',
    ],
    [
      'a column in a formula',
      'measures: { m: { formula: orders.amount * 2, description: M. } }',
      'measures.m.formula: "orders.amount" is a column; a formula is made of measures',
    ],
    [
      'a function of the wrong thing',
      'measures: { m: { formula: prev(1), description: M. } }',
      'measures.m.formula: prev() takes one measure, such as prev(revenue)',
    ],
    [
      'a function like no other',
      'measures: { m: { formula: sqrt(m), description: M. } }',
      'measures.m.formula: unknown function "sqrt"; there is prev, change, share, cumulative, rolling, ytd',
    ],
    [
      'a rolling window of half a row',
      'measures: { n: { table: orders, count: rows, description: N. }, m: { formula: "rolling(n, 2.5)", description: M. } }',
      'measures.m.formula: rolling() takes a measure and a whole number from 2 to 366, such as rolling(revenue, 3)',
    ],
    [
      'a measure that is its own part',
      'measures: { m: { formula: m + 1, description: M. } }',
      'measures.m: refers to itself: m → m',
    ],
    [
      'a column from across the join the wrong way',
      'measures: { m: { table: customers, sum: orders.amount, description: M. } }',
      'measures.m.sum: customers has no join to orders, many to one, so orders.amount cannot be used here',
    ],
    [
      'a name with capitals',
      'measures: { Revenue: { table: orders, sum: amount, description: M. } }',
      'measures.Revenue: a name has lower-case letters, digits and _ and starts with a letter',
    ],
    [
      'the same word for two measures',
      'measures: { m: { table: orders, sum: amount, description: M., synonyms: [sales] }, n: { table: orders, count: rows, description: N., synonyms: [Sales] } }',
      'measures.n: "Sales" already means m',
    ],
    [
      'the name of one measure as a word for another',
      'measures: { net_sales: { table: orders, sum: amount, description: M. }, n: { table: orders, count: rows, description: N., synonyms: [net sales] } }',
      'measures.n: "net sales" already means net_sales',
    ],
    [
      'the same word for two values',
      'dimensions: { state: { column: customers.state, values: { Texas: [TX], Tennessee: [TX] } } }',
      'dimensions.state.values.Tennessee: "TX" already means Texas',
    ],
    [
      'a dimension of nothing',
      'dimensions: { state: { synonyms: [region] } }',
      'dimensions.state: needs a column or an expression',
    ],
    [
      'a column of no table',
      'dimensions: { state: { column: state } }',
      'dimensions.state: "state" must be written table.column',
    ],
    ['a filter that refers to itself', 'filters: { a: { where: { not: a } } }', 'filters.a: refers to itself'],
    [
      'a filter with an empty value',
      'dimensions: { status: { column: orders.status } }\nfilters: { a: { where: { status: } } }',
      'filters.a.where.status: must be a value, a list of values, or a comparison such as { not: cancelled }; for no value say { empty: true }',
    ],
    [
      'a comparison of texts',
      'dimensions: { status: { column: orders.status } }\nfilters: { a: { where: { status: { gt: 5 } } } }',
      'filters.a.where.status: gt works on numbers and dates; status is text',
    ],
    [
      'a phrase that means two things',
      'dimensions: { status: { column: orders.status }, state: { column: customers.state } }\nphrases: [{ phrase: x, means: { status: a, state: b } }]',
      'phrases[1]: means more than one thing; make it a filter with synonyms',
    ],
    [
      'a KPI of a hidden measure',
      'measures: { m: { table: orders, sum: amount, hidden: true } }\nkpis: { m: { measure: m, description: M., owner: Sales } }',
      'kpis.m.measure: the measure m is hidden',
    ],
    [
      'a KPI without an owner',
      'measures: { m: { table: orders, sum: amount, description: M. } }\nkpis: { m: { measure: m, description: M. } }',
      'kpis.m: needs "owner"',
    ],
    [
      'a KPI split by personal data',
      'dimensions: { who: { column: customers.state, personal: true } }\nmeasures: { m: { table: orders, sum: amount, description: M. } }\nkpis: { m: { measure: m, description: M., owner: Sales, split: who } }',
      'kpis.m.split: who is personal data; nothing is split by it',
    ],
    ['a default measure that is not there', 'default_measure: revenue', 'default_measure: unknown measure "revenue"'],
    [
      'an example question twice',
      'examples: [how many orders, how many orders]',
      'examples[2]: "how many orders" stands here a second time',
    ],
    ['a list where a map belongs', 'measures: [revenue]', 'measures: must be a map, not a list'],
  ]
  it.each(cases)('%s is told in one line', (_, more, problem) => {
    expect(problemsOf(small(more)).map(line => line.replace(/^line \d+: /, ''))).toEqual([problem])
  })

  it('stands on its line in a file with Windows line ends', () => {
    expect(problemsOf(small('default_measure: revenue\n').replaceAll('\n', '\r\n'))).toEqual([
      'line 6: default_measure: unknown measure "revenue"',
    ])
  })
})

describe('two ways to one table', () => {
  const flights = (more: string) => `domain: air
tables:
  flights: { key: id }
  airports: { key: iata }
joins:
  - { name: origin, from: flights.origin, to: airports.iata }
  - { name: destination, from: flights.destination, to: airports.iata }
dimensions:
  city: { column: airports.city${more} }`

  it('ask which is meant', () => {
    expect(problemsOf(flights(''))).toEqual([
      'line 9: dimensions.city: 2 joins lead from flights to airports; say via: origin or destination',
    ])
    expect(problemsOf(flights(', via: origin'))).toEqual([])
  })

  it('must have names of their own', () => {
    expect(problemsOf(flights(', via: origin').replace('name: destination', 'name: origin'))).toEqual([
      'line 7: joins[2]: a second join "origin" from flights; give each a name of its own',
    ])
  })
})
