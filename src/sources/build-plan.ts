import { resolve } from 'node:path'
import { roleSchema, rolesSchema, roomsSchema } from '../access/schema.ts'
import type { Environment } from '../config.ts'
import { checked } from '../semantic/load/issues.ts'
import { type Path, type Report, unknown } from '../semantic/load/problem.ts'
import type { DomainPlan, Plan, Settings, SourcePlan } from './plan.ts'
import { hasReference, referenceTo, resolveAddress } from './references.ts'
import { domainSchema, fileSchema, sourceSchema, type WrittenSource } from './written.ts'

/** A domain whose model is still only named: by its path from the file. */
export type UnreadDomain = Omit<DomainPlan, 'model'> & { model?: string }

export type UnreadPlan = Omit<Plan, 'domains'> & { domains: ReadonlyMap<string, UnreadDomain> }

export type Surroundings = { folder: string; environment: Environment; report: Report }

/** Checks what was read from the file and says all that is wrong. What is given back is whole only when nothing was. */
export const buildPlan = (value: unknown, around: Surroundings): UnreadPlan => {
  const { report } = around
  const file = checked(fileSchema, value, { path: [], report }) ?? asFarAsRead(value)
  const sources = new Map<string, SourcePlan>()
  for (const [name, written] of entriesOf(file.sources, 'sources', report)) {
    const source = readSource(written, ['sources', name], around)
    if (source) sources.set(name, source)
  }
  const sourceNames = Object.keys(record(file.sources))
  const domains = new Map<string, UnreadDomain>()
  for (const [name, written] of entriesOf(file.domains, 'domains', report)) {
    const domain = readDomain(written, { name, sourceNames }, around)
    if (domain) domains.set(name, domain)
  }
  const names = Object.keys(record(file.domains))
  if (typeof file.default === 'string' && names.length > 0 && !names.includes(file.default))
    report(['default'], unknown('domain', file.default, names))
  return {
    default: typeof file.default === 'string' ? file.default : (names[0] ?? ''),
    sources,
    domains,
    settings: readSettings(file, report),
  }
}

type Loose = { default?: unknown; sources?: unknown; domains?: unknown; roles?: unknown; rooms?: unknown }

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** A file with a fault at the top is still looked through. */
const asFarAsRead = (value: unknown): Loose => record(value)

const entriesOf = (value: unknown, key: string, report: Report): [string, unknown][] => {
  const entries = Object.entries(record(value))
  if (isMap(value) && entries.length === 0) report([key], 'must name one at least')
  for (const [name] of entries)
    if (!/^[a-z][a-z0-9_-]{0,59}$/i.test(name))
      report([key, name], 'a name has letters, digits, - and _, at most 60, and begins with a letter')
  return entries
}

const readSource = (written: unknown, path: Path, around: Surroundings): SourcePlan | undefined => {
  const { report, folder } = around
  const source = checked(sourceSchema, written, { path, report })
  if (!source) return undefined
  const kinds = (['sample', 'path', 'postgres'] as const).filter(kind => source[kind] !== undefined)
  if (kinds.length !== 1) {
    report(path, `needs one of sample, path and postgres${kinds.length ? `, and has ${kinds.join(' and ')}` : ''}`)
    return undefined
  }
  for (const key of ['schemas', 'tables', 'without'] as const)
    if (source[key] && source.postgres === undefined) report([...path, key], 'is only for postgres')
  if (source.sample) return { kind: 'sample', sample: source.sample }
  if (source.path === undefined) return readPostgres(source, path, around)
  return isPath(source.path, [...path, 'path'], report)
    ? { kind: 'files', path: resolve(folder, source.path) }
    : undefined
}

const isPath = (text: string, path: Path, report: Report): boolean => {
  if (text.startsWith('~')) report(path, 'must be a path without "~", which is not expanded here')
  else if (hasReference(text)) report(path, 'only postgres may come from the environment')
  else if (text.includes('\0')) report(path, 'must be a path')
  else return true
  return false
}

const readPostgres = (source: WrittenSource, path: Path, around: Surroundings): SourcePlan | undefined => {
  const { report, environment } = around
  const at = [...path, 'postgres']
  const resolved = resolveAddress(source.postgres ?? '', environment)
  if ('problems' in resolved) {
    for (const problem of resolved.problems) report(at, problem)
    return undefined
  }
  if (!/^postgres(ql)?:\/\/./.test(resolved.address)) {
    report(
      at,
      `must be an address such as postgres://user:password@host/database, best as ${referenceTo('NAME')} from the environment`,
    )
    return undefined
  }
  const { schemas, tables, without } = source
  return { kind: 'postgres', url: resolved.address, schemas, tables, without }
}

type Naming = { name: string; sourceNames: readonly string[] }

const readDomain = (
  written: unknown,
  { name, sourceNames }: Naming,
  { report }: Surroundings,
): UnreadDomain | undefined => {
  const path = ['domains', name]
  const domain = checked(domainSchema, written, { path, report })
  if (!domain) return undefined
  if (!sourceNames.includes(domain.source)) report([...path, 'source'], unknown('source', domain.source, sourceNames))
  const { source, label, model } = domain
  if (model !== undefined && !isPath(model, [...path, 'model'], report)) return undefined
  return { name, source, label, model }
}

/** The shapes of roles and rooms. A fault in one role is told in that role's words. */
const readSettings = (file: Loose, report: Report): Settings => {
  for (const [name, role] of Object.entries(record(file.roles)))
    if (!['default', 'guests', 'external'].includes(name)) checked(roleSchema, role, { path: ['roles', name], report })
  const roles = rolesSchema.safeParse(file.roles ?? {})
  const onlyNames = Object.fromEntries(
    Object.entries(record(file.roles)).filter(([, role]) => typeof role === 'string'),
  )
  if (!roles.success)
    checked(rolesSchema, file.roles === undefined || isMap(file.roles) ? onlyNames : file.roles, {
      path: ['roles'],
      report,
    })
  const rooms = checked(roomsSchema, file.rooms ?? {}, { path: ['rooms'], report })
  return { roles: roles.data ?? rolesSchema.parse({}), rooms: rooms ?? {} }
}

const isMap = (value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value)
