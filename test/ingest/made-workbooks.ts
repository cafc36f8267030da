import { strToU8, type Zippable, zipSync } from 'fflate'

/** A cell: a value, or one with its style number, its formula, or as XML. */
export type MadeCell = string | number | boolean | null | { v?: number | string; s?: number; f?: string; t?: string }
export type MadeSheet = { name: string; rows: MadeCell[][]; merges?: string[]; state?: string; xml?: string }

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const letters = (i: number): string =>
  (i < 26 ? '' : letters(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26))

const cell = (value: MadeCell, place: string): string => {
  if (value === null) return ''
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'string')
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  const { v, s, f, t } = value
  const attributes = [s === undefined ? '' : ` s="${s}"`, t === undefined ? '' : ` t="${t}"`].join('')
  const formula = f === undefined ? '' : `<f>${escaped(f)}</f>`
  return `<c r="${place}"${attributes}>${formula}${v === undefined ? '' : `<v>${escaped(String(v))}</v>`}</c>`
}

const sheetXml = ({ rows, merges = [] }: MadeSheet) => {
  const lines = rows.map(
    (r, i) => `<row r="${i + 1}">${r.map((c, k) => cell(c, `${letters(k)}${i + 1}`)).join('')}</row>`,
  )
  const merged = merges.map(ref => `<mergeCell ref="${ref}"/>`).join('')
  return `${head}<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData>${merged ? `<mergeCells>${merged}</mergeCells>` : ''}</worksheet>`
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const package_ = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** Styles by number: 0 plain, 1 date, 2 date and time, 3 percent, 4 euros, 5 dollars, 6 time of day, 7 hours beyond a day. */
const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00\\ [$€-407]"/><numFmt numFmtId="165" formatCode="&quot;$&quot;#,##0"/><numFmt numFmtId="166" formatCode="[h]:mm:ss"/></numFmts><cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs><cellXfs count="8">${[0, 14, 22, 10, 164, 165, 20, 166].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`

export type Extra = { texts?: string; book?: string; files?: Zippable }

/** The files of a workbook. */
export const workbookFiles = (sheets: readonly MadeSheet[], { texts, book = '', files = {} }: Extra = {}): Zippable => {
  const listed = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const relations = [
    ...sheets.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
    relation('rIdS', 'styles', 'styles.xml'),
    ...(texts === undefined ? [] : [relation('rIdT', 'sharedStrings', '/xl/sharedStrings.xml')]),
  ]
  const all: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${head}<Relationships xmlns="${package_}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}">${book}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${package_}">${relations.join('')}</Relationships>`,
    'xl/styles.xml': styles,
    ...(texts === undefined ? {} : { 'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${texts}</sst>` }),
    ...Object.fromEntries(sheets.map((s, i) => [`xl/worksheets/sheet${i + 1}.xml`, s.xml ?? sheetXml(s)])),
  }
  return { ...Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])), ...files }
}

/** A workbook as bytes. */
export const makeWorkbook = (sheets: readonly MadeSheet[], extra?: Extra): Buffer =>
  Buffer.from(zipSync(workbookFiles(sheets, extra)))

/** One sheet called "Sheet1". */
export const makeSheet = (rows: MadeCell[][], more: Partial<MadeSheet> = {}): Buffer =>
  makeWorkbook([{ name: 'Sheet1', rows, ...more }])
