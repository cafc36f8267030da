import type { Executed } from './event.ts'
import { invokeCard, invokeText } from './outgoing.ts'
import type { TeamsParts } from './parts.ts'
import type { Json } from './port.ts'
import { onPress } from './pressed.ts'

/** The client waits for the answer and gives up after some seconds; what takes longer goes on without it. */
const longest = 3500

/** An Action.Execute: the answer of the request is what the client shows to whoever pressed. Never throws. */
export const onExecute = async (press: Executed, parts: TeamsParts): Promise<Json> => {
  const late = Promise.withResolvers<Json>()
  const timer = setTimeout(() => late.resolve(invokeText('Working on it…')), longest)
  const done = parts.running.follow(pressedSafely(press, parts))
  return Promise.race([done, late.promise]).finally(() => clearTimeout(timer))
}

const pressedSafely = async (press: Executed, parts: TeamsParts): Promise<Json> => {
  try {
    const response = await onPress(press, parts)
    return 'text' in response ? invokeText(response.text) : invokeCard(response.card)
  } catch (error) {
    const incident = parts.incidents.incident()
    parts.incidents.log({ incident, error, path: 'teams/execute' })
    return invokeText(`That did not work (incident ${incident}). Please try again.`)
  }
}
