import type { Format } from '#src/vocabulary/format.ts'
import type { Aggregation } from '#src/vocabulary/query.ts'
import { currencyNamed } from './currencies.ts'
import { inSentence } from './humanise.ts'
import { isSpan } from './name-parts.ts'
import type { Role, RoleColumn } from './roles.ts'

/** How a column of numbers is aggregated unless asked otherwise, and what else makes sense. */
export type Plan = { aggregation: Aggregation; also: Aggregation[]; confession?: string; uncertain?: boolean }

const spread: Aggregation[] = ['min', 'max', 'median']
const summed: Plan = { aggregation: 'sum', also: ['avg', ...spread] }
const averaged: Plan = { aggregation: 'avg', also: spread }
const averagedOrSummed: Plan = { aggregation: 'avg', also: ['sum', ...spread] }

const plans: Partial<Record<Role, Plan>> = {
  money: summed,
  pay: averagedOrSummed,
  price: averaged,
  quantity: summed,
  rate: averaged,
  score: averaged,
  age: averaged,
  temperature: averaged,
  size: averaged,
  duration: averagedOrSummed,
  distance: averagedOrSummed,
  rain: summed,
}

/** What is known of the table that decides too: whether rows repeat a level at each moment, and whether they are things that were moved or sold. */
export type PlanContext = {
  snapshot: boolean
  transactions: boolean
  label: string
  thing: string
  goods: readonly string[]
}

/** The plan for a column, or none when no arithmetic makes sense of it. What is a guess and changes a number is confessed. */
export const planOf = (
  { role, parts, column }: RoleColumn,
  { snapshot, transactions, label, thing, goods }: PlanContext,
): Plan | undefined => {
  const said = inSentence(label)
  if (isSpan(column.label))
    return {
      ...summed,
      confession: `${label} are taken for a quantity of each ${thing}, so they are added up; ask for the average to average them.`,
    }
  if (role === 'level')
    return snapshot
      ? {
          ...averagedOrSummed,
          confession: `${label} is a level that each moment has anew, so it is averaged; a total adds up all moments.`,
        }
      : summed
  if (role === 'tally') return { ...summed, confession: `${label} looks like a count of each row, so it is added up.` }
  if (role === 'unknown')
    return {
      ...averagedOrSummed,
      uncertain: true,
      confession: `Nothing in the name “${said}” says that it may be added up, so it is averaged; ask for the total to add it up.`,
    }
  const weighed = role === 'size' && parts.words.some(w => ['weight', 'mass', 'area', 'volume'].includes(w))
  if (weighed && goods.includes(thing.split(' ').at(-1) ?? ''))
    return {
      ...summed,
      confession: `${label} is taken for a quantity of each ${thing}, so it is added up; ask for the average to average it.`,
    }
  return weighed && transactions ? averagedOrSummed : plans[role]
}

/** What the whole data says of currencies: the only one there is, or that rows have different ones. */
export type Currencies = { only?: string; mixed: boolean }

/** How the numbers of a column are shown; amounts in several currencies are plain numbers. */
export const formatOf = (measured: RoleColumn, { only, mixed }: Currencies): Format => {
  const { role, column, parts } = measured
  if (isMoney(role)) {
    const currency = currencyNamed(measured) ?? only
    if (mixed && !currencyNamed(measured)) return { kind: 'number' }
    return { kind: 'currency', ...(currency ? { currency } : {}) }
  }
  if (role === 'rate' && (column.percent || (isFraction(column) && !parts.ratio))) return { kind: 'percent' }
  const unit = parts.unit?.show
  if (role === 'duration' && unit === 's') return { kind: 'duration' }
  const kind = column.whole && (role === 'quantity' || role === 'tally' || role === 'level') ? 'integer' : 'number'
  return unit ? { kind, unit } : { kind }
}

export const isMoney = (role: Role): boolean => role === 'money' || role === 'pay' || role === 'price'

const isFraction = ({ min, max }: RoleColumn['column']) =>
  typeof min === 'number' && typeof max === 'number' && min >= -1 && max <= 1
