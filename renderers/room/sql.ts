import type { SqlPiece } from './view.ts'

const keywords = new Set(
  (
    'select from where group by order limit offset having with as and or not in is null on join left right inner outer full cross ' +
    'union all distinct case when then else end between like ilike asc desc nulls first last over partition rows range ' +
    'preceding following current row interval date timestamp cast filter using exists true false'
  ).split(' '),
)

/** SQL in pieces to be coloured. It only colours: the pieces put together are the text again, whatever the text is. */
export const sqlPieces = (sql: string): SqlPiece[] => {
  const pieces: SqlPiece[] = []
  for (const [text] of sql.matchAll(pattern)) {
    const kind = kindOf(text)
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  return pieces
}

const pattern = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_]*|\s+|./gsu

const kindOf = (text: string): SqlPiece['kind'] => {
  if (text.startsWith('--')) return 'remark'
  if (text.startsWith("'") && text.length > 1) return 'text'
  if (/^\d/.test(text)) return 'number'
  return keywords.has(text.toLowerCase()) ? 'keyword' : 'plain'
}
