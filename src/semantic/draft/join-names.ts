import { looksLikeKeyName } from './keys.ts'
import { singular, tokens } from './labels.ts'
import type { Link } from './profile.ts'
import type { Words } from './words.ts'

/** What the many side calls the one: "customer" for customer_id, "origin" for origin; and "origin" for origin_warehouse_id or from_warehouse where another way leads to warehouses too. */
export const joinRole = (link: Link, links: readonly Link[], { ways }: Pick<Words, 'ways'>): string => {
  const role = roleWords(link)
  const others = links.filter(l => l !== link && l.from.table === link.from.table && l.to.table === link.to.table)
  if (others.length === 0) return role.join('_')
  const short = withoutThing(role, link)
  const told = others.every(o => withoutThing(roleWords(o), o).join('_') !== short.join('_')) ? short : role
  return told.map(w => (Object.hasOwn(ways.said_as, w) ? (ways.said_as[w] ?? w) : w)).join('_')
}

const roleWords = ({ from, to }: Link): string[] => {
  if (from.columns.length > 1) return tokens(to.table)
  const words = tokens(from.columns[0] ?? '')
  const stem = words.length > 1 && looksLikeKeyName(from.columns[0] ?? '') ? words.slice(0, -1) : words
  return stem.map(singular)
}

/** "origin warehouse" → origin, "warehouse from" → from; a role that is nothing but the thing stays. */
const withoutThing = (role: string[], { to }: Link): string[] => {
  const thing = new Set(tokens(to.table).map(singular))
  const rest = role.filter(w => !thing.has(w))
  return rest.length ? rest : role
}
