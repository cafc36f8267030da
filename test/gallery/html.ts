/** Markup. Only `html` makes it; every text put into it is escaped. */
export type Html = { readonly markup: string }

type Part = Html | string | number | false | undefined | readonly Part[]

/** Template tag: texts are escaped, markup and lists of it are kept, `false` and `undefined` are nothing. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: fixed.map((text, i) => text + written(parts[i])).join(''),
})

/** Text of our own files that is put in as it is: styles. */
export const verbatim = (text: string): Html => ({ markup: text })

const written = (part: Part): string => {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return entity(String(part))
  return 'markup' in part ? part.markup : part.map(written).join('')
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const entity = (text: string) => text.replace(/[&<>"']/g, c => escapes[c] ?? c)
