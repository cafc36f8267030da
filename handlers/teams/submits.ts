import { cardMessage, textMessage } from '#renderers/teams/outgoing.ts'
import type { Executed } from './event.ts'
import type { TeamsParts } from './parts.ts'
import { onPress } from './pressed.ts'

/**
 * An Action.Submit of a client that knows no Action.Execute arrives as a message without words. It does the same, but nothing can be shown in
 * the answer of the request: it comes as a message, in groups only for whoever pressed.
 */
export const onSubmit = async (press: Executed, parts: TeamsParts): Promise<void> => {
  const response = await onPress(press, parts)
  const { at, who } = press
  const to = at.conversation.type === 'personal' ? at : { ...at, only: who }
  if ('text' in response) await parts.sender.send(to, textMessage(response.text))
  else if (!response.stands) await parts.sender.send(to, cardMessage({ card: response.card, summary: 'Chartroom' }))
}
