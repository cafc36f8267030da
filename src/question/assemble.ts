import type { Model } from '#src/semantic/model.ts'
import { takeComparisons } from './assemble/comparisons.ts'
import { takeHowOften, takePerEach } from './assemble/each.ts'
import { takeNoneOfVerb } from './assemble/none.ts'
import { has, type State } from './assemble/state.ts'
import { step } from './assemble/step.ts'
import type { Draft } from './draft.ts'
import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'
import { charging, lightVerbs } from './verbs.ts'

/** Gives every mention its role, by the cues around it. Pure: the shape of the model only tells names of one kind from another. */
export const assemble = (mentions: readonly Mention[], tokens: readonly Token[], model: Model): Draft => {
  const draft = emptyDraft()
  const items = mentions.filter(
    m =>
      m.kind !== 'filler' &&
      !(m.kind === 'unknown' && tokens[m.from]?.kind === 'sign' && tokens[m.from]?.lower !== ','),
  )
  const used = new Set<Mention>()
  const s: State = {
    draft,
    items,
    used,
    model,
    tokens,
    mode: 'none',
    last: 'none',
    predicate: false,
    also: false,
    adding: false,
  }
  takeComparisons(s)
  if (tokens.some(t => t.lower === 'who' || t.lower === 'which')) draft.cues.add('who')
  if (asksWhatWasSpent(tokens)) draft.cues.add('spends')
  if (/\b(come|comes|came) from (each|every|which)\b/.test(tokens.map(t => t.lower).join(' ')))
    draft.cues.add('from each')
  draft.verbs = tokens.map(t => t.lower).filter(word => lightVerbs.has(word) || charging.has(word))
  for (let i = 0; i < items.length; i += 1) if (!used.has(items[i] as Mention)) step(s, i)
  takePerEach(s)
  takeHowOften(s)
  if (s.pendingNot && !takeNoneOfVerb(s)) draft.unused.push(s.pendingNot)
  draft.unused.push(...splitsByNothing(mentions, tokens))
  if (s.mode === 'split') draft.compares = true
  draft.measures = withoutHow(draft.measures, tokens)
  draft.unused.push(...items.filter(m => m.kind === 'aggregation' && m.aggregation !== 'sum' && !used.has(m)))
  if (perThingPerTime(s)) draft.cues.add('per+per')
  return draft
}

const emptyDraft = (): Draft => ({
  measures: [],
  context: [],
  splits: [],
  filters: [],
  comparisons: [],
  periods: [],
  hints: [],
  popular: false,
  limitPer: false,
  share: false,
  cumulative: false,
  compares: false,
  why: false,
  forecast: false,
  counts: false,
  asksAmount: false,
  lists: false,
  currencies: [],
  cues: new Set(),
  dropped: [],
  cleared: [],
  verbs: [],
  unused: [],
})

/** "*how long* did patients *wait*": how long is only the question, where what is measured is named too. */
const withoutHow = (measures: Draft['measures'], tokens: readonly Token[]): Draft['measures'] => {
  const asks = (slot: Draft['measures'][number]) => tokens[slot.at.from]?.lower === 'how'
  const named = measures.some(slot => !asks(slot) && slot.meanings.every(m => m.kind === 'measure') && !slot.joined)
  return named ? measures.filter(slot => !asks(slot)) : measures
}

/** "how much did … spend", "what did … earn": asks for money, whoever is named as the one who spends. */
const asksWhatWasSpent = (tokens: readonly Token[]): boolean => {
  const text = tokens.map(t => t.lower).join(' ')
  return /\b(how much|what) (did|do|does|have|has) .*\b(spend|spent|spends|earn|earned|make|made|bring|brought|pay|paid|sell|sold|bill|billed|charge|charged|invoice|invoiced|(take|took|taken|pull|pulled) in)\b/.test(
    text,
  )
}

/** "by *value*", "per *team*": a word that says nothing elsewhere is a split that was not understood. */
const splitsByNothing = (mentions: readonly Mention[], tokens: readonly Token[]): Mention[] =>
  mentions.filter((m, i) => {
    const before = mentions[i - 1]
    const by = before?.kind === 'cue' && before.cue === 'split' && /^(by|per)$/.test(tokens[before.to - 1]?.lower ?? '')
    const after = mentions[i + 1]
    const named =
      after &&
      ['named', 'grain', 'filler', 'period', 'number', 'comparison', 'aggregation', 'rank', 'timepart'].includes(
        after.kind,
      )
    return m.kind === 'filler' && by && !named
  })

/** "per customer per month" can be a table of both or an average: it has to be asked. */
const perThingPerTime = ({ items, tokens }: State): boolean => {
  const said = items.filter(
    m => tokens[m.from - 1]?.lower === 'per' && (m.kind === 'grain' || (m.kind === 'named' && has(m, 'entity'))),
  )
  return said.some(m => m.kind === 'grain') && said.some(m => m.kind === 'named')
}
