import { isUrlSpent } from './call-error.ts'
import type { Doer } from './identity.ts'
import { respond } from './messages.ts'
import { directly } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import type { Writer } from './writer.ts'

/**
 * An answer to a command that only the asker sees. What was written once stays: the response URL of a command writes new messages and never
 * over one (https://github.com/slackapi/bolt-python/issues/1268). When it is spent, the answer becomes a direct message.
 */
export const privately = (slack: Slack, doer: Doer, url: string): Writer => ({
  isPrivate: true,
  write: async message => {
    await respond(slack, { url, message })
    return undefined
  },
  instead: error => (isUrlSpent(error) ? directly(slack, doer) : undefined),
})
