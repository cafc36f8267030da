import type { Ask, FindDomain, Who } from './ask.ts'
import { createRemembering } from './conversation/remembering.ts'
import { createSaid, type Said } from './conversation/said.ts'
import type { Effects } from './effects.ts'
import { createReviewing, type Reviewing } from './review/reviewing.ts'
import { createTaught } from './review/teach.ts'
import type { Named } from './route.ts'
import { type Complaints, storedComplaints } from './store/complaints.ts'
import type { Database } from './store/database.ts'
import { type LatestAnswers, latestAnswers } from './store/latest-answer.ts'
import { type Lessons, storedLessons } from './store/lessons.ts'
import { storedSaid } from './store/said.ts'
import { storedVerifications, type Verifications } from './store/verified.ts'
import type { Threads } from './threads.ts'
import { createUsingVerified } from './verified/using.ts'
import { createVerifying, type Verifying } from './verified/verifying.ts'

/** What people said about answers and in conversations, where that outlives the process. */
export type Kept = {
  verifications: Verifications
  lessons: Lessons
  complaints: Complaints
  answers: LatestAnswers
  said: Said
}

export const storedKept = (database: Database, effects: Pick<Effects, 'now'>): Kept => ({
  verifications: storedVerifications(database, effects),
  lessons: storedLessons(database, effects),
  complaints: storedComplaints(database),
  answers: latestAnswers(database),
  said: storedSaid(database, effects),
})

export type KeepingParts = {
  find: FindDomain
  domains: (who: Who) => Promise<Named[]>
  /** Whether somebody, wherever they ask, is an admin. */
  mayManage: (who: Pick<Who, 'asker'>) => boolean
  /** Whether somebody brought a domain along. */
  isOwner: (domain: string, who: Pick<Who, 'asker'>) => Promise<boolean>
  threads: Threads
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

/** How what people said changes what is found and asked. */
export type Keeping = {
  /** Domains that also know the words that were taught. */
  find: FindDomain
  said: Said
  /** Verified questions go first. Goes around the `ask` of one domain. */
  verified: (ask: Ask) => Ask
  /** Remembers what was said. Goes around everything. */
  remembering: (ask: Ask) => Ask
  useCases: { verifying?: Verifying; reviewing?: Reviewing }
}

/** Where nothing is kept, conversations are remembered in memory, and the rest is as if it were not there. */
export const createKeeping = (
  kept: Kept | undefined,
  { find: plain, domains, mayManage, isOwner, threads, warn }: KeepingParts,
  effects: Pick<Effects, 'now'>,
): Keeping => {
  const said = kept?.said ?? createSaid()
  const remembering = (ask: Ask) => createRemembering(ask, { said, warn })
  if (!kept) return { find: plain, said, verified: ask => ask, remembering, useCases: {} }
  const { verifications, lessons, complaints, answers } = kept
  const find = createTaught(plain, { lessons, warn })
  // In a channel the rights of all count for what is shown, not for who somebody is.
  const mayVerify = async ({ asker }: Who, domain: string) => mayManage({ asker }) || (await isOwner(domain, { asker }))
  return {
    ...{ find, said, remembering },
    verified: ask => createUsingVerified(ask, { find, verifications, threads, mayVerify, warn }, effects),
    useCases: {
      verifying: createVerifying({ verifications, answers, find, domains, mayVerify, isOwner }, effects),
      reviewing: createReviewing({ complaints, lessons, answers, find, mayManage }),
    },
  }
}
