import type { Chart } from '#src/vocabulary/chart.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import { chooseChart } from './choose-chart.ts'
import type { Material } from './facts/parts.ts'
import { findFacts } from './find-facts.ts'
import { gather, type RunQuery } from './gather.ts'
import { tellStory } from './story.ts'
import { type StudyInput, viewOf } from './view.ts'

/**
 * What a result says: facts, the story told from them, the chart, and what a careful reader must know about the chart. `material` is what all of it
 * was made from, to tell or draw it otherwise.
 */
export type Study = { facts: Fact[]; story: Story; chart: Chart; notes: string[]; material: Material }

/**
 * Studies a result. `runQuery` runs a few further queries (the same total before, runners-up, earlier buckets; for `why` a split per
 * dimension); the study does without any that fail, and without all when it is absent. Everything else is computed from the result.
 */
export const study = async (input: StudyInput, runQuery?: RunQuery): Promise<Study> => {
  const view = viewOf(input)
  const extras = await gather(view, runQuery)
  const material = { view, extras }
  const facts = findFacts(material)
  const story = tellStory(material, facts)
  return { facts, story, ...chooseChart(material, facts, story), material }
}
