import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit } from 'yaml'
import type { Path, Problem } from './problem.ts'

/** A parsed file, with the line (from 1) of everything in it; a path that is not there has the line of what is nearest above it. */
export type YamlFile = { value: Record<string, unknown>; lineOf: (path: Path) => number; problems: Problem[] }

const longest = 1_000_000

/** What a file is called in sentences, and what stands in it. */
export type FileWords = { what: string; holds: string }

const modelWords: FileWords = { what: 'a model', holds: 'domain, tables, measures …' }

/** Reads YAML (or JSON, which is YAML). A text that cannot be read at all is one problem; doubled keys are reported and loading goes on. */
export const parseYaml = (
  text: string,
  { what, holds }: FileWords = modelWords,
): YamlFile | { problems: [Problem] } => {
  if (text.length > longest)
    return fatal(`the file has ${text.length.toLocaleString('en-US')} characters; ${what} has at most 1,000,000`)
  const lines = new LineCounter()
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const
  const doc = parseDocument(text, options)
  const lineAt = (offset: number) => lines.linePos(offset).line
  const wrong = doc.errors[0] ?? doc.warnings[0]
  if (wrong) return fatal(`not readable as YAML: ${sentence(wrong.code, wrong.message, what)}`, lineAt(wrong.pos[0]))
  if (doc.contents === null || (isScalar(doc.contents) && doc.contents.value === null))
    return fatal('the file is empty')
  if (!isMap(doc.contents)) return fatal(`the file must be a map of settings (${holds}), not ${kindOf(doc)}`)
  return (
    forbidden(doc, lineAt) ?? { value: doc.toJS(), lineOf: lineFinder(doc, lineAt), problems: doubledKeys(doc, lineAt) }
  )
}

const fatal = (message: string, line?: number): { problems: [Problem] } => ({ problems: [{ path: [], message, line }] })

const sentences: Record<string, string> = {
  TAB_AS_INDENT: 'indent with spaces, not tabs',
  BAD_ALIAS: 'anchors (&) and aliases (*) are not allowed; write it out',
  BLOCK_AS_IMPLICIT_KEY: 'a value with ": " in it needs quotes',
  BAD_DIRECTIVE: 'directives (%) are not allowed',
  TAG_RESOLVE_FAILED: 'tags (!) are not allowed',
}

const sentence = (code: string, message: string, what: string) =>
  code === 'MULTIPLE_DOCS'
    ? `${what} is one document; remove the line ---`
    : (sentences[code] ?? message.split('\n')[0])

const kindOf = (doc: Document) => (isSeq(doc.contents) ? 'a list' : 'a single value')

/** Anchors and aliases can blow a small file up; keys that are lists or maps mean nothing here. */
const forbidden = (doc: Document, lineAt: (offset: number) => number) => {
  let found: { problems: [Problem] } | undefined
  const stop = (message: string, range: readonly number[] | null | undefined) => {
    found = fatal(`not readable as YAML: ${message}`, lineAt(range?.[0] ?? 0))
    return visit.BREAK
  }
  visit(doc, {
    Alias: (_, node) => stop(sentences.BAD_ALIAS!, node.range),
    Node: (_, node) => ('anchor' in node && node.anchor ? stop(sentences.BAD_ALIAS!, node.range) : undefined),
    Pair: (_, { key }) =>
      isNode(key) && (!isScalar(key) || key.value === '__proto__')
        ? stop('a key must be a word', key.range)
        : undefined,
  })
  return found
}

const lineFinder = (doc: Document, lineAt: (offset: number) => number) => (path: Path) => {
  let node: unknown = doc.contents
  let offset = 0
  for (const part of path) {
    const pair: Pair | undefined = isMap(node) ? node.items.find(item => keyOf(item) === String(part)) : undefined
    const next: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value
    if (!pair && next === undefined) break
    offset = offsetOf(pair ? pair.key : next) ?? offset
    node = next
  }
  return lineAt(offset)
}

const keyOf = (pair: Pair) => String(isScalar(pair.key) ? pair.key.value : pair.key)

const offsetOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined)

const doubledKeys = (doc: Document, lineAt: (offset: number) => number): Problem[] => {
  const problems: Problem[] = []
  visit(doc, {
    Map: (_, map) => {
      const seen = new Map<string, number>()
      for (const pair of map.items) {
        const key = keyOf(pair)
        const line = lineAt(offsetOf(pair.key) ?? 0)
        const first = seen.get(key)
        if (first)
          problems.push({ path: [], message: `"${key}" stands here a second time (first on line ${first})`, line })
        else seen.set(key, line)
      }
    },
  })
  return problems
}
