/** How the text of a delimited file is cut. */
export type Cut = { delimiter: string; escape: '"' | '\\' }

/** One record, its fields, and where the next one starts. */
export type Record = { fields: string[]; end: number }

/** The first records of a text. A quoted field may hold delimiters and line ends. The last one is left out when the text ends inside it. */
export const firstRecords = (text: string, cut: Cut, limit: { records: number; whole: boolean }): Record[] => {
  const records: Record[] = []
  let at = 0
  while (at < text.length && records.length < limit.records) {
    const record = readRecord(text, at, cut)
    if (record.open && !limit.whole) break
    records.push({ fields: record.fields, end: record.end })
    at = record.end
  }
  return records
}

const readRecord = (text: string, from: number, cut: Cut) => {
  const fields: string[] = []
  let at = from
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at, cut) : plainField(text, at, cut.delimiter)
    fields.push(field.value)
    at = field.end
    if (at >= text.length) return { fields, end: at, open: true }
    if (text[at] === cut.delimiter) at += 1
    else return { fields, end: afterLineEnd(text, at), open: false }
  }
}

const plainField = (text: string, from: number, delimiter: string) => {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
  return { value: text.slice(from, at), end: at }
}

const quotedField = (text: string, from: number, { delimiter, escape: mark }: Cut) => {
  let value = ''
  let at = from + 1
  while (at < text.length) {
    const c = text[at]
    if (mark === '\\' && c === '\\') {
      value += text[at + 1] ?? ''
      at += 2
    } else if (c !== '"') {
      value += c
      at += 1
    } else if (text[at + 1] === '"') {
      value += '"'
      at += 2
    } else break
  }
  const rest = plainField(text, at + 1, delimiter)
  return { value: value + rest.value, end: rest.end }
}

const afterLineEnd = (text: string, at: number) => (text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1)
