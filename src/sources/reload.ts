import { type Problem, problemLines } from '../semantic/load/problem.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import { checkRights } from './check-rights.ts'
import { measuresThatFail } from './fits.ts'
import type { DomainPlan, Plan } from './plan.ts'
import type { PlanRead } from './read-plan.ts'
import {
  createSlot,
  identityOf,
  type OpenableDomain,
  type Opener,
  openable,
  type Slot,
  slotsOf,
  type World,
} from './world.ts'

/** What reading the file anew came to. Names are those of domains; `settings`: roles, rooms or the default domain changed. */
export type Reloaded =
  | { status: 'reloaded'; added: string[]; removed: string[]; changed: string[]; settings: boolean }
  | { status: 'kept'; problems: string[] }

export type WorldReloaded =
  | (Extract<Reloaded, { status: 'reloaded' }> & { world: World; dropped: Slot[] })
  | Extract<Reloaded, { status: 'kept' }>

export type Reloading = {
  read: () => Promise<PlanRead>
  opener: Opener
  /** Whether a dataset has that name. */
  isTaken: (name: string) => boolean
}

/**
 * Makes another world of the file as it is now. What did not change is taken over as it is, running or not; what did is opened, and its
 * models are tried on the data. When anything is wrong, nothing is taken over, and all that is wrong is told.
 */
export const reloadWorld = async (old: World, { read, opener, isTaken }: Reloading): Promise<WorldReloaded> => {
  const next = await read()
  if ('problems' in next) return { status: 'kept', problems: next.problems }
  const { plan, lineOf } = next
  const problems: Problem[] = []
  for (const name of plan.domains.keys())
    if (isTaken(name)) problems.push({ path: ['domains', name], message: 'a dataset of that name was uploaded' })
  const { slots, made } = await findSlots(old, plan, { opener, problems })
  const domains = new Map<string, OpenableDomain>()
  for (const [name, domain] of plan.domains) {
    const slot = slots.get(domain.source)!
    domains.set(name, (await unchanged(old.domains.get(name), { plan: domain, slot })) ?? openable(domain, slot))
  }
  const fresh = [...domains.values()].filter(domain => domain !== old.domains.get(domain.plan.name))
  for (const domain of fresh) problems.push(...(await faultsOf(domain)))
  checkRights(plan.settings, withDrafts(domains), (path, message, key) => void problems.push({ path, message, key }))
  if (problems.length > 0) {
    await Promise.all(made.map(slot => slot.kept.close()))
    return { status: 'kept', problems: problemLines(problems, lineOf) }
  }
  const world = { plan, slots: [...new Set(slots.values())], domains }
  return {
    status: 'reloaded',
    ...differences(old, world),
    world,
    dropped: old.slots.filter(s => !world.slots.includes(s)),
  }
}

/** What roles say of drafted models can be checked once these are there; of the others it was when the file was read. */
const withDrafts = (domains: ReadonlyMap<string, OpenableDomain>): Map<string, DomainPlan> =>
  new Map([...domains].map(([name, { plan, draft }]) => [name, { ...plan, model: plan.model ?? draft()?.model }]))

type Finding = { opener: Opener; problems: Problem[] }

/** The slots of a plan: those that are there already and whose data is the same, and new ones. */
const findSlots = async (old: World, plan: Plan, { opener, problems }: Finding) => {
  const outdated = new Set<Slot>()
  for (const [name, source] of plan.sources) {
    const slot = old.slots.find(s => s.identity === identityOf(source))
    const isCurrent =
      (await slot?.kept
        .current()
        ?.isCurrent()
        .catch(thrown => thrown as unknown)) ?? true
    if (isCurrent === true) continue
    outdated.add(slot!)
    if (isCurrent !== false) problems.push({ path: ['sources', name], message: whyNot(isCurrent) })
  }
  const made: Slot[] = []
  const slots = slotsOf(plan, source => {
    const known = old.slots.find(s => s.identity === identityOf(source) && !outdated.has(s))
    if (known) return known
    const slot = createSlot(source, opener)
    made.push(slot)
    return slot
  })
  return { slots, made }
}

type Wanted = { plan: DomainPlan; slot: Slot }

/** The domain as it was, unless its model or its data changed, or what is drafted for its tables now. */
const unchanged = async (
  old: OpenableDomain | undefined,
  { plan, slot }: Wanted,
): Promise<OpenableDomain | undefined> => {
  if (!old || old.slot !== slot || JSON.stringify(old.plan) !== JSON.stringify(plan)) return undefined
  const source = slot.kept.current()
  if (plan.model || slot.plan.kind !== 'postgres' || !source || !old.draft()) return old
  const end = slot.kept.use()
  // What cannot be drafted now is told by opening the domain.
  const draft = await source
    .draft()
    .catch(() => undefined)
    .finally(end)
  if (!draft) return undefined
  return JSON.stringify(draft) === JSON.stringify(old.draft()) ? old : openable(plan, slot, draft)
}

const faultsOf = async ({ plan, slot, open }: OpenableDomain): Promise<Problem[]> => {
  const end = slot.kept.use()
  try {
    const { ground } = await slot.kept.get()
    const failing = plan.model ? await measuresThatFail(await open(), ground) : []
    if (!plan.model) await open()
    if (failing.length === 0) return []
    const message = `the model does not fit the data of ${plan.source}: ${some(failing)} cannot be worked out`
    return [{ path: ['domains', plan.name, 'model'], message }]
  } catch (thrown) {
    if (!(thrown instanceof ChartroomError)) throw thrown
    const path = slot.kept.current() ? ['domains', plan.name] : ['sources', plan.source]
    return [{ path, message: thrown.message }]
  } finally {
    end()
  }
}

/** Why something cannot be opened, for people. What nobody foresaw goes on its way. */
const whyNot = (thrown: unknown): string => {
  if (thrown instanceof ChartroomError) return thrown.message
  throw thrown
}

const some = (labels: string[]) =>
  labels.length > 5 ? `${labels.slice(0, 5).join(', ')} and ${labels.length - 5} more` : labels.join(', ')

const differences = (old: World, world: World) => {
  const names = [...world.domains.keys()]
  const said = ({ plan }: World) => JSON.stringify([plan.default, plan.settings])
  return {
    added: names.filter(name => !old.domains.has(name)),
    removed: [...old.domains.keys()].filter(name => !world.domains.has(name)),
    changed: names.filter(name => old.domains.has(name) && old.domains.get(name) !== world.domains.get(name)),
    settings: said(old) !== said(world),
  }
}
