import { describe, expect, test } from 'vitest'
import { sourceOf } from '#src/study/story.ts'
import type { Study } from '#src/study/study.ts'
import { study } from '#src/study/study.ts'
import { untraced } from '#src/study/trace.ts'
import { viewOf } from '#src/study/view.ts'
import { scenes } from './scenes.ts'
import { model, runQuery } from './small-world.ts'

const written = ({ story, chart, notes }: Study): string =>
  [
    story.headline.text,
    `[${chart.kind}] ${chart.subtitle}`,
    '',
    ...story.summary.map(s => s.text),
    ...story.insights.map(s => `• ${s.text}`),
    ...story.implications.map(s => `→ ${s.text}`),
    ...notes.map(n => `note: ${n}`),
    '',
    chart.alt,
    '',
  ].join('\n')

const studied = async (name: keyof typeof scenes) => {
  const { query, today = '2024-01-01' } = scenes[name] ?? { query: undefined }
  if (!query) throw new Error(`no scene ${name}`)
  const table = await runQuery(query)
  const input = {
    query,
    table,
    model,
    today,
    range: { from: '2023-01-01', until: today < '2024-01-01' ? today : '2023-12-31' },
  }
  return { input, result: await study(input, runQuery), alone: await study(input) }
}

describe('a story', () => {
  for (const name of Object.keys(scenes)) {
    test(`of ${name} reads as it was agreed, with every number traced, with and without further queries`, async () => {
      const { input, result, alone } = await studied(name)
      await expect(written(result)).toMatchFileSnapshot(`../golden/study/${name.replaceAll(' ', '-')}.txt`)
      for (const told of [result, alone]) {
        const { headline, summary, insights, implications } = told.story
        const source = sourceOf({ view: viewOf(input), extras: {} }, told.facts)
        expect([headline, ...summary, ...insights, ...implications].flatMap(s => untraced(s, source))).toEqual([])
        expect(summary.length).toBeGreaterThan(0)
        expect(summary.length).toBeLessThanOrEqual(3)
        expect(insights.length).toBeLessThanOrEqual(5)
        expect(told.chart.title).toBe(headline.text)
        for (const fact of told.facts) expect(fact.noteworthy >= 0 && fact.noteworthy <= 1).toBe(true)
        expect(new Set(told.facts.map(f => f.id)).size).toBe(told.facts.length)
      }
    })
  }
})
