import type { Answer } from '#src/vocabulary/answer.ts'
import type { Asker } from '#src/vocabulary/question.ts'

/** One turn of a conversation in words. */
export type SaidTurn = {
  question: string
  /** What it was read as; absent: it was asked back or refused. */
  reading?: string
  /** SQL that a language model wrote for it. */
  sql?: string
  filters?: string[]
  period?: string
  /** The headline of the answer, or what was said in place of one. */
  finding?: string
}

/** Who is told of a turn: everybody in the conversation, or who asked alone. */
export type Telling = { domain: string; asker?: Asker; alone: boolean }

/** What was said in conversations, for a language model that is asked on. */
export type Said = {
  keep: (thread: string, turn: SaidTurn, telling: Telling) => Promise<void>
  /** The latest turns about a domain that somebody may know of, oldest first. */
  of: (thread: string, who: { domain: string; asker?: Asker }) => Promise<SaidTurn[]>
  /** The domain of the latest turn that somebody may know of. */
  last: (thread: string, asker?: Asker) => Promise<string | undefined>
}

/** Turns of a conversation that are looked at. */
export const mostTurns = 400

/** Conversations in memory; the one that was left for longest goes first. */
export const createSaid = ({ maxThreads = 500 } = {}): Said => {
  const threads = new Map<string, (Telling & { turn: SaidTurn })[]>()
  const known = (thread: string, asker?: Asker) =>
    (threads.get(thread) ?? []).filter(said => !said.alone || isSame(said.asker, asker))
  return {
    keep: async (thread, turn, telling) => {
      const before = threads.get(thread) ?? []
      threads.delete(thread)
      threads.set(thread, [...before, { turn, ...telling }].slice(-mostTurns))
      for (const oldest of threads.keys()) {
        if (threads.size <= maxThreads) break
        threads.delete(oldest)
      }
    },
    of: async (thread, { domain, asker }) =>
      known(thread, asker)
        .filter(said => said.domain === domain)
        .map(({ turn }) => turn),
    last: async (thread, asker) => known(thread, asker).at(-1)?.domain,
  }
}

const isSame = (a: Asker | undefined, b: Asker | undefined) =>
  a?.platform === b?.platform && a?.tenant === b?.tenant && a?.user === b?.user

/** An answer as a turn; undefined when nothing about the data was said. */
export const turnOf = (answer: Answer): SaidTurn | undefined => {
  const question = line(answer.question, 500)
  switch (answer.status) {
    case 'told':
      return undefined
    case 'clarify':
    case 'refused':
      return { question, finding: line(answer.message, 200) }
    case 'answered':
    case 'empty': {
      const { origin, reading, sql, filters, period } = answer.receipt
      return {
        ...{ question, reading: line(reading, 300) },
        ...(origin === 'generated' && { sql: line(sql, 1500) }),
        ...(filters.length > 0 && { filters: filters.map(filter => line(filter, 200)) }),
        ...(period && { period }),
        finding: line(answer.status === 'empty' ? answer.message : answer.story.headline.text, 200),
      }
    }
  }
}

/** One line, so that nothing in it can pass for another. */
const line = (text: string, most: number): string => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain
}
