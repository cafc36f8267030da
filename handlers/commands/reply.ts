import type { Effects } from '#src/effects.ts'
import type { Answer, Clarify, Refused, Told } from '#src/vocabulary/answer.ts'
import type { Command } from './parse.ts'
import type { Turn } from './use-cases.ts'

/** What each command gets. `asked` hands a text to the question reader in the same turn. */
export type CommandRun<C extends Command> = {
  command: C
  turn: Turn
  signal?: AbortSignal
  asked: (text: string) => Promise<Answer>
  reply: Reply
}

/** Makes answers that need no query. */
export type Reply = {
  told: (told: Omit<Told, 'status' | 'id' | 'question'>) => Told
  clarify: (clarify: Omit<Clarify, 'status' | 'id' | 'question'>) => Clarify
  refused: (refused: Omit<Refused, 'status' | 'id' | 'question'>) => Refused
}

export const replyTo = (command: Command, effects: Pick<Effects, 'newId'>): Reply => {
  const common = () => ({ id: effects.newId(), question: command.text })
  return {
    told: told => ({ status: 'told', ...common(), ...told }),
    clarify: clarify => ({ status: 'clarify', ...common(), ...clarify }),
    refused: refused => ({ status: 'refused', ...common(), ...refused }),
  }
}

/** "a, b or c" */
export const listed = (words: readonly string[], last = 'or'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

/** Somebody's words within our sentence, cut when they are long. */
export const quoted = (words: string): string => {
  const line = words.replace(/\s+/g, ' ').trim()
  return `“${line.length > 60 ? `${[...line].slice(0, 57).join('')}…` : line}”`
}
