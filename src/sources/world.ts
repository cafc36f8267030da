import { type Domain, openDomain } from '../domain.ts'
import type { Effects } from '../effects.ts'
import type { OpenOptions } from '../open.ts'
import { completeModel } from '../semantic/complete.ts'
import { humanise } from '../semantic/draft/humanise.ts'
import type { Model } from '../semantic/model.ts'
import { type Kept, keep } from './kept.ts'
import { type OpenedSource, openSource } from './open-source.ts'
import type { DomainPlan, Plan, SourcePlan } from './plan.ts'
import { watched } from './watched.ts'

/** A source of a plan, open or not. `identity`: two of the same are one. */
export type Slot = { identity: string; plan: SourcePlan; kept: Kept<OpenedSource> }

/** A domain of a plan, and how it is opened. */
export type OpenableDomain = {
  plan: DomainPlan
  slot: Slot
  open(): Promise<Domain>
  /** Why it could not be opened, or its source, when that was last tried. */
  fault(): unknown
  /** The model that was drafted for it, when it was. */
  draft(): Draft | undefined
}

export type Draft = { model: Model; warnings: readonly string[] }

/** What a plan has become: everything that can be asked. Never changed; a reload makes another one. */
export type World = { plan: Plan; slots: readonly Slot[]; domains: ReadonlyMap<string, OpenableDomain> }

export type Opener = { opening: OpenOptions; effects: Effects }

/** A world in which nothing is open yet. */
export const createWorld = (plan: Plan, opener: Opener): World => {
  const slots = slotsOf(plan, source => createSlot(source, opener))
  const domains = new Map(
    [...plan.domains].map(([name, domain]) => [name, openable(domain, slots.get(domain.source)!)]),
  )
  return { plan, slots: [...new Set(slots.values())], domains }
}

/** The slots of the sources that some domain needs, by the names of the sources. */
export const slotsOf = (plan: Plan, find: (source: SourcePlan) => Slot): Map<string, Slot> => {
  const needed = new Set([...plan.domains.values()].map(domain => domain.source))
  const byIdentity = new Map<string, Slot>()
  const slots = new Map<string, Slot>()
  for (const [name, source] of plan.sources) {
    if (!needed.has(name)) continue
    const slot = byIdentity.get(identityOf(source)) ?? find(source)
    byIdentity.set(slot.identity, slot)
    slots.set(name, slot)
  }
  return slots
}

export const identityOf = (source: SourcePlan): string => JSON.stringify(source)

export const createSlot = (plan: SourcePlan, { opening, effects }: Opener): Slot => ({
  identity: identityOf(plan),
  plan,
  kept: keep(
    () => openSource(plan, opening, effects),
    ({ ground }) => ground.engine.close(),
    effects,
  ),
})

/** A domain over a slot; it is made anew whenever its source was. `draft`: one that was made before. */
export const openable = (plan: DomainPlan, slot: Slot, draft?: Draft): OpenableDomain => {
  const opened = new WeakMap<OpenedSource, Promise<Domain>>()
  let drafted = draft
  let fault: unknown
  const modelOver = async (source: OpenedSource): Promise<Draft> => {
    if (plan.model) return { model: plan.model, warnings: [] }
    // Files say at once what they are like; looking at a server takes long, and is done anew by a reload.
    if (slot.plan.kind !== 'postgres' || !drafted) drafted = await source.draft()
    return drafted
  }
  const stand = async (source: OpenedSource): Promise<Domain> => {
    const { model, warnings } = await modelOver(source)
    const domain = openDomain({
      ...source.ground,
      model: completeModel({ ...model, domain: plan.name, label: labelOf(plan) }),
      source: source.words,
      warnings: [...source.warnings, ...warnings],
    })
    return watched(domain, slot.kept.use)
  }
  const standOnce = (source: OpenedSource): Promise<Domain> => {
    const domain = opened.get(source) ?? stand(source)
    opened.set(source, domain)
    domain.then(
      () => {
        fault = undefined
      },
      thrown => {
        fault = thrown
        opened.delete(source)
      },
    )
    return domain
  }
  return {
    plan,
    slot,
    open: async () => {
      const end = slot.kept.use()
      try {
        return await standOnce(await slot.kept.get())
      } finally {
        end()
      }
    },
    fault: () => slot.kept.fault() ?? fault,
    draft: () => drafted,
  }
}

export const labelOf = ({ name, label, model }: DomainPlan): string => label ?? model?.label ?? humanise(name)
