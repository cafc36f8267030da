import { LogLevel } from '@slack/bolt'
import type { SlackParts } from './slack-parts.ts'

/** What Slack's libraries log through. Trouble alone gets through, and of it the first sentence without anything that looks like a secret or an address. */
export const libraryLog = ({ warn }: Pick<SlackParts, 'warn'>) => {
  const trouble = (...said: unknown[]) => warn('slack/library', new Error(sentenceOf(said[0])))
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: trouble,
    error: trouble,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}

/** For clients of the Web API: what a call comes to is thrown, and logged where it matters. */
export const noLog = (): ReturnType<typeof libraryLog> => libraryLog({ warn: () => undefined })

/** Tokens, addresses and whatever stands in braces: the libraries print parts of payloads there. */
const secrets = /x(?:ox[a-z]|app|wfp)[-.][\w.-]+|\b(?:https?|wss?):\/\/\S+|[[{].*[\]}]/gis

const sentenceOf = (said: unknown): string =>
  (said instanceof Error ? said.message : typeof said === 'string' ? said : 'trouble without words')
    .replace(secrets, '…')
    .slice(0, 200)
