import { open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Environment } from '../config.ts'
import { modelPath } from '../open.ts'
import { type Path, type Problem, problemLines, type Report } from '../semantic/load/problem.ts'
import { parseYaml } from '../semantic/load/yaml.ts'
import { readModel } from '../semantic/load.ts'
import type { Model } from '../semantic/model.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import { buildPlan, type UnreadDomain, type UnreadPlan } from './build-plan.ts'
import { checkRights } from './check-rights.ts'
import type { DomainPlan, Plan, Settings } from './plan.ts'
import { referenceTo, shieldReferences, unshield } from './references.ts'
import { takeSecrets, withoutPasswords } from './secrets.ts'

/** More about the file than its shape: whether roles and rooms fit the domains and their models. */
export type CheckSettings = (settings: Settings, domains: ReadonlyMap<string, DomainPlan>, report: Report) => void

/** `path` is as people wrote it, and named so. */
export type ReadPlan = { path: string; environment: Environment; checkSettings?: CheckSettings }

/** Bytes. */
const mostBytes = 1_000_000

/** A file that is right, and the line of everything in it; or all that is wrong with it, in the order of its lines. */
export type PlanRead = { plan: Plan; lineOf: (path: Path) => number } | { problems: string[] }

/** Reads `chartroom.yaml` and the models that it names. No sentence repeats a secret. Throws only what nobody foresaw. */
export const readPlan = async ({ path, environment, checkSettings = checkRights }: ReadPlan): Promise<PlanRead> => {
  const text = await readText(path)
  if (typeof text !== 'string') return { problems: [text.reason] }
  const file = parseYaml(shieldReferences(text), { what: 'chartroom.yaml', holds: 'sources, domains …' })
  const problems: Problem[] = [...file.problems]
  if (!('value' in file)) return { problems: problemLines(problems, () => undefined).map(told) }
  const report: Report = (at, message, key) => void problems.push({ path: at, message, key })
  const { value, secrets } = takeSecrets(unshield(file.value))
  for (const secret of secrets)
    report(
      secret.path,
      `holds a password; put the address into the environment or .env, and write ${referenceTo('NAME')} here`,
    )
  const folder = dirname(resolve(path))
  const unread = buildPlan(value, { folder, environment, report })
  const plan = await withModels(unread, { folder, report })
  if (problems.length === 0) checkSettings(plan.settings, plan.domains, report)
  if (problems.length > 0) return { problems: problemLines(problems, file.lineOf).map(told) }
  return { plan, lineOf: file.lineOf }
}

/** What a parser says may repeat words of the file. */
const told = (line: string) => withoutPasswords(line.replace(/(not readable as YAML: .*?[a-z]): .*$/s, '$1'))

type Unreadable = { reason: string }

const readText = async (path: string): Promise<string | Unreadable> => {
  const bytes = await readBytes(path)
  if ('reason' in bytes) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { reason: 'it is not text in UTF-8' }
  }
}

/** Never more than is allowed, however large the file is and whatever kind it has. */
const readBytes = async (path: string): Promise<Uint8Array | Unreadable> => {
  try {
    if (!(await stat(path)).isFile()) return { reason: 'it is not a file' }
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(mostBytes + 1) })
      return bytesRead > mostBytes ? { reason: 'it has more than 1 MB' } : buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    return { reason: isMissing ? 'there is no such file' : 'it may not be read' }
  }
}

type ReadingModels = { folder: string; report: Report }

const withModels = async (unread: UnreadPlan, reading: ReadingModels): Promise<Plan> => {
  const domains = new Map<string, DomainPlan>()
  for (const [name, domain] of unread.domains)
    domains.set(name, { ...domain, model: await modelOf(domain, unread, reading) })
  return { ...unread, domains }
}

const modelOf = async (
  domain: UnreadDomain,
  { sources }: UnreadPlan,
  { folder, report }: ReadingModels,
): Promise<Model | undefined> => {
  const source = sources.get(domain.source)
  if (domain.model === undefined) return source?.kind === 'sample' ? readModel(modelPath(source.sample)) : undefined
  const path = resolve(folder, domain.model)
  return readModel(path).catch(thrown => {
    if (!(thrown instanceof ChartroomError)) throw thrown
    const message = thrown.message.replaceAll(path, domain.model ?? path)
    report(['domains', domain.name, 'model'], message.replaceAll('\n', '\n  '))
    return undefined
  })
}
