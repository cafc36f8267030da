/** A plain identifier of a phrase: lower case, ASCII, words joined by `_`; `fallback` when nothing is left. */
export const identifier = (text: string, fallback: string): string => {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  if (!plain) return fallback
  return /^\d/.test(plain) ? `n_${plain}` : plain
}

const reserved = new Set([
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'weekday',
  'hour_of_day',
  'day_type',
  'month_of_year',
  'time',
  'change',
])

export type Wanted = {
  want: string
  prefix: string /** Always with the thing of the table before it. */
  long?: boolean
}

/**
 * Names for things that want one, in order: the plain name where only one wants it, else the table's thing before it. None is reserved or in
 * `taken`; dimensions and measures may be columns of one answer, so they share the names.
 */
export const giveNames = <T extends Wanted>(
  items: readonly T[],
  taken: Set<string>,
): { item: T; name: string; prefixed: boolean }[] => {
  const wanting = new Map<string, number>()
  for (const { want } of items) wanting.set(want, (wanting.get(want) ?? 0) + 1)
  return items.map(item => {
    const { want, prefix } = item
    const alone = (wanting.get(want) === 1 && !item.long) || want.startsWith(`${prefix}_`)
    const long = want.startsWith(`${prefix}_`) ? want : `${prefix}_${want}`
    const free =
      [...(alone && !reserved.has(want) ? [want] : []), long].find(n => !taken.has(n)) ?? numbered(long, taken)
    taken.add(free)
    return { item, name: free, prefixed: free !== want }
  })
}

const numbered = (name: string, taken: ReadonlySet<string>) => {
  let n = 2
  while (taken.has(`${name}_${n}`)) n += 1
  return `${name}_${n}`
}
