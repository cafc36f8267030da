import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { supportKpis } from '#src/kpis/support/catalogue.ts'
import { supportSample } from '#src/sample/support/sample.ts'

const page = readFileSync('docs/data/support-kpis.md', 'utf8')

test.each(Object.values(supportKpis))('docs/data/support-kpis.md reads $name as the API and the chats tell it', kpi => {
  expect(page).toContain(`| ${kpi.title}<br>\`${kpi.name}\` | ${kpi.description} |`)
})

test('docs/data/support-kpis.md has the file of the indexes, word for word, and the sample makes each of them', () => {
  const file = readFileSync('sql/domains/support/indexes.sql', 'utf8')
  const statements = file.split('\n').filter(line => line !== '' && !line.startsWith('--'))
  expect(page).toContain(`\`\`\`sql\n${statements.join('\n')}\n\`\`\``)
  expect(supportSample().indexes.map(index => `CREATE INDEX ON ${index};`)).toEqual(statements)
  expect(statements).toHaveLength(4)
})
