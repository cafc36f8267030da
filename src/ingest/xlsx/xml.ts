/** What {@link scanXml} tells of. Names come without their prefix; `attributes` as written, to be read with {@link attribute}. */
export type XmlHandlers = {
  open?: (name: string, attributes: string) => void
  close?: (name: string) => void
  /** May come in pieces. Called only while `wants` is true. */
  text?: (text: string) => void
}

/** XML that is no part of an honest workbook. `message` goes on a sentence. */
export class XmlFault extends Error {}

/** A tag, comment or reference may be this long; what is longer is an attack on memory. */
const longestPiece = 1 << 20

/** Reads XML from bytes in one pass with memory for one tag. Throws {@link XmlFault} on a document type and on XML that breaks off. */
export const scanXml = async (bytes: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> => {
  const decoder = new TextDecoder('utf-8')
  const tags = { open: 0 }
  let rest = ''
  for await (const chunk of bytes) rest = scan(rest + decoder.decode(chunk, { stream: true }), handlers, tags)
  rest = scan(rest + decoder.decode(), handlers, tags)
  if (rest.trim() !== '' || tags.open !== 0) throw new XmlFault('a part of it breaks off')
}

/** The value of an attribute, without regard to its prefix; undefined when it is not there. */
export const attribute = (attributes: string, name: string): string | undefined => {
  const at = find(attributes, name)
  if (at < 0) return undefined
  const quote = attributes[at]
  const end = attributes.indexOf(quote as string, at + 1)
  return end < 0 ? undefined : withoutReferences(attributes.slice(at + 1, end))
}

/** Where the quote of the value of an attribute stands. */
const find = (attributes: string, name: string): number => {
  const start = `${name}="`
  for (let at = attributes.indexOf(start); at >= 0; at = attributes.indexOf(start, at + 1))
    if (at === 0 || isBreak(attributes.charCodeAt(at - 1))) return at + name.length + 1
  const match = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?=["'])`).exec(attributes)
  return match ? match.index + match[0].length : -1
}

const isBreak = (code: number) => code <= 32 || code === 58

/** Tags that are open. */
type Tags = { open: number }

/** Handles all that is complete and gives back the rest. */
const scan = (buffer: string, handlers: XmlHandlers, tags: Tags): string => {
  let at = 0
  while (at < buffer.length) {
    const next = buffer.indexOf('<', at)
    if (next < 0) return keepReference(buffer, at, handlers)
    if (next > at) handlers.text?.(withoutReferences(buffer.slice(at, next)))
    const end = endOfMarkup(buffer, next)
    if (end < 0) return keep(buffer, next)
    markup(buffer.slice(next, end), handlers, tags)
    at = end
  }
  return ''
}

const keep = (buffer: string, from: number) => {
  if (buffer.length - from > longestPiece) throw new XmlFault('a part of it is longer than any workbook has')
  return buffer.slice(from)
}

/** Text goes on in the next chunk; a reference (`&amp;`) is not cut. */
const keepReference = (buffer: string, at: number, handlers: XmlHandlers) => {
  const reference = buffer.lastIndexOf('&')
  const cut =
    reference >= at && buffer.length - reference < 12 && !buffer.includes(';', reference) ? reference : buffer.length
  if (cut > at) handlers.text?.(withoutReferences(buffer.slice(at, cut)))
  return buffer.slice(cut)
}

const endOfMarkup = (buffer: string, at: number): number => {
  if (buffer.startsWith('<!--', at)) return after(buffer, '-->', at + 4)
  if (buffer.startsWith('<![CDATA[', at)) return after(buffer, ']]>', at + 9)
  if (buffer[at + 1] === '?') return after(buffer, '?>', at + 2)
  if (buffer.length - at < 9 && '<![CDATA['.startsWith(buffer.slice(at))) return -1
  const end = buffer.indexOf('>', at)
  const quoted = end > 0 && hasOpenQuote(buffer, at, end)
  return quoted ? endOfQuotedTag(buffer, at) : end < 0 ? -1 : end + 1
}

const after = (buffer: string, mark: string, from: number) => {
  const end = buffer.indexOf(mark, from)
  return end < 0 ? -1 : end + mark.length
}

const hasOpenQuote = (buffer: string, at: number, end: number) => {
  let quote = 0
  for (let i = at; i < end; i++) {
    const c = buffer.charCodeAt(i)
    if (quote ? c === quote : c === 34 || c === 39) quote = quote ? 0 : c
  }
  return quote !== 0
}

const endOfQuotedTag = (buffer: string, at: number): number => {
  let quote = 0
  for (let i = at; i < buffer.length; i++) {
    const c = buffer.charCodeAt(i)
    if (quote) quote = c === quote ? 0 : quote
    else if (c === 34 || c === 39) quote = c
    else if (c === 62) return i + 1
  }
  return -1
}

const markup = (tag: string, { open, close, text }: XmlHandlers, tags: Tags) => {
  const mark = tag[1]
  if (mark === '/') {
    tags.open -= 1
    return close?.(bare(tag.slice(2, -1).trim()))
  }
  if (mark === '!') {
    if (tag.startsWith('<![CDATA[')) return text?.(tag.slice(9, -3))
    if (!tag.startsWith('<!--')) throw new XmlFault('it declares a document type, which no workbook does')
    return undefined
  }
  if (mark === '?') return undefined
  const closed = tag[tag.length - 2] === '/'
  const inner = tag.slice(1, closed ? -2 : -1)
  const space = inner.search(/\s/)
  const name = bare(space < 0 ? inner : inner.slice(0, space))
  open?.(name, space < 0 ? '' : inner.slice(space + 1))
  if (closed) close?.(name)
  else tags.open += 1
}

const bare = (name: string) => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const withoutReferences = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
        if (name) return named[name] ?? whole
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
        return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
      })
    : text
