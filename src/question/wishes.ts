import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'

/**
 * Words of wishing and of what may be, where they are said of the data: "orders that *need* to be shipped", "customers who *would* buy Books",
 * "revenue we *could* make" are not what is there. Said by the asker ("I *need* …", "*could* you …", "we'd *like* to see …") they ask for nothing.
 */
export const wishesOfData = (mentions: readonly Mention[], tokens: readonly Token[]): Mention[] => {
  const named = mentions.find(m => m.kind === 'named')?.from ?? tokens.length
  return mentions.filter(m => {
    const word = tokens[m.from]?.lower ?? ''
    if (m.kind !== 'filler' || m.score === 0 || m.to - m.from !== 1) return false
    const [before, after] = [tokens[m.from - 1], tokens[m.to]?.lower ?? '']
    if (word === 'yet') return after === 'to'
    if (isAsker(before, after) || isMonth(tokens[m.from], before)) return false
    const isEarly = m.from < named
    if (/^look/.test(word) && !/^(at|for|into|up)$/.test(after)) return false
    if (word === 'like' && /^look/.test(before?.lower ?? '')) return false
    if (modals.test(word)) return !isEarly || /^(who|that|which|not)$/.test(before?.lower ?? '')
    if (/^we/.test(before?.lower ?? '')) return false
    return wishes.test(word) && !(isEarly && !isThing.test(before?.lower ?? ''))
  })
}

const modals = /^(would|could|should|may|might|must|will|shall)$/
const wishes = /^(need|needs|needed|want|wants|wanna|like|love|look|looks|looked|looking|interested|curious)$/
const isThing = /^(who|that|which|they|people|customers|users)$/

/** "in *May*". */
const isMonth = (token: Token | undefined, before: Token | undefined): boolean =>
  token?.lower === 'may' &&
  (token.text === 'May' || /^(in|of|last|this|since|until|and|to|for)$/.test(before?.lower ?? ''))

/** "*I* need", "could *you*", "*I'd* like"; at the beginning nobody else is there. */
const isAsker = (before: Token | undefined, after: string): boolean =>
  before === undefined ||
  before.kind === 'sign' ||
  /^(i|id|im|ive|you|please|me|us|just|really|also|would|could|can|to|d)$/.test(before.lower) ||
  /^(i|you|me)$/.test(after)
