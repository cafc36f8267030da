import type { Draft } from './draft.ts'
import { build } from './resolve/build.ts'
import { combinations, namedSlots } from './resolve/picks.ts'
import type { Candidate, ResolveContext, Resolved } from './resolve/types.ts'

/** All ways to read a draft, best first. Every choice of meaning is tried; impossible ones fall away. */
export const resolve = (draft: Draft, ctx: ResolveContext): Resolved => {
  const slots = namedSlots(draft, ctx.model)
  const guesses = Object.values(ctx.model.measures).some(m => m.kind === 'base' && m.uncertain)
    ? [false, true]
    : [false]
  const results = combinations(slots, draft, ctx).flatMap(picks =>
    guesses.map(total => build(draft, { picks, total }, ctx)),
  )
  const candidates = results.flatMap(r => ('query' in r ? [r] : []))
  const gaps = results.flatMap(r => ('gap' in r ? [r] : []))
  return { candidates: uniqueByQuery(candidates.toSorted((a, b) => b.score - a.score)), gaps }
}

const uniqueByQuery = (all: Candidate[]) =>
  all.filter((c, i) => all.findIndex(d => JSON.stringify(d.query) === JSON.stringify(c.query)) === i)
