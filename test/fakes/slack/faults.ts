import type { Json } from './world.ts'

/**
 * What goes wrong with a call: Slack's error; another HTTP status; 429; the connection is cut before anything happens (`reset`) or after
 * it has happened (`lost`); the answer is late.
 */
export type Fault =
  | { error: string; more?: Json }
  | { status: number; body?: string }
  | { retryAfterSeconds: number }
  | { delayMs: number }
  | 'reset'
  | 'lost'

/** How often a fault happens (once when not said) and to which calls. */
export type FaultPlan = { times?: number; when?: (args: Json) => boolean }

/** Faults that are to come, in the order they were planned. */
export const createFaults = () => {
  const planned: { method: string; fault: Fault; left: number; when: (args: Json) => boolean }[] = []
  return {
    /** Gives back what takes the plan away again. */
    plan: (method: string, fault: Fault, { times = 1, when = () => true }: FaultPlan = {}) => {
      const plan = { method, fault, left: times, when }
      planned.push(plan)
      return () => {
        plan.left = 0
      }
    },
    /** What happens to this call: a delay, another fault, both or neither. */
    take: (method: string, args: Json): { delayMs: number; fault?: Exclude<Fault, { delayMs: number }> } => {
      const due = planned.filter(p => p.method === method && p.left > 0 && p.when(args))
      const late = due.find(p => isDelay(p.fault))
      const other = due.find(p => !isDelay(p.fault))
      for (const plan of [late, other]) if (plan) plan.left--
      return {
        delayMs: late && isDelay(late.fault) ? late.fault.delayMs : 0,
        ...(other && !isDelay(other.fault) ? { fault: other.fault } : {}),
      }
    },
  }
}
export type Faults = ReturnType<typeof createFaults>

const isDelay = (fault: Fault): fault is { delayMs: number } => typeof fault === 'object' && 'delayMs' in fault
