import type { Effects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import { type Audit, overLimit } from '#src/store/audit.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import type { Rights } from './rights.ts'
import type { Refusal } from './role-of.ts'

/** One question that is let through; `done` says that it ended and its row of audit stands for it. */
export type Taken = { done: () => void }

export type Limit = {
  /** Whether somebody may ask one more within an hour. What runs counts as well. Nobody (the machine's own user) is never refused. */
  take: (asker: Asker | undefined, rights: Pick<Rights, 'questionsPerHour'>) => Promise<Taken | Refusal>
}

const anHour = 3_600_000

/**
 * Counts the questions of each person in the audit, over the hour before now. Two processes that answer one person at the same moment may
 * let through as many more as they have running.
 */
export const createLimit = (
  { audit }: { audit: Pick<Audit, 'count' | 'read'> },
  { now }: Pick<Effects, 'now'>,
): Limit => {
  const running = new Map<string, number>()
  const take = (key: string): Taken & { place: number } => {
    const place = (running.get(key) ?? 0) + 1
    running.set(key, place)
    return {
      place,
      done: () => {
        const left = (running.get(key) ?? 1) - 1
        if (left > 0) running.set(key, left)
        else running.delete(key)
      },
    }
  }
  return {
    take: async (asker, { questionsPerHour: most }) => {
      if (!asker || most === undefined) return { done: () => undefined }
      const { platform, tenant, user } = asker
      const [owner, key] = [{ platform, tenant, user }, `${platform}:${tenant}:${user}`]
      // Taken before anything is waited for, so that questions that come together see each other.
      const taken = take(key)
      const since = now() - anHour
      const asked = await audit.count(owner, since).catch(error => {
        taken.done()
        throw error
      })
      if (asked + taken.place <= most) return taken
      taken.done()
      return { code: overLimit, message: sentence(most, await waitFor({ audit, owner, since }, most)) }
    },
  }
}

type Looking = { audit: Pick<Audit, 'read'>; owner: Owner; since: number }

/** Milliseconds until so many questions of the hour are older than that that one more may be asked; what runs ends sooner. */
const waitFor = async ({ audit, owner, since }: Looking, most: number): Promise<number> => {
  const asked = (await audit.read({ owner, since, most: most + 1000 })).filter(({ code }) => code !== overLimit)
  return asked.length < most ? 0 : asked[most - 1]!.at - since
}

const sentence = (most: number, waitMs: number) => {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000))
  const many = most === 1 ? 'one question' : `${most} questions`
  return `You may ask ${many} an hour, and have. Ask again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
