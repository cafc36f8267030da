/**
 * A text without what points to a person: e-mail addresses, telephone numbers and numbers of payment cards become `[email]`, `[phone]` and
 * `[card]`. Part numbers stay: a card has 13 to 19 digits that pass Luhn's check, and a telephone number has a shape of its own, a country code,
 * or a word such as "call" before it.
 */
export const mask = (text: string): string => maskPhones(maskCards(text.replace(email, '[email]')))

/** Bounded everywhere, so that no text takes long. https://datatracker.ietf.org/doc/html/rfc5321#section-4.5.3.1 */
const email = /[\p{L}\p{N}._%+'-]{1,64}(?:@|\s?\[at\]\s?)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu

/** Unbroken, in fours, or as American Express prints it (4-6-5); not a piece of something longer. */
const cardLike =
  /(?<![\p{L}\p{N}-])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){2}[ -]\d{1,4}(?:[ -]\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{5})(?![\p{L}\p{N}])(?!-\p{N})/gu

const maskCards = (text: string): string =>
  text.replace(cardLike, found => (isCard(found.replace(/\D/g, '')) ? '[card]' : found))

/** Issued cards begin with 2 to 6 (https://en.wikipedia.org/wiki/Payment_card_number), and their last digit checks the others. */
const isCard = (digits: string): boolean => /^[2-6]/.test(digits) && luhn(digits) % 10 === 0

const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)

const maskPhones = (text: string): string =>
  phoneShapes.reduce((masked, shape) => masked.replace(shape, '$<before>[phone]'), text)

/** "O ring 59052900" and "salt cell 59052900" are parts: such words need a person beside them. */
const phoneWord =
  '(?:call|(?:cell ?)?phone|tele?(?:ph|f)on|tel|mobile|handy|fax|whats ?app|rückruf|my cell|(?:text|reach|ring|contact) (?:me|us))'

const phoneShapes = [
  // +49 171 2345678, +1 (813) 555-0134, 0049 89 123456
  /(?<before>)(?<![\p{L}\p{N}])(?:\+|00)[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,5}\)?){2,6}(?![\p{L}\p{N}])/gu,
  // (813) 555-0134, 813-555-0134, 813.555.0134, 1-800-555-0134
  /(?<before>)(?<![\p{L}\p{N}-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\p{L}\p{N}])(?!-\p{N})/gu,
  // 0171 2345678, 089/123456, 030 1234 5678
  /(?<before>)(?<![\p{L}\p{N}-])\(?0[1-9]\d{1,4}\)?(?: ?\/ ?| )\d{2,8}(?: \d{2,6}){0,3}(?![\p{L}\p{N}-])/gu,
  // call me at 8135550134
  new RegExp(
    String.raw`(?<before>(?<!\p{L})${phoneWord}\p{L}{0,6}(?:(?!part|item|sku|order|#)[^\d\n]){0,25})(?<![\p{L}\p{N}])\(?\d(?:[ ()./-]{0,2}\d){6,14}(?![\p{L}\p{N}])`,
    'giu',
  ),
]
