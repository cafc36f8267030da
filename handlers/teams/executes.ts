import { invokeCard, invokeText, textMessage } from '#renderers/teams/outgoing.ts'
import type { Executed } from './event.ts'
import type { TeamsParts } from './parts.ts'
import type { Json } from './port.ts'
import type { PressReply } from './press.ts'
import { onPress } from './pressed.ts'

/** The client waits for the answer and gives up after some seconds; what takes longer goes on without it. */
const longest = 3500

/** An Action.Execute: the answer of the request is what the client shows to whoever pressed. Never throws. */
export const onExecute = async (press: Executed, parts: TeamsParts): Promise<Json> => {
  const late = Promise.withResolvers<Json>()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    late.resolve(invokeText('Working on it…'))
  }, longest)
  const done = pressedSafely(press, parts).then(async reply => {
    if (isLate && 'text' in reply && reply.late) await say(press, reply.text, parts)
    return 'text' in reply ? invokeText(reply.text) : invokeCard(reply.card)
  })
  return Promise.race([parts.running.follow(done), late.promise]).finally(() => clearTimeout(timer))
}

const say = async ({ at, who }: Executed, text: string, { sender, warn }: TeamsParts): Promise<void> => {
  const only = at.conversation.type === 'personal' ? undefined : who
  await sender.send({ ...at, only }, textMessage(text)).catch(error => warn('late', error))
}

const pressedSafely = async (press: Executed, parts: TeamsParts): Promise<PressReply> => {
  try {
    return await onPress(press, parts)
  } catch (error) {
    const incident = parts.incidents.incident()
    parts.incidents.log({ incident, error, path: 'teams/execute' })
    return { text: `That did not work (incident ${incident}). Please try again.`, late: 'said' }
  }
}
