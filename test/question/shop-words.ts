import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { modelPath } from '#src/open.ts'
import { buildLexicon, type DimensionValues, type English } from '#src/question/lexicon.ts'
import { type Reading, read } from '#src/question/read.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import type { Query } from '#src/vocabulary/query.ts'

/** The sample shop's own model, with a few values of each dimension; no data is needed to read a question. */
export const model = completeModel(await readModel(modelPath('ecommerce')))

const values: DimensionValues[] = [
  { dimension: 'state', values: ['Texas', 'California', 'New York', 'Ohio', 'Oregon', 'Indiana', 'Washington'] },
  { dimension: 'customer_state', values: ['Texas', 'California', 'New York', 'Ohio'] },
  { dimension: 'city', values: ['New York', 'Austin', 'Dallas'] },
  { dimension: 'category', values: ['Electronics', 'Clothing', 'Books', 'Home & Kitchen', 'Toys & Games', 'Beauty'] },
  { dimension: 'subcategory', values: ['Audio', 'Cookware', 'Board Games'] },
  { dimension: 'segment', values: ['Consumer', 'Corporate', 'Small Business'] },
  { dimension: 'channel', values: ['web', 'mobile', 'store'] },
  { dimension: 'payment_method', values: ['Credit Card', 'Debit Card', 'PayPal', 'Apple Pay', 'Gift Card'] },
  { dimension: 'status', values: ['completed', 'shipped', 'cancelled', 'returned'] },
]

export const english = parse(
  readFileSync(new URL('../../sql/lexicon/english.yaml', import.meta.url), 'utf8'),
) as English

export const lexicon = buildLexicon(model, values, english)

/** Reads a question on 1 January 2024, with orders of 2023. */
export const reading = (text: string, base?: Query): Reading =>
  read(text, { model, lexicon, today: '2024-01-01', range: () => ({ first: '2023-01-01', last: '2023-12-31' }), base })

/** The query of the best reading. */
export const queryOf = (text: string, base?: Query): Query => {
  const [best] = reading(text, base).candidates
  if (!best) throw new Error(`No reading of “${text}”.`)
  return best.query
}
