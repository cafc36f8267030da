import { type Token, wordsAt } from '../tokens.ts'
import * as words from '../words.ts'
import { type Mention, make } from './mention.ts'

/** "as a pie chart", "line graph": a chart that was asked for; words that are also others only where they surely mean one. */
export const chartAt = (tokens: readonly Token[], at: number): Mention[] => {
  const text = (n: number) => wordsAt(tokens, at, n)
  const sure =
    /^(pie|donut|doughnut|heatmap|heat map|histogram|scatter|scatterplot|scatter plot|small multiples|stacked)/
  return [3, 2, 1].flatMap(n => {
    const chart = words.chartWords[text(n)]
    if (!chart || at + n > tokens.length) return []
    const tail = /^(chart|graph|plot|diagram)s?$/.test(tokens[at + n]?.lower ?? '') ? 1 : 0
    const led =
      ['as', 'a', 'an', 'in', 'on', 'into', 'draw', 'plot'].includes(tokens[at - 1]?.lower ?? '') &&
      /^(as|in|into|on|it|a|draw|plot|show)$/.test(tokens[at - 2]?.lower ?? 'as')
    const closing = at + n + tail === tokens.length && ['as', 'a', 'to'].includes(tokens[at - 1]?.lower ?? '')
    if (!sure.test(text(n)) && tail === 0 && !led && !closing && n === 1) return []
    return [make(at, at + n + tail, (n + tail) * 3 + 1, { kind: 'chart', chart })]
  })
}
