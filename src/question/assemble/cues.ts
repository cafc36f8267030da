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
      if (s.pendingNot) draft.unused.push(s.pendingNot)
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
      if (draft.measures.length > 0 || draft.context.length > 0 || (draft.share && draft.filters.length > 0))
        s.predicate = true
      return
    case 'only':
      return done(s, 'none')
    case 'list':
      draft.lists = true
      return
    case 'drop':
      s.mode = 'drop'
      return
    case 'aside':
    case 'included':
      return takeBehind(s, i, cue)
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

/** "cancelled ones *aside*" leaves out what stands before; "cancelled ones *included*" keeps everything, where nothing is left out anyway. */
const takeBehind = (s: State, i: number, cue: 'aside' | 'included'): void => {
  const { draft } = s
  const last = draft.filters.at(-1)
  const item = s.items[i] as State['items'][number]
  const leavesOut = draft.measures.some(slot =>
    slot.meanings.some(m => {
      const measure = m.kind === 'measure' ? s.model.measures[m.measure] : undefined
      return measure?.kind !== 'base' ? measure !== undefined : measure.where.length > 0
    }),
  )
  const said = last && 'negated' in last && !last.negated
  if (!said || (cue === 'included' && leavesOut)) draft.unused.push(item)
  else if (cue === 'aside') last.negated = true
  else draft.filters.pop()
  done(s, 'none')
}

/** "by channel too": said behind what it is about. */
const markAlso = (draft: Draft) => {
  for (const split of draft.splits) if (split.kind !== 'trend' && split.kind !== 'timepart') split.also = true
  for (const f of draft.filters) if (f.kind === 'values') f.also = true
}
