/** `average_order_value` → `average order value`. */
export const spoken = (name: string): string => name.replaceAll('_', ' ').trim()

/** `order_items` → `order item`; only for tables that have no label. */
export const singular = (name: string): string => {
  const words = spoken(name)
  if (words.endsWith('ies')) return `${words.slice(0, -3)}y`
  return words.endsWith('s') && !words.endsWith('ss') ? words.slice(0, -1) : words
}

/** The form in which two words count as the same. */
export const sameWord = (word: string): string => spoken(word).toLowerCase().replace(/\s+/g, ' ')

/** `text`, `a number`, `a date`. */
export const kindOfType = (type: string): string => (type === 'text' ? type : `a ${type}`)
