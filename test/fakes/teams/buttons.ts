import type { Delivery, Doing } from './deliver.ts'
import type { Sender } from './sender.ts'
import type { Json } from './world.ts'

/** Every action of a card, wherever it is. */
export const buttonsOf = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(buttonsOf)
  if (typeof value !== 'object' || value === null) return []
  const item = value as Json
  const own = typeof item.type === 'string' && item.type.startsWith('Action.') ? [item] : []
  return [...own, ...Object.entries(item).flatMap(([key, child]) => (key === 'data' ? [] : buttonsOf(child)))]
}

/** Does what Teams does when an action is pressed; `inputs` are what was typed into the card. */
export const pressAction = (
  sender: Sender,
  action: Json,
  { inputs, ...where }: Doing & { inputs?: Json },
): Promise<Delivery> => {
  const data = typeof action.data === 'object' && action.data !== null ? (action.data as Json) : {}
  if (action.type === 'Action.Execute')
    return sender.execute({
      ...where,
      data: { ...data, ...inputs },
      ...(action.verb ? { verb: String(action.verb) } : {}),
      ...(action.id ? { id: String(action.id) } : {}),
    })
  if (action.type !== 'Action.Submit') throw new Error(`the bot hears nothing of ${action.type}`)
  const { msteams, ...rest } = data as Json & { msteams?: Json }
  const value = { ...rest, ...inputs }
  switch (msteams?.type) {
    case 'task/fetch':
      return sender.invoke(
        'task/fetch',
        { data: { ...value, type: 'task/fetch' }, context: { theme: 'default' } },
        where,
      )
    case 'messageBack':
      return sender.submit({ ...where, value: msteams.value, text: String(msteams.text ?? '') })
    case 'imBack':
      return sender.message({ ...where, text: String(msteams.value) })
    default:
      return sender.submit({ ...where, value })
  }
}
