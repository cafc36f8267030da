import type { Model } from '#src/semantic/model.ts'
import type { Draft, Named } from '../draft.ts'
import { lemma } from '../lemma.ts'
import type { Meaning } from '../lexicon.ts'
import type { Mention } from '../mentions/mention.ts'
import type { Token } from '../tokens.ts'
import type { Cue } from '../words.ts'

/** What is known while the mentions are gone through in order. */
export type State = {
  draft: Draft
  items: Mention[]
  used: Set<Mention>
  model: Model
  tokens: readonly Token[]
  mode: Mode
  /** What the mention before was, for lists: "by state and category". */
  last: 'none' | 'split' | 'value' | 'measure' | 'period' | 'drop'
  /** The dimensions that the next value belongs to, when its label was said: "home state is California". */
  label?: string[]
  also: boolean
  adding: boolean
  /** A "not" that has not found yet what it leaves out. */
  pendingNot?: Mention
  /** A verb has stood between the measure and here: "orders *were* cancelled". */
  predicate: boolean
}

/** A mention of names or values. */
export type NamedMention = Extract<Mention, { kind: 'named' }>

/** Ends what a cue began; `last` is what was taken. */
export const done = (s: State, last: State['last']) => {
  s.mode = 'none'
  s.last = last
}

/** The mention before, over fillers and commas. */
export const previous = (s: State, i: number): Mention | undefined => s.items[i - 1]

/** The mention behind. */
export const next = (s: State, i: number): Mention | undefined => s.items[i + 1]

/** Whether one of these cues stands right before. */
export const cueBefore = (s: State, i: number, ...cues: Cue[]): boolean => {
  const item = previous(s, i)
  return item?.kind === 'cue' && cues.includes(item.cue)
}

/** The meanings of one kind. */
export const of = <K extends Meaning['kind']>(m: { meanings: Meaning[] }, kind: K): Extract<Meaning, { kind: K }>[] =>
  m.meanings.filter((x): x is Extract<Meaning, { kind: K }> => x.kind === kind)

/** A name with its meanings of these kinds. */
export const only = (item: NamedMention, ...kinds: Meaning['kind'][]): Named => ({
  meanings: item.meanings.filter(m => kinds.includes(m.kind)),
  at: item,
  part: item.part,
})

/** Whether a name may mean one of these kinds. */
export const has = (item: NamedMention, ...kinds: Meaning['kind'][]) => item.meanings.some(m => kinds.includes(m.kind))

/** Whether a name stands in the plural. */
export const isPlural = (s: State, item: NamedMention): boolean => {
  const last = s.tokens[item.to - 1]?.lower ?? ''
  return lemma(last) !== last
}

/** The words of a mention as they were typed. */
export const textOf = (s: State, m: Mention) =>
  s.tokens
    .slice(m.from, m.to)
    .map(t => t.text)
    .join(' ')

type Mode = 'none' | 'split' | 'filter' | 'not' | 'versus' | 'of' | 'drop'
