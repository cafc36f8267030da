import type { Query } from '#src/vocabulary/query.ts'

/** What a text wishes to have drawn that is no chart of numbers: `flow` surely is none; a `diagram` may be one where there is something to compare. */
export type DiagramWish = 'flow' | 'diagram'

/** Whether a text wishes for a diagram: "draw a flow chart of an order", "diagram of how orders go". A name that only has such a word in it is none. */
export const diagramWish = (text: string): DiagramWish | undefined => {
  const plain = text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
  if (wishes.some(wish => wish.test(plain)) || (drawsHow.test(plain) && !development.test(plain))) return 'flow'
  return wished(/diagrams?/).test(plain) ? 'diagram' : undefined
}

/** Whether a chart of numbers is what was wished for. */
export const isCharted = (wish: DiagramWish, { splits }: Pick<Query, 'splits'>): boolean =>
  wish === 'diagram' && splits.length > 0

const flows =
  /(?:flow ?charts?|state ?charts?|state machines?|mind ?maps?|org(?:ani[sz]ation(?:al)?)? ?charts?|mermaid|erds?|(?:flow|data ?flow|state|er|entity relationship|class|sequence|process|activity|tree|network|uml|swim ?lane|relationship) diagrams?)/

/** At the beginning, or behind a word that asks for it. */
const wished = (kind: RegExp) =>
  new RegExp(
    `(?:^|[,.;:?!(] ?|\\b(?:draw|sketch|paint|make|create|build|render|generate|produce|give|show|need|want|like|see|get|have|as|in|into|with) )(?:(?:me|us|it|this|that|an?|the|some|simple|quick|little|small|nice|please|to|as|in) )*${kind.source}\\b`,
  )

const wishes = [
  wished(flows),
  new RegExp(`(?<!\\b(?:of|for|by|named|called|is|=) )\\b${flows.source}[ .?!]*(?:please)?[.?!]*$`),
]

const drawsHow = /\b(?:diagrams?|draw|sketch)\b(?:(?!\bcharts?\b|\bgraphs?\b).)*\bhow\b/

/** How numbers went is drawn as a chart, and how many they are is no flow. */
const development =
  /\bhow (?:many|much|often|long|far|big|high|low|old)\b|\b(?:develop|evolv|chang|grew|grow|trend|increas|decreas|compar|differ|distribut|split|doing|perform)|\bover time\b/
