/** What a file really is, when its first bytes tell that it is no text. Goes on "it is …". */
export const disguise = (head: Buffer): string | undefined => {
  const known = signatures.find(([bytes, , at = 0]) => head.subarray(at, at + bytes.length).equals(bytes))
  return known?.[1] ?? (markup.test(head.subarray(0, 64).toString('latin1')) ? 'a web page or XML' : undefined)
}

const hex = (bytes: string) => Buffer.from(bytes, 'hex')

const signatures: [Buffer, string, number?][] = [
  [hex('504b0304'), 'an Excel or ZIP file; give it the ending .xlsx'],
  [hex('d0cf11e0'), 'an old Excel file; save it as CSV'],
  [hex('1f8b'), 'packed with gzip; give it the ending .gz'],
  [hex('89504e47'), 'a picture'],
  [hex('ffd8ff'), 'a picture'],
  [Buffer.from('GIF8'), 'a picture'],
  [Buffer.from('%PDF'), 'a PDF'],
  [Buffer.from('PAR1'), 'a Parquet file; give it the ending .parquet'],
  [Buffer.from('SQLite format 3'), 'an SQLite database; export its tables as CSV'],
  [Buffer.from('ARROW1'), 'an Arrow file; save it as Parquet'],
  [Buffer.from('DUCK'), 'a DuckDB database; give it the ending .duckdb', 8],
  [Buffer.from('version https://git-lfs'), 'a Git LFS pointer; fetch the real file first'],
]

const markup = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)/i

/** Whether bytes are no text in any encoding that is read: zero bytes where no UTF-16 would have them. */
export const isBinary = (head: Buffer, encoding: string): boolean =>
  encoding === 'utf-8' && head.subarray(0, 8192).includes(0)
