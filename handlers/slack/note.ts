import type { WebClient } from '@slack/web-api'
import { LRUCache } from 'lru-cache'
import { sentenceMessage } from '#renderers/slack/sentence.ts'
import type { Platform } from '../chat/platform.ts'
import { post } from './messages.ts'
import type { Slack } from './slack-parts.ts'

/** The client of a workspace or organisation. Throws when the app is not installed there. */
export type ClientOf = (tenant: string) => Promise<WebClient>

/** Somebody who is written to more often within so many milliseconds reads nothing of it any more. */
const most = 6
const withinMs = 10 * 60_000

/** Notes to one person as direct messages: what stands in them is shown as it is, and more than a few in ten minutes are left out. Never throws. */
export const createNotes = (slack: Slack, clientOf: ClientOf): NonNullable<Platform['tell']> => {
  const { effects, parts } = slack
  const sent = new LRUCache<string, number[]>({ max: 5000 })
  const isTooMuch = (person: string): boolean => {
    const now = effects.ticks()
    const lately = (sent.get(person) ?? []).filter(at => at > now - withinMs)
    if (lately.length < most) lately.push(now)
    else return true
    sent.set(person, lately)
    return false
  }
  const send = async (tenant: string, user: string, words: string) => {
    const caller = { tenant, client: await clientOf(tenant) }
    await post(slack, caller, { channel: user, id: effects.newId(), message: sentenceMessage(words) })
  }
  return async ({ platform, tenant, user }, words) => {
    if (platform !== 'slack') return
    if (isTooMuch(`${tenant} ${user}`))
      return parts.warn('slack/note', new Error('left out: too many notes for one person'))
    await parts.running.follow(send(tenant, user, words)).catch(error => parts.warn('slack/note', error))
  }
}
