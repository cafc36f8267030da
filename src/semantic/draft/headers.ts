import { plural } from './labels.ts'
import type { Profile } from './profile.ts'
import type { Words } from './words.ts'

/** Names of tables and columns as people would write them: EMP_ID of a table that shouts them all is emp_id, amt_eur is amount_eur. */
export const plainHeaders = (profile: Profile, { short_forms }: Pick<Words, 'short_forms'>): Profile => ({
  ...profile,
  tables: profile.tables.map(table => {
    const loud = table.columns.every(c => c.label === c.label.toUpperCase()) && table.columns.length > 2
    const plain = (label: string) => spelledOut(loud ? label.toLowerCase() : label, short_forms)
    return {
      ...table,
      label: spelledOut(table.label, short_forms),
      columns: table.columns.map(c => ({ ...c, label: plain(c.label) })),
    }
  }),
})

/** "InvStatus" → InvoiceStatus, "hrs_booked" → hours_booked, "txns" → transactions. */
const spelledOut = (label: string, short: Words['short_forms']): string =>
  label.replace(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu, word => {
    const lower = word.toLowerCase()
    const one = lower.replace(/s$/, '')
    const long = Object.hasOwn(short, lower) ? short[lower] : Object.hasOwn(short, one) ? plural(short[one] ?? '') : ''
    if (!long) return word
    const first = word.charAt(0)
    return first === first.toLowerCase() ? long : first + long.slice(1)
  })
