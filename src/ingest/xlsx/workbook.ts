import { unreadable } from '../faults.ts'
import { type CellFormat, cellFormat } from './cell-format.ts'
import { attribute, scanXml, type XmlHandlers } from './xml.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'
import { unpackEntry } from './zip-read.ts'

export type SheetEntry = { name: string; hidden: boolean; entry: ZipEntry }

/** All of a workbook but its rows. */
export type Workbook = {
  path: string
  file: string
  sheets: SheetEntry[]
  /** Texts that cells name by number. */
  texts: string[]
  /** By the style number of a cell. */
  formats: CellFormat[]
  from1904: boolean
}

/** Opens an Excel workbook (.xlsx, .xlsm: macros are not looked at). Throws `source/unreadable`. */
export const openWorkbook = async (path: string, file: string): Promise<Workbook> => {
  const entries = new Map(readZipDirectory(path, file).map(e => [e.name.toLowerCase(), e]))
  const find = (name: string) => entries.get(name.replace(/^\//, '').toLowerCase())
  const scan = async (entry: ZipEntry | undefined, handlers: XmlHandlers) => {
    if (entry) await scanXml(unpackEntry({ path, file }, entry), handlers)
  }
  const root = await relations(scan, find('_rels/.rels'))
  const main = root.find(r => r.type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const book = find(main)
  if (!book || !/\.xml$/i.test(main)) throw unreadable(file, otherKind([...entries.keys()]))
  const folder = main.replace(/^\//, '').replace(/[^/]*$/, '')
  const related = await relations(scan, find(`${folder}_rels/${main.replace(/^.*\//, '')}.rels`))
  const target = (type: string) => related.find(r => r.type === type)?.target
  const { listed, from1904 } = await readBook(scan, book)
  const sheets = listed.flatMap(({ name, hidden, relation }) => {
    const to = related.find(r => r.id === relation && r.type === 'worksheet')?.target
    const entry = to === undefined ? undefined : find(within(folder, to))
    return entry ? [{ name, hidden, entry }] : []
  })
  const part = (type: string) => {
    const to = target(type)
    return to === undefined ? undefined : find(within(folder, to))
  }
  return {
    path,
    file,
    sheets,
    from1904,
    texts: await readTexts(scan, part('sharedStrings')),
    formats: await readFormats(scan, part('styles')),
  }
}

type Scan = (entry: ZipEntry | undefined, handlers: XmlHandlers) => Promise<void>

const otherKind = (names: readonly string[]) => {
  if (names.some(n => n.startsWith('xl/') && n.endsWith('.bin')))
    return 'it is a binary Excel workbook (.xlsb); save it as .xlsx or CSV'
  if (names.includes('content.xml') && names.includes('mimetype'))
    return 'it is an OpenDocument file; save it as .xlsx or CSV'
  if (names.some(n => n.startsWith('word/') || n.startsWith('ppt/'))) return 'it is a Word or PowerPoint file'
  return names.some(n => n.startsWith('xl/'))
    ? 'it is not an Excel workbook, or it is damaged'
    : 'it is a ZIP file; unpack it and give the files in it one by one'
}

/** Where a part lies that another one names: from the root with a leading slash, else beside it. */
const within = (folder: string, target: string) => {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

type Relation = { id: string; type: string; target: string }

const relations = async (scan: Scan, entry: ZipEntry | undefined): Promise<Relation[]> => {
  const found: Relation[] = []
  await scan(entry, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const [id, type, target] = ['Id', 'Type', 'Target'].map(a => attribute(attributes, a) ?? '')
      found.push({ id: id ?? '', type: (type ?? '').replace(/^.*\//, ''), target: target ?? '' })
    },
  })
  return found
}

const readBook = async (scan: Scan, entry: ZipEntry) => {
  const listed: { name: string; hidden: boolean; relation: string }[] = []
  let from1904 = false
  await scan(entry, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const hidden = /hidden/i.test(attribute(attributes, 'state') ?? '')
      listed.push({ name: attribute(attributes, 'name') ?? '', hidden, relation: attribute(attributes, 'id') ?? '' })
    },
  })
  return { listed, from1904 }
}

/** Texts, without the reading aids that stand beside some of them (`rPh`). */
const readTexts = async (scan: Scan, entry: ZipEntry | undefined): Promise<string[]> => {
  const texts: string[] = []
  let [text, inText, inAid] = ['', false, false]
  await scan(entry, {
    open: name => {
      if (name === 'si') text = ''
      else if (name === 'rPh') inAid = true
      else if (name === 't') inText = !inAid
    },
    text: piece => {
      if (inText) text += piece
    },
    close: name => {
      if (name === 't') inText = false
      else if (name === 'rPh') inAid = false
      else if (name === 'si') texts.push(plainText(text))
    },
  })
  return texts
}

/** Characters that XML cannot hold are written `_x000D_` (ECMA-376, part 1, 22.9.2.19). */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

const readFormats = async (scan: Scan, entry: ZipEntry | undefined): Promise<CellFormat[]> => {
  const codes = new Map<number, string>()
  const ids: number[] = []
  let inCells = false
  await scan(entry, {
    open: (name, attributes) => {
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      if (name === 'numFmt') codes.set(id, attribute(attributes, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) ids.push(id)
    },
    close: name => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return ids.map(id => cellFormat(id, codes.get(id)))
}
