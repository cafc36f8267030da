import { currencyOf } from '../typing/number-candidates.ts'

/** What a cell's number stands for, by the format that it is shown in. */
export type CellFormat =
  | { kind: 'number'; currency?: string }
  | { kind: 'percent' }
  | { kind: 'date' }
  /** A time of day or a length of time. */
  | { kind: 'clock' }

const plain: CellFormat = { kind: 'number' }

/** Formats that a workbook names by number alone (ECMA-376, part 1, 18.8.30); 27–36 and 50–58 are dates of East Asia. */
const builtIn = (id: number): CellFormat => {
  if (id === 9 || id === 10) return { kind: 'percent' }
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date' }
  return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? { kind: 'clock' } : plain
}

/** The meaning of a number format: its id, and its code when the workbook gives one. */
export const cellFormat = (id: number, code: string | undefined): CellFormat => {
  if (code === undefined) return builtIn(id)
  const [section = ''] = code.split(';')
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
  if (/^general$/i.test(bare)) return plain
  if (bare.includes('%')) return { kind: 'percent' }
  if (/[yd]|mmm/i.test(bare) && !/[0#?]/.test(bare.replace(/s[.,]0+/gi, ''))) return { kind: 'date' }
  if (/[hs]/i.test(bare) && !/[#?]/.test(bare)) return { kind: 'clock' }
  return { kind: 'number', currency: currencyIn(section) }
}

const currencyIn = (section: string) => {
  const signs = section.match(/\[\$([^\]-]+)|"([^"]+)"|[$€£¥₹]/g) ?? []
  return currencyOf(signs.map(s => s.replace(/["[]|(?<=\[)\$/g, '')))
}

const day = 86_400_000

/** A date as ISO text, with the time of day when there is one. Undefined when no calendar has it. */
export const serialDate = (serial: number, from1904: boolean): string | undefined => {
  const days = from1904 ? serial + 1462 : serial
  if (days < 0 || days >= 2_958_466) return undefined
  // The first calendar of spreadsheets has a 29 February 1900, which never was.
  const moment = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + Math.round(days * day))
  const iso = moment.toISOString()
  if (iso.endsWith('T00:00:00.000Z')) return iso.slice(0, 10)
  return iso.slice(0, iso.endsWith('.000Z') ? 19 : 23).replace('T', ' ')
}

/** A time of day, or a length of time in hours, minutes and seconds. */
export const serialClock = (serial: number): string => {
  const seconds = Math.round(Math.abs(serial) * 86_400)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return (serial < 0 ? '-' : '') + parts.map(p => String(p).padStart(2, '0')).join(':')
}
