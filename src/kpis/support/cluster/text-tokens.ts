/** A word, or what a number is: the name of a part, the name of a model, an amount. */
export type TextToken = { kind: 'word' | 'part' | 'model' | 'number' | 'sign'; text: string }

/** The most characters of a text that are looked at; what somebody wants stands at its beginning. */
const longest = 2000

/** What a text is made of, in small letters. Signs that tell nothing are left out. */
export const readTokens = (text: string): TextToken[] =>
  [...text.slice(0, longest).normalize('NFKC').toLowerCase().matchAll(shapes)]
    .flatMap(([found]) => readToken(found))
    .map((token, i, all) => (isReference(token, all[i - 1]) ? { ...token, kind: 'number' } : token))

/** "order 5512907", "zip 33602": digits that name something else than a part. */
const isReference = ({ kind, text }: TextToken, before: TextToken | undefined) =>
  kind === 'part' && /^\d+$/.test(text) && before !== undefined && referenceWords.test(before.text)

const referenceWords = /^(orders?|po|invoice|zip|account|ticket|bestellung|auftrag|rechnung|plz|pedido|factura)$/

const shapes = /[\p{L}\d]+(?:[-/.,'’][\p{L}\d]+)*|[?!]|\p{Extended_Pictographic}/gu

const readToken = (text: string): TextToken[] => {
  if (isPartNumber(text)) return [{ kind: 'part', text }]
  const [, amount, unit] = /^([\d.,]+)(?:([a-z]{1,4}|m[23]))?$/.exec(text) ?? []
  if (amount && unit) return [{ kind: 'number', text: amount }, wordOf(unit)]
  if (amount) return [{ kind: 'number', text }]
  if (/^[a-z]{1,5}-?\d{1,4}[a-z]{0,2}$/.test(text)) return [{ kind: 'model', text }]
  if (!/[\p{L}\d]/u.test(text)) return [{ kind: 'sign', text }]
  return text.split(/[-/.,'’]/).map(wordOf)
}

const wordOf = (text: string): TextToken => ({ kind: 'word', text })

/** As catalogues write them: 25357-000-000, R0357200, SP2610X15, W3-T-CELL-15, 340039. A round number is an amount. */
export const isPartNumber = (text: string): boolean =>
  text.replace(/\D/g, '').length >= 2 && !/^\d+000$/.test(text) && catalogueShapes.some(shape => shape.test(text))

const catalogueShapes = [
  /^\d{5,}$/,
  /^[a-z]{0,5}\d[a-z\d]*(?:[-/][a-z\d]+)+$/i,
  /^[a-z]+-(?:[a-z\d]+-)*[a-z\d]*\d[a-z\d]*$/i,
  /^(?=.{6,}$)(?=(?:.*\d){3})[a-z]+\d+[a-z\d]*$/i,
  /^(?=.{6,}$)(?=(?:.*\d){3})\d+[a-z]+[a-z\d]*$/i,
]
