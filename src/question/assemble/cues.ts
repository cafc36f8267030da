import type { Draft } from '../draft.ts'
import type { Cue } from '../words.ts'
import { done, type State } from './state.ts'

/** A cue sets what the next mention is for. */
export const takeCue = (s: State, i: number, cue: Cue): void => {
  const { draft } = s
  draft.cues.add(cue)
  switch (cue) {
    case 'split':
      if (s.mode !== 'not' && s.mode !== 'drop') s.mode = 'split'
      return
    case 'filter':
      if (s.mode !== 'not' && s.mode !== 'versus' && s.mode !== 'drop') s.mode = 'filter'
      return
    case 'of':
      if (s.mode === 'none') s.mode = 'of'
      return
    case 'not':
      s.mode = 'not'
      s.pendingNot = s.items[i]
      return
    case 'versus':
      s.mode = 'versus'
      draft.compares = true
      return
    case 'compare':
      if (s.mode === 'drop' || s.mode === 'not') {
        draft.cues.add('drop:compare')
        s.pendingNot = undefined
      } else draft.compares = true
      return
    case 'and':
    case 'or':
      if (s.last === 'split') s.mode = 'split'
      if (s.last === 'drop') s.mode = 'drop'
      return
    case 'count':
      draft.counts = true
      return done(s, 'none')
    case 'amount':
      draft.asksAmount = true
      return done(s, 'none')
    case 'be':
    case 'having':
      if (draft.measures.length > 0 || draft.context.length > 0) s.predicate = true
      return
    case 'only':
      return done(s, 'none')
    case 'list':
      draft.lists = true
      return
    case 'drop':
      s.mode = 'drop'
      return
    case 'also':
      if (i === s.items.length - 1) markAlso(draft)
      s.also = true
      return
    case 'add':
      s.adding = true
      return
    case 'sort':
      draft.rank ??= {
        direction: 'high',
        sense: 'literal',
        plural: true,
        all: true,
        word: 'sort',
        from: s.items[i]?.from ?? 0,
      }
      return
    default:
      return
  }
}

/** "by channel too": said behind what it is about. */
const markAlso = (draft: Draft) => {
  for (const split of draft.splits) if (split.kind !== 'trend' && split.kind !== 'timepart') split.also = true
  for (const f of draft.filters) if (f.kind === 'values') f.also = true
}
