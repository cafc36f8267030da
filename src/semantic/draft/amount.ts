import type { Expression } from '../expression.ts'
import { sells, soldAs } from './amounts-said.ts'
import { capital, humanise, inSentence } from './humanise.ts'
import type { DraftJoin } from './joins.ts'
import { singular, tokens } from './labels.ts'
import { type DraftMeasure, ownColumn } from './measures.ts'
import type { RoleColumn } from './roles.ts'
import type { TableDraft } from './table-drafts.ts'
import type { Words } from './words.ts'

/** Price × quantity of a table of lines, and the table whose rows the lines make up. */
export type Amount = { draft: TableDraft; parent?: TableDraft; item: DraftMeasure }

type Sources = { drafts: readonly TableDraft[]; joins: readonly DraftJoin[]; currency?: string; words: Words }

const quantityWords = [
  'quantity',
  'qty',
  'menge',
  'anzahl',
  'cantidad',
  'quantite',
  'quantita',
  'aantal',
  'piece',
  'pcs',
  'unit',
]
const totalWords = [
  'amount',
  'total',
  'revenue',
  'sale',
  'sales',
  'turnover',
  'subtotal',
  'umsatz',
  'betrag',
  'montant',
  'monto',
  'importe',
  'gmv',
  'gross',
  'net',
]

/** Tables with one price, one quantity and no total of their own have an amount; a discount between 0 and 1 is taken off. */
export const draftAmounts = ({ drafts, joins, currency, words }: Sources): Amount[] =>
  drafts.flatMap(draft => {
    const parts = factors(draft)
    if (!parts) return []
    const parent = parentOf(draft, { drafts, joins })
    return [{ draft, parent, item: amountMeasure(draft, parent, { ...parts, currency, words }) }]
  })

type Factors = { price: RoleColumn; quantity: RoleColumn; discount?: RoleColumn }

const factors = ({ columns }: TableDraft): Factors | undefined => {
  if (columns.some(c => c.role === 'money' && c.parts.words.some(w => totalWords.includes(w)))) return undefined
  const prices = columns.filter(
    c => c.role === 'price' && !c.parts.words.some(w => ['list', 'cost', 'purchase', 'retail', 'old'].includes(w)),
  )
  const quantities = columns.filter(c => c.role === 'quantity' && quantityWords.includes(c.parts.words.at(-1) ?? ''))
  const [price, secondPrice] = prices
  const [quantity, secondQuantity] = quantities
  if (!price || !quantity || secondPrice || secondQuantity) return undefined
  const discounts = columns.filter(
    c => c.role === 'rate' && c.parts.words.some(w => ['discount', 'rabatt', 'remise', 'descuento'].includes(w)),
  )
  const [discount] = discounts
  const fraction =
    discounts.length === 1 && discount && Number(discount.column.min) >= 0 && Number(discount.column.max) <= 1
  return { price, quantity, discount: fraction ? discount : undefined }
}

/** The table that lines belong to: named in the lines' own name, else the only one with a time. */
const parentOf = (draft: TableDraft, { drafts, joins }: Pick<Sources, 'drafts' | 'joins'>): TableDraft | undefined => {
  const parents = joins
    .filter(j => j.from === draft.table.name)
    .flatMap(j => drafts.find(d => d.table.name === j.to) ?? [])
  const own = tokens(draft.table.label).map(singular)
  const named = parents.filter(p => p.thing.one.split(' ').some(w => own.includes(w)))
  if (named.length === 1) return named[0]
  const timed = parents.filter(p => p.time)
  return !draft.time && timed.length === 1 ? timed[0] : undefined
}

const amountMeasure = (
  draft: TableDraft,
  parent: TableDraft | undefined,
  { price, quantity, discount, currency, words }: Factors & { currency?: string; words: Words },
): DraftMeasure => {
  const table = draft.table.name
  const said = (c: RoleColumn) => inSentence(humanise(c.column.label, c.parts))
  const isSold = sells([draft, parent].flatMap(d => d?.thing.one ?? []).join(' '), words)
  const formula = `${said(price)} × ${said(quantity)}${discount ? ` × (1 − ${said(discount)})` : ''}`
  const whole = (parent ?? draft).thing.one
  const label = isSold ? 'Revenue' : 'Amount'
  const known = price.parts.currency ?? currency
  return {
    want: 'amount',
    prefix: draft.prefix,
    confession: `${label} is worked out as ${formula} of each ${draft.thing.one}; the data has no total of its own.${known ? '' : ' It does not say which currency; dollars are shown.'}`,
    measure: {
      kind: 'base',
      table,
      label,
      synonyms: isSold
        ? ['amount', ...soldAs(whole).filter(said => said !== 'revenue')]
        : ['total amount', 'value', `${whole} value`, 'spend'],
      description: `Sum of ${formula}, one value for each ${draft.thing.one}.`,
      format: { kind: 'currency', ...(known ? { currency: known } : {}) },
      good: isSold ? 'up' : undefined,
      hidden: false,
      where: [],
      expression: product({ price, quantity, discount }),
      aggregation: 'sum',
      aggregations: ['sum', 'avg', 'min', 'max', 'median'],
    },
  }
}

const product = ({ price, quantity, discount }: Factors): Expression => {
  const of = (c: RoleColumn) => ownColumn(c.column.name)
  const plain: Expression = { kind: 'binary', op: '*', left: of(price), right: of(quantity) }
  if (!discount) return plain
  return {
    kind: 'binary',
    op: '*',
    left: plain,
    right: { kind: 'binary', op: '-', left: { kind: 'number', value: 1 }, right: of(discount) },
  }
}

/** "Average order value": the amount for each row of the parent. */
export const averageValue = (
  amount: { name: string; label: string; format: DraftMeasure['measure']['format'] },
  parent: { one: string; many: string; rows: string },
) => ({
  name: `average_${parent.one.replaceAll(' ', '_')}_value`,
  measure: {
    kind: 'formula' as const,
    name: `average_${parent.one.replaceAll(' ', '_')}_value`,
    label: `Average ${parent.one} value`,
    synonyms: [
      `avg ${parent.one} value`,
      `${amount.label.toLowerCase()} per ${parent.one}`,
      ...(parent.one === 'order' ? ['AOV', 'average basket', 'basket size'] : []),
      `average ${amount.label.toLowerCase()} per ${parent.one}`,
    ],
    description: `${capital(amount.label.toLowerCase())} divided by the number of ${parent.many}.`,
    format: amount.format,
    good: 'up' as const,
    hidden: false,
    formula: {
      kind: 'binary' as const,
      op: '/' as const,
      left: { kind: 'name' as const, name: amount.name },
      right: { kind: 'name' as const, name: parent.rows },
    },
  },
})
