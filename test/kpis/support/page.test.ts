import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { supportKpis } from '#src/kpis/support/catalogue.ts'
import { supportSample } from '#src/sample/support/sample.ts'

const page = readFileSync('docs/data/support-kpis.md', 'utf8')

test.each(Object.values(supportKpis))('docs/data/support-kpis.md reads $name as the API and the chats tell it', kpi => {
  expect(page).toContain(`| ${kpi.title}<br>\`${kpi.name}\` | ${kpi.description} |`)
})

test('docs/data/support-kpis.md names the indexes that the sample makes', () => {
  const pool = supportSample().indexes.filter(index => index.startsWith('interaction_log'))
  for (const index of pool) expect(page).toContain(`CREATE INDEX ON ${index};`)
})
