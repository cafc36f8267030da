import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseAst } from 'vitest/node'

/**
 * One import of a file. `to` is the path of a file of ours ("src/ask.ts") or the specifier of a package ("node:fs", "zod");
 * `later` when it is loaded only when the code gets there.
 */
export type Import = { to: string; typeOnly: boolean; later: boolean; line: number }

/** A call that starts a process, and whether it is told which environment to have. */
export type Start = { line: number; hasOwnEnvironment: boolean }

/** What the rules of the house look at in one file. */
export type Source = {
  path: string
  text: string
  imports: Import[]
  /** Global names and their members as used in code, never in comments or texts: "process.env", "Date.now", "new Date()". */
  uses: { name: string; line: number }[]
  starts: Start[]
  /** Whether the file only passes on what others export. */
  barrel: boolean
}

/** All TypeScript of these folders, read by a parser. */
export const readSources = (...folders: string[]): Source[] =>
  folders.flatMap(filesBelow).map(path => readSource(path, readFileSync(path, 'utf8')))

/** Paths of the `.ts` files below a folder of the repository. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()

/** Reads one file of the given path. Throws when it is not TypeScript. */
export const readSource = (path: string, text: string): Source => {
  const source: Source = { path, text, imports: [], uses: [], starts: [], barrel: false }
  const { body } = parseAst(text, { lang: 'ts' }) as unknown as { body: Node[] }
  const lineAt = (node: Node) => text.slice(0, node.start).split('\n').length
  for (const statement of body) walk(statement, node => look(node, source, lineAt(node)))
  source.barrel = body.length > 0 && body.every(isPassedOn)
  return source
}

type Node = { type: string; start: number } & Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const walk = (node: Node, visit: (node: Node) => void): void => {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit)
  }
}

const isPassedOn = ({ type, source, declaration }: Node) =>
  type === 'ImportDeclaration' ||
  type === 'ExportAllDeclaration' ||
  (type === 'ExportNamedDeclaration' && (isNode(source) || !isNode(declaration)))

const look = (node: Node, source: Source, line: number): void => {
  const specifier = specifierOf(node)
  if (specifier !== undefined)
    source.imports.push({
      to: resolve(source.path, specifier),
      typeOnly: isTypeOnly(node),
      later: node.type === 'ImportExpression',
      line,
    })
  const used = usedName(node)
  if (used) source.uses.push({ name: used, line })
  if (startsProcess(node)) source.starts.push({ line, hasOwnEnvironment: hasOwnEnvironment(node) })
}

const specifierOf = (node: Node): string | undefined => {
  const isImport = /^(Import|ExportAll|ExportNamed)Declaration$|^ImportExpression$|^TSImportType$/.test(node.type)
  const from = isImport ? node.source : node.type === 'CallExpression' && isRequire(node) && args(node)[0]
  return isNode(from) && typeof from.value === 'string' ? from.value : undefined
}

/** `require('x')`, `createRequire(import.meta.url)('x')` */
const isRequire = ({ callee }: Node): boolean =>
  isNode(callee) &&
  (callee.name === 'require' ||
    (callee.type === 'CallExpression' && isNode(callee.callee) && callee.callee.name === 'createRequire'))

const args = (node: Node) => node.arguments as Node[]

const isTypeOnly = (node: Node): boolean => {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = (node.specifiers ?? []) as Node[]
  return specifiers.length > 0 && specifiers.every(s => s.importKind === 'type' || s.exportKind === 'type')
}

/** Paths of ours as they lie in the repository, others as they are. */
const resolve = (from: string, specifier: string): string => {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier
}

const usedName = (node: Node): string | undefined => {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && args(node).length === 0) return 'new Date()'
  if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.type === 'Identifier')
    return `${nameOf(node.callee)}()`
  if (node.type !== 'MemberExpression') return undefined
  const member = isNode(node.property) ? (nameOf(node.property) ?? node.property.value) : undefined
  const owner = nameOf(node.object) ?? (isNode(node.object) ? usedName(node.object) : undefined)
  return owner && typeof member === 'string' ? `${owner}.${member}` : undefined
}

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? (node.name as string) : undefined

const starters = ['fork', 'spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'Worker']

const startsProcess = (node: Node): boolean =>
  ['CallExpression', 'NewExpression'].includes(node.type) && starters.includes(nameOf(node.callee) ?? '')

const hasOwnEnvironment = (node: Node): boolean =>
  args(node).some(
    arg =>
      arg.type === 'ObjectExpression' &&
      (arg.properties as Node[]).some(({ key, value }) => nameOf(key) === 'env' && isNode(value)),
  )
