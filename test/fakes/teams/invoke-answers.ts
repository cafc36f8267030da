import { adaptiveCard } from './check-activity.ts'
import { checkCard } from './check-card.ts'
import type { Delivery } from './deliver.ts'
import type { Json } from './world.ts'

/** A card that an invoke was answered with, and what is wrong with the answer. */
export type Shown = { card?: Json; problems: string[] }

/**
 * The answer to an Action.Execute.
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format
 */
export const executed = ({ status, body }: Delivery): Shown => {
  if (status !== 200) return { problems: [`HTTP ${status}`] }
  const { statusCode, type, value } = (typeof body === 'object' && body !== null ? body : {}) as Json
  const code = Number(statusCode)
  const wrong = (isRight: boolean, problem: string) => ({ problems: isRight ? [] : [problem] })
  switch (type) {
    case adaptiveCard:
      return { card: value as Json, problems: code === 200 ? checkCard(value) : [`statusCode ${statusCode}`] }
    case 'application/vnd.microsoft.activity.message':
      return wrong(code === 200 && typeof value === 'string', 'a message needs statusCode 200 and a text')
    case 'application/vnd.microsoft.error':
      return wrong(
        [400, 500].includes(code) && isError(value),
        'an error needs statusCode 400 or 500, code and message',
      )
    default:
      return { problems: [`answer of type ${type}`] }
  }
}

const isError = (value: unknown) => {
  const { code, message } = (value ?? {}) as Json
  return typeof code === 'string' && typeof message === 'string'
}

/**
 * A dialog that the bot wants shown.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 */
export const dialogOf = ({ status, body }: Delivery): Shown => {
  if (status !== 200) return { problems: [`HTTP ${status}`] }
  const task = (body as Json | null)?.task as Json | undefined
  if (task?.type === 'message') return { problems: typeof task.value === 'string' ? [] : ['a message needs a text'] }
  if (task?.type !== 'continue') return { problems: [`task of type ${task?.type}`] }
  const attachment = (task.value as Json | undefined)?.card as Json | undefined
  if (attachment?.contentType !== adaptiveCard) return { problems: ['a dialog needs a card'] }
  return { card: attachment.content as Json, problems: checkCard(attachment.content) }
}
