import { humanise } from './humanise.ts'
import { pluralPhrase, singular } from './labels.ts'
import type { RoleColumn } from './roles.ts'
import { otherWords } from './synonyms.ts'
import type { TableDraft } from './table-drafts.ts'
import type { Words } from './words.ts'

/** What a number is called for what its rows are: the duration of calls is talk time. */
export const numbersSaid = ({ parts }: RoleColumn, { thing }: TableDraft, words: Words): string[] => {
  const own = thing.one.split(' ').map(singular)
  const said = parts.words.filter(w => !own.includes(w))
  return words.numbers_said
    .filter(({ of }) => of.includes(own.at(-1) ?? ''))
    .filter(({ column }) => {
      const isOf = (w: string) => column.some(c => singular(c) === w)
      return said.some(isOf) && said.every(w => isOf(w) || w === 'amount' || words.modifiers.includes(w))
    })
    .flatMap(n => n.said)
}

type About = { draft: TableDraft; said: readonly string[]; others: ReadonlySet<string>; words: Words }

/**
 * The fuel cost of fuel purchases, the ad spend of ad stats: what the rows are about, said before a number of theirs. `others` are the words
 * that other tables are called: no loan payment has a "loan amount".
 */
export const aboutRows = (column: RoleColumn, { draft: { thing }, said, others, words }: About): string[] => {
  const [head = '', ...before] = thing.one.split(' ').toReversed()
  const about = before.toReversed().join(' ')
  if (!about || !words.row_words.includes(head) || others.has(about)) return []
  const label = humanise(column.column.label, column.parts).toLowerCase()
  const short = [label, ...otherWords(label, words), ...said].filter(
    s => !s.startsWith(about) && s.split(' ').length < 3,
  )
  const isSpent = column.role === 'money' && short.includes('spend')
  const spent = isSpent ? [about, pluralPhrase(about)].flatMap(w => spends.map(s => `${s} ${w}`)) : []
  return [...short.map(s => `${about} ${s}`), ...spent]
}

const spends = ['spend on', 'spent on', 'spending on', 'paid for', 'pay for']
