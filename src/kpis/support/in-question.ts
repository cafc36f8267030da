import type { KpiName } from './catalogue.ts'
import { supportKpis } from './catalogue.ts'
import { productContexts } from './filters.ts'

/** One of the nine that a question names, and its other words. */
export type Named = { kpi: KpiName; words: string }

/**
 * The KPI that a plain question is about: "how many returning users did the pool bot have in May". It must name the KPI in two words or more, and a
 * bot, which may stand in its midst ("how long does a pool session last"), so that no question about other data is taken for one.
 */
export const kpiInQuestion = (text: string): Named | undefined => {
  const bot = productContexts.flatMap(context => new RegExp(`\\b${context}\\b`, 'i').exec(text) ?? [])[0]
  if (bot === undefined) return undefined
  const rest = text.replace(bot, ' ').replace(/\s+/g, ' ')
  const names = Object.values(supportKpis)
    .flatMap(({ name, title, synonyms, asked = [] }) =>
      [title, ...synonyms, ...asked].map(called => ({ kpi: name, called })),
    )
    .filter(({ called }) => called.includes(' '))
    .toSorted((a, b) => b.called.length - a.called.length)
  for (const { kpi, called } of names) {
    const found = new RegExp(`\\b${called.replace(/[ -]/g, '[ -]')}s?\\b`, 'i').exec(rest)
    if (found) return { kpi, words: `${bot.toLowerCase()} ${withoutFrame(rest.replace(found[0], ' '))}`.trim() }
  }
  return undefined
}

/** What makes it a sentence, and says nothing. */
const frame =
  /\b(on average|what|which|who|how many|how much|show|give|me|us|tell|is|are|was|were|did|does|do|has|have|had|there|the|a|an|by|for|of|with|bots?|please)\b|[?!.:,]/gi

const withoutFrame = (text: string) => text.replace(frame, ' ').replace(/\s+/g, ' ').trim()
