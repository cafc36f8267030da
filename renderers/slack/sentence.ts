import { plainText } from '../view/plain-text.ts'
import type { SlackMessage } from './block-kit.ts'
import { named, prose } from './blocks.ts'
import { mrkdwn } from './escape.ts'
import { limits } from './limits.ts'

/** A few words for the one who acted: what was done, or why not. */
export const sentenceMessage = (text: string): SlackMessage => ({
  text: mrkdwn(text, limits.messageText),
  blocks: named(prose([[plainText(text) || '…']], 'picture'), 'said'),
})
