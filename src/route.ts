import type { Ask } from './ask.ts'
import type { Said } from './conversation/said.ts'
import type { Threads } from './threads.ts'
import type { Answer } from './vocabulary/answer.ts'
import type { Question } from './vocabulary/question.ts'

/** A domain that may be asked, by its name and what people call it. */
export type Named = { name: string; label: string }

export type Routing = {
  /** The domains that those who ask and read may see, the one that is usual there first. */
  domains: (question: Question) => Promise<readonly Named[]>
  threads: Threads
  /** What was said last, also when no query was answered. */
  said: Pick<Said, 'last'>
  /** Told of trouble that was survived. */
  warn: (event: string, error: unknown) => void
}

/**
 * The same `ask` over several domains. One that is named ("sales: margin by region", "in sales, …") is asked; a conversation stays where it is;
 * else the usual one is asked, and another one when that did not understand and the other wholly does. A language model that asks back ends that: the
 * reply is for the domain that asked.
 */
export const createRouted =
  (ask: Ask, { domains, threads, said, warn }: Routing): Ask =>
  async (question, asking) => {
    if (question.domain !== undefined || question.query) return ask(question, asking)
    const all = await domains(question)
    if (all.length < 2) return ask(question, asking)
    const named = namedIn(question.text, all)
    if (named) return ask({ ...question, ...named }, asking)
    const { thread, asker } = question
    const latest = thread === undefined ? undefined : await said.last(thread, asker).catch(error => warn('said', error))
    const before = latest ?? (await threads.last(thread))?.domain
    const first = all.find(({ name }) => name === before) ?? all[0]
    const answer = await ask({ ...question, domain: first?.name }, asking)
    if (answer.status !== 'clarify' || asksBack(answer)) return answer
    for (const other of all.filter(domain => domain !== first)) {
      const elsewhere = await ask({ ...question, domain: other.name }, asking).catch(() => undefined)
      asking?.signal?.throwIfAborted()
      if (elsewhere && (isUnderstood(elsewhere) || asksBack(elsewhere))) return elsewhere
    }
    return answer
  }

const isUnderstood = ({ status }: Answer) => status === 'answered' || status === 'empty'

const asksBack = ({ status, by }: Answer) => status === 'clarify' && by === 'model'

/** "sales: …" and "in sales, …", by name or label. */
const namedIn = (text: string, all: readonly Named[]): { domain: string; text: string } | undefined => {
  const [, , said, rest] = /^\s*(in\s+)?([^:,]{1,80}?)\s*[:,]\s*(\S[\s\S]*)$/i.exec(text) ?? []
  const asIn = /^\s*in\s/i.test(text)
  if (said === undefined || rest === undefined || (!asIn && !text.includes(':'))) return undefined
  const found = all.find(({ name, label }) => [name, label].some(called => plain(called) === plain(said)))
  return found && { domain: found.name, text: rest }
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, ' ')
