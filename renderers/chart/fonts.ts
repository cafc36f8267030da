import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GlobalFonts } from 'canvas'
import { type EastAsian, eastAsianFamily, eastAsianFonts } from './font-family.ts'
import { alwaysLoaded, folderOf } from './font-files.ts'

/**
 * Registers the fonts every picture may use. Must run before anything is measured: Vega remembers text widths for good.
 * Files come from npm packages; system fonts are never relied on. Throws when one cannot be read.
 */
export const registerFonts = (): void => {
  for (const [name, file, family] of alwaysLoaded) register(join(folderOf(name), file), family)
}

/** Registers the East Asian subset files that hold the characters of a text, each once. About 100 files exist per language; few are needed. */
export const registerFontsFor = (text: string): void => {
  let missing = [...new Set(text)].filter(char => (char.codePointAt(0) ?? 0) >= 0x1100)
  for (const key of eastAsianFonts(text)) {
    const subsets = subsetsOf(key)
    const found = [...missing].flatMap(char => {
      const subset = subsets.find(s => holds(s, char.codePointAt(0) ?? 0))
      return subset ? [{ char, file: subset.file }] : []
    })
    for (const file of new Set(found.map(f => f.file))) registerOnce(file, eastAsianFamily[key])
    missing = missing.filter(char => !found.some(f => f.char === char))
  }
}

type Subset = { file: string; ranges: [number, number][] }

const known = new Map<EastAsian, Subset[]>()
const registered = new Set<string>()

const subsetsOf = (key: EastAsian): Subset[] => {
  const before = known.get(key)
  if (before) return before
  const folder = folderOf(`@fontsource-variable/noto-sans-${key}`)
  const map: unknown = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8'))
  const subsets = Object.entries(map as Record<string, string>)
    .map(([name, ranges]) => ({ file: subsetFile(folder, key, name), ranges: readRanges(ranges) }))
    .filter(subset => existsSync(subset.file))
  known.set(key, subsets)
  return subsets
}

const subsetFile = (folder: string, key: EastAsian, name: string): string =>
  join(folder, 'files', `noto-sans-${key}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`)

const readRanges = (text: string): [number, number][] =>
  text.split(',').map(part => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })

const holds = ({ ranges }: Subset, code: number): boolean => ranges.some(([from, to]) => code >= from && code <= to)

const registerOnce = (file: string, family: string): void => {
  if (registered.has(file)) return
  register(file, family)
  registered.add(file)
}

const register = (file: string, family: string): void => {
  if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`font not readable: ${file}`)
}
