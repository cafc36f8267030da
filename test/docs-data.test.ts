import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { documentModel, makeDocument, sampleQueries } from '#src/semantic/document.ts'
import { loadModel, readModel } from '#src/semantic/load.ts'

const domains = ['ecommerce', 'support']

describe.each(domains)('docs/data/%s.md', domain => {
  it('is what the model says; `npm run docs` makes it anew', async () => {
    expect(readFileSync(`docs/data/${domain}.md`, 'utf8')).toBe(await makeDocument(domain))
  })

  it('has sample queries that run on the tables of the model', async () => {
    const { tables } = await readModel(`sql/domains/${domain}/model.yaml`)
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const types = {
      text: 'VARCHAR',
      number: 'DECIMAL(12, 2)',
      boolean: 'BOOLEAN',
      date: 'DATE',
      timestamp: 'TIMESTAMP',
    }
    for (const { name, columns = {} } of Object.values(tables)) {
      await connection.run(
        `CREATE TABLE ${name} (${Object.entries(columns).map(([c, { type }]) => `${c} ${types[type]}`)})`,
      )
    }
    const queries = sampleQueries(readFileSync(`sql/domains/${domain}/queries.sql`, 'utf8'))
    expect(queries.length).toBeGreaterThanOrEqual(5)
    for (const { sql } of queries) expect((await connection.run(sql)).columnCount).toBeGreaterThan(0)
    connection.closeSync()
  })
})

describe('docs/data/README.md', () => {
  it('shows a model that loads', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]+?)```/.exec(readFileSync('docs/data/README.md', 'utf8')) ?? []
    expect(Object.keys(loadModel(yaml, 'docs/data/README.md').measures)).toEqual([
      'revenue',
      'orders',
      'cost',
      'margin',
      'average_order_value',
    ])
  })
})

describe('a page', () => {
  it('leaves out what a model does not have, and writes no words that Markdown would take for marks', () => {
    const model = loadModel(
      'domain: tiny\nlabel: a|b *c*\ntables: { t: { key: id } }\nmeasures: { n: { table: t, count: rows, description: "<b>Rows</b>" } }',
      'x',
    )
    expect(documentModel(model)).toBe(`# A\\|b \\*c\\*: the data and what it means

<!-- Made from sql/domains/tiny/model.yaml; change that file, not this one. -->

Days are those of UTC; weeks start on Monday; the fiscal year is the calendar year.

## Tables

\`\`\`mermaid
erDiagram
  t
\`\`\`

### t

## Measures

| Measure | Meaning | Worked out as |
|---|---|---|
| n<br>\`n\` | \\<b\\>Rows\\</b\\> | rows of \`t\` |

## What must hold

- \`t\`: \`id\` is never empty and never there twice.
`)
  })

  it('tells what had to be left out of a model of another shape', async () => {
    const page = documentModel(await readModel('test/fixtures/models/ossie.yaml'))
    expect(page).toContain(
      "## Left out\n\n- `plan_name`: Left out: upper(plan) \\|\\| ' plan' is SQL that a semantic model here cannot say.\n",
    )
  })
})
