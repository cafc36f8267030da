import type { Effects } from '#src/effects.ts'
import type { KeyValues } from '#src/store/key-values.ts'
import { toFailure } from '../chat/failures.ts'
import type { Seats } from '../chat/seats.ts'
import type { ChatParts } from '../chat/turn.ts'
import { CallError } from './call-error.ts'
import type { Calls } from './calls.ts'
import type { Edits } from './edits.ts'
import type { Latest } from './latest.ts'
import type { People } from './people.ts'
import type { Pictures } from './pictures.ts'
import type { Shared } from './sharing.ts'

export type SlackParts = ChatParts & { installations: KeyValues }

/** What everything that happens in Slack is handled with. */
export type Slack = {
  parts: SlackParts
  effects: Effects
  calls: Calls
  people: People
  /** The one place that files are fetched from. */
  filesOrigin: string
  /** Lets so many files be read at once. */
  readers: Seats
  pictures: Pictures
  edits: Edits
  latest: Latest
  shared: Shared
}

/**
 * Works on after Slack has been told that we heard. Whatever goes wrong is logged once and told to the one who waits, if there is a way.
 * It is awaited when the program ends.
 */
export const inBackground = (
  { parts }: Pick<Slack, 'parts'>,
  path: string,
  work: () => Promise<unknown>,
  tell?: (sentence: string) => Promise<void>,
): void => {
  const whole = async () => {
    try {
      await work()
    } catch (error) {
      const { message, next } = toFailure(error, path, parts.incidents)
      await tell?.(error instanceof CallError ? sentenceOf(error, message) : `${message} ${next}`)
    }
  }
  void parts.running.follow(whole().catch(error => parts.warn('slack/untold', error)))
}

const sentenceOf = ({ code }: CallError, otherwise: string): string =>
  code === 'expired_trigger_id' || code === 'exchanged_trigger_id' || code === 'invalid_trigger_id'
    ? 'That took longer than Slack waits. Please click again.'
    : otherwise
