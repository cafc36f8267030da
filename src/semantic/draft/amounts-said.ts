import { pluralPhrase, singular, tokens } from './labels.ts'
import type { RoleColumn } from './roles.ts'
import type { TableDraft } from './table-drafts.ts'
import { pastOf } from './verbs.ts'
import type { Words } from './words.ts'

/** What a column of money or of pieces is called for what its rows are: the total of orders is their revenue, the amount of payments what was collected. */
export const amountsSaid = (column: RoleColumn, draft: TableDraft, words: Words): string[] => {
  if (column.role === 'quantity') return piecesSaid(column, draft, words)
  if (column.role !== 'money') return []
  const { thing } = draft
  if (wholeAmount(draft, words) !== column) return totalDone(column)
  return [
    ...totalDone(column),
    ...(words.sized.includes(singular(thing.one.split(' ').at(-1) ?? '')) ? sizeOf(thing) : []),
    `${thing.one} money`,
    ...column.parts.words.filter(w => ['fee', 'charge', 'price'].includes(w)).map(w => `${thing.one} ${w}`),
    ...(sells(thing.one, words) ? soldAs(thing.one) : []),
    ...(lets(thing.one, words) ? soldAs(thing.one).filter(said => said !== 'sales') : []),
    ...(goesOut(draft, words) ? words.paid_out.said : ofKind(thing.one, words)),
  ]
}

/** "average gift size". */
const sizeOf = ({ one, kinds }: TableDraft['thing']): string[] =>
  [one, one.split(' ').at(-1) ?? one, ...kinds].map(name => `${name} size`)

/** Other names of what was sold for: the amount of orders, sales, bookings. */
export const soldAs = (one: string): string[] => [
  ...['revenue', 'sales', 'turnover', 'income', 'takings'],
  ...[`${one} value`, `${one} amount`, `${one} total`, `${one} spend`, `value of ${pluralPhrase(one)}`, 'total amount'],
]

/** Whether rows are something sold: "order", "ticket sale", and no purchase. */
export const sells = (one: string, { selling, buying }: Words): boolean => {
  const said = one.split(' ')
  return said.some(w => selling.includes(w)) && !said.some(w => buying.includes(w))
}

const lets = (one: string, { letting }: Words): boolean => one.split(' ').some(w => letting.includes(w))

/** The one column of money that is all of it, and no part such as a tax or a deposit: the total amount, or the rental fee of rentals. */
export const wholeAmount = ({ columns, thing }: TableDraft, { amount_parts }: Words): RoleColumn | undefined => {
  const own = thing.one.split(' ')
  const money = columns.filter(
    ({ role, parts }) => role === 'money' && !parts.words.some(w => amount_parts.includes(w)),
  )
  const totals = money.filter(({ parts }) => parts.words.some(w => ['amount', 'total', 'value'].includes(w)))
  const paid = money.filter(({ parts }) => parts.words.every(w => own.includes(w) || ['fee', 'charge'].includes(w)))
  const [only, second] = totals.length > 0 ? totals : paid
  return second ? undefined : only
}

/** "Amount billed" is the total billed. */
const totalDone = ({ parts }: RoleColumn): string[] => {
  const last = parts.words.at(-1) ?? ''
  const [first, , ...more] = parts.words
  const whole = more.length === 0 && ['amount', 'total', 'sum', 'value'].includes(first ?? '')
  return whole && pastOf(last) === last ? [`total ${last}`] : []
}

/** Whether payments are made to others: those of claims, of suppliers. */
const goesOut = ({ thing, columns }: TableDraft, { paid_out }: Words): boolean =>
  thing.one.split(' ').at(-1) === 'payment' &&
  columns.some(({ role, parts }) => role === 'key' && parts.words.some(w => paid_out.for.includes(w)))

/** What is done with payments: "collected"; with rent payments, of which there may be other sums of rent: "rent collected", "rent paid". */
const ofKind = (one: string, { amounts_said }: Words): string[] => {
  const [kind = '', ...before] = one.split(' ').toReversed()
  const noun = before.toReversed().join(' ')
  const said = Object.hasOwn(amounts_said, kind) ? (amounts_said[kind] ?? []) : []
  if (!noun || said.length === 0) return [...said]
  const done = [...said, pastOf(kind) ?? kind].map(w => (w.includes(' ') ? w : `${noun} ${w}`))
  return [...new Set(done)]
}

/** The only quantity of what was sold: "units sold"; where a price is said per ticket, "tickets sold". */
const piecesSaid = (column: RoleColumn, { thing, columns }: TableDraft, words: Words): string[] => {
  const [only, second] = columns.filter(c => c.role === 'quantity')
  if (!sells(thing.one, words) || only !== column || second) return []
  const priced = columns.flatMap(({ role, column: { label } }) =>
    role === 'price' ? (pieceOf(tokens(label)) ?? []) : [],
  )
  return ['unit', 'item', 'piece', ...priced].flatMap(one => [
    `${pluralPhrase(one)} sold`,
    ...(priced.includes(one) ? [`number of ${pluralPhrase(one)}`, pluralPhrase(one)] : []),
  ])
}

/** "price per ticket" → ticket. */
const pieceOf = (words: readonly string[]): string | undefined => {
  const per = words.indexOf('per')
  return per > 0
    ? words
        .slice(per + 1)
        .map(singular)
        .join(' ') || undefined
    : undefined
}
