/**
 * A plain identifier for any header or file name: lower case, words joined by `_`, ASCII, never empty, not starting with a digit.
 * "Worldwide Gross" → worldwide_gross, "budgetYear" → budget_year, "Größe (cm)" → groesse_cm. What holds no Latin letter gives `fallback`.
 */
export const identifier = (label: string, fallback: string): string => {
  const words = latin(label)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/%/g, ' pct ')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
    .replace(/_+$/, '')
  if (!/[a-z0-9]/.test(words)) return fallback
  return /^\d/.test(words) ? `n_${words}` : words
}

/** Identifiers for a row of headers: unique, in order; the second "total" becomes total_2. */
export const uniqueIdentifiers = (labels: readonly string[], fallback: string): string[] =>
  freeIdentifiers(labels, fallback, new Set())

/** The same, beside names that are taken; what is given out is taken too. */
export const freeIdentifiers = (labels: readonly string[], fallback: string, taken: Set<string>): string[] => {
  return labels.map((label, i) => {
    const name = free(identifier(label, `${fallback}_${i + 1}`), taken)
    taken.add(name)
    return name
  })
}

const free = (name: string, taken: ReadonlySet<string>) => {
  let candidate = name
  for (let n = 2; taken.has(candidate); n++) candidate = `${name}_${n}`
  return candidate
}

const spelled: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  ł: 'l',
  Ł: 'L',
}

const latin = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[äöüÄÖÜßøØæłŁ]/g, c => spelled[c] ?? c)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
