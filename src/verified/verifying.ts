import { createHash } from 'node:crypto'
import { type FindDomain, todayIn, type Who } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import type { Effects } from '#src/effects.ts'
import type { Named } from '#src/route.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Owner } from '#src/store/answers.ts'
import type { LatestAnswers } from '#src/store/latest-answer.ts'
import { anAdmin, type Verification, type Verifications } from '#src/store/verified.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Asker, Question } from '#src/vocabulary/question.ts'
import { askedOn } from './as-of.ts'
import { keepingOf } from './keep.ts'

export type VerifyingParts = {
  verifications: Verifications
  answers: Pick<LatestAnswers, 'last' | 'byId'>
  find: FindDomain
  domains: (who: Who) => Promise<Named[]>
  /** Whether somebody may say that an answer about a domain is right. */
  mayVerify: (who: Who, domain: string) => boolean | Promise<boolean>
  isOwner: (domain: string, who: Pick<Who, 'asker'>) => Promise<boolean>
}

type Turn = Omit<Question, 'text'>

/** What came of it: `problem` says why an answer cannot be asked again on other days. */
export type Verdict =
  | { kind: 'verified'; nth: number; question: string; name: string; domain: string }
  | { kind: 'no-answer' }
  | { kind: 'problem'; problem: string; domain: string }

/** A verified question as those see it who look after them; `trouble`: why it is not used any more. */
export type VerifiedLine = Pick<Verification, 'nth' | 'domain' | 'question' | 'name'> & {
  day: string
  trouble?: string
}

export type Verifying = {
  /** The last answer of the conversation, or the one named. Throws `access/admins-only`. */
  verify: (turn: Turn, what: { answer?: string; name?: string }) => Promise<Verdict>
  /** Throws `access/admins-only`. */
  list: (turn: Turn) => Promise<VerifiedLine[]>
  /** Gives what was removed; undefined when there is none. Throws `access/admins-only`. */
  remove: (turn: Turn, nth: number) => Promise<VerifiedLine | undefined>
}

/** Verifying answers, for admins and for the owner of a dataset. */
export const createVerifying = (parts: VerifyingParts, { now }: Pick<Effects, 'now'>): Verifying => {
  const theirs = async ({ asker }: Turn): Promise<string[]> => {
    const names = (await parts.domains({ asker })).map(({ name }) => name)
    const may = await Promise.all(names.map(name => parts.mayVerify({ asker }, name)))
    const mine = names.filter((_, i) => may[i])
    if (mine.length === 0) throw ChartroomError.of('access/admins-only')
    return mine
  }
  const all = async (turn: Turn) => parts.verifications.of(await theirs(turn))
  return {
    verify: async (turn, what) => {
      const { asker, thread } = turn
      const found = await (what.answer !== undefined
        ? parts.answers.byId(what.answer, asker)
        : thread !== undefined && parts.answers.last(thread, asker))
      if (!found) return (await theirs(turn)) && { kind: 'no-answer' }
      const { answer, at } = found
      if (!(await parts.mayVerify({ asker }, answer.domain))) throw ChartroomError.of('access/admins-only')
      const domain = await parts.find(answer.domain, { asker })
      const day = turn.today ?? todayIn(domain.model.zone, at)
      const kept = keepingOf({ answer, domain, knowledge: await domain.knowledge(), day })
      if ('problem' in kept) return { kind: 'problem', problem: kept.problem, domain: answer.domain }
      const name = what.name ?? (await nameOf(asker, answer.domain, parts))
      const told = { question: kept.question, name, domain: answer.domain }
      const about = { day, modelHash: hashOf(domain.model), ...(asker && { owner: ownerOf(asker) }) }
      return { kind: 'verified', nth: await parts.verifications.put({ ...kept, ...told, ...about }), ...told }
    },
    list: async turn => {
      const lines: VerifiedLine[] = []
      for (const verified of await all(turn)) {
        const domain = await parts.find(verified.domain, { asker: turn.asker })
        lines.push(lineOf(verified, await troubleOf(verified, { domain, now: now() })))
      }
      return lines
    },
    remove: async (turn, nth) => {
      const found = (await all(turn)).find(verified => verified.nth === nth)
      if (found) await parts.verifications.remove(nth)
      return found && lineOf(found)
    },
  }
}

/** What people call who verified it; the ids of a platform say nothing to them. */
const nameOf = async (asker: Asker | undefined, domain: string, { isOwner }: VerifyingParts): Promise<string> => {
  if (!asker) return 'the owner of this machine'
  if (asker.name) return asker.name.slice(0, 60)
  return (await isOwner(domain, { asker })) ? 'the owner of this data' : anAdmin
}

const ownerOf = ({ platform, tenant, user }: Asker): Owner => ({ platform, tenant, user })

const hashOf = (model: Model) => createHash('sha256').update(JSON.stringify(model)).digest('base64url').slice(0, 22)

const lineOf = ({ nth, domain, question, name, at }: Verification, trouble?: string): VerifiedLine => ({
  ...{ nth, domain, question, name, day: new Date(at).toISOString().slice(0, 10) },
  ...(trouble !== undefined && { trouble }),
})

/** SQL is only tried when the semantic model has changed since. */
const troubleOf = async (
  verified: Verification,
  { domain, now }: { domain: Domain; now: number },
): Promise<string | undefined> => {
  const { model, dialect } = domain
  const asked = askedOn(verified, { domain, knowledge: await domain.knowledge(), today: todayIn(model.zone, now) })
  if (!asked) return 'the period that it names cannot be placed any more'
  if ('query' in asked) {
    const compiled = compile(asked.query, model, dialect)
    return isCompileProblem(compiled) ? compiled.message : undefined
  }
  if (verified.modelHash === hashOf(model)) return undefined
  const result = await domain.runText(asked.sql).catch(wordsOf)
  return Array.isArray(result) ? result[0]?.message : 'failed' in result ? result.failed : undefined
}

const wordsOf = (error: unknown): { failed: string } => {
  if (!(error instanceof ChartroomError)) throw error
  return { failed: error.message }
}
