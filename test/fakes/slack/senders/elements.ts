import { isObject } from '../arguments.ts'
import type { Json } from '../world.ts'

/** An element that a person can use, and the block it stands in. */
export type Found = { element: Json; blockId: string }

/** Which element: its `action_id`, its label or its value; or whatever a function says of it and its block. */
export type Which = string | ((element: Json, blockId: string) => boolean)

/** Everything in blocks that has an `action_id`, in reading order. */
export const elementsIn = (blocks: unknown[], blockId = ''): Found[] =>
  blocks.filter(isObject).flatMap(node => {
    const id = typeof node.block_id === 'string' ? node.block_id : blockId
    const own = typeof node.action_id === 'string' ? [{ element: node, blockId: id }] : []
    return [...own, ...Object.values(node).flatMap(inner => elementsIn(Array.isArray(inner) ? inner : [inner], id))]
  })

/** The first element that fits. Throws with what there is instead: nobody can click what is not there. */
export const findElement = (blocks: unknown[], which: Which): Found => {
  const all = elementsIn(blocks)
  const found =
    typeof which === 'function'
      ? all.find(({ element, blockId }) => which(element, blockId))
      : (all.find(({ element }) => element.action_id === which) ?? all.find(({ element }) => isNamed(element, which)))
  if (found) return found
  const there = all.map(({ element }) => `${element.action_id} (${labelOf(element) ?? element.type})`)
  throw new Error(`Nothing here is called ${String(which)}. There is: ${there.join(', ') || 'nothing to click'}.`)
}

/** What a person reads on an element. */
export const labelOf = (element: Json): string | undefined => {
  const text = isObject(element.text) ? element.text : isObject(element.placeholder) ? element.placeholder : {}
  return typeof text.text === 'string' ? text.text : undefined
}

/** The options of a menu, those in groups too. */
export const optionsOf = (element: Json): Json[] => {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : []
  const lists = [element.options, ...groups.map(group => group.options)]
  return lists.flatMap(list => (Array.isArray(list) ? list.filter(isObject) : []))
}

/** The option with this value or label, or at this place. Throws when there is none. */
export const findOption = (element: Json, which: string | number): Json => {
  const options = optionsOf(element)
  const found =
    typeof which === 'number' ? options[which] : options.find(o => o.value === which || labelOf(o) === which)
  if (found) return found
  throw new Error(`${element.action_id} has no option ${which}. There is: ${options.map(labelOf).join(', ')}.`)
}

/** How an element reports what a person chose (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
export const chosen = (element: Json, choice: string | number | (string | number)[] | undefined): Json => {
  const type = String(element.type)
  const one = Array.isArray(choice) ? choice[0] : choice
  const many = Array.isArray(choice) ? choice : choice === undefined ? [] : [choice]
  if (['static_select', 'radio_buttons', 'overflow'].includes(type))
    return { selected_option: one === undefined ? (element.initial_option ?? null) : findOption(element, one) }
  if (['multi_static_select', 'checkboxes'].includes(type))
    return {
      selected_options: choice === undefined ? (element.initial_options ?? []) : many.map(o => findOption(element, o)),
    }
  const plain = plainNames[type]
  if (plain === undefined) return {}
  const initial = element[plain.initial] ?? null
  return {
    [plain.name]: one === undefined ? initial : plain.option ? { text: plainText(one), value: String(one) } : one,
  }
}

const plainNames: Record<string, { name: string; initial: string; option?: true }> = {
  external_select: { name: 'selected_option', initial: 'initial_option', option: true },
  users_select: { name: 'selected_user', initial: 'initial_user' },
  conversations_select: { name: 'selected_conversation', initial: 'initial_conversation' },
  channels_select: { name: 'selected_channel', initial: 'initial_channel' },
  datepicker: { name: 'selected_date', initial: 'initial_date' },
  timepicker: { name: 'selected_time', initial: 'initial_time' },
  datetimepicker: { name: 'selected_date_time', initial: 'initial_date_time' },
  plain_text_input: { name: 'value', initial: 'initial_value' },
  email_text_input: { name: 'value', initial: 'initial_value' },
  url_text_input: { name: 'value', initial: 'initial_value' },
  number_input: { name: 'value', initial: 'initial_value' },
}

/** Whether an element holds something that a person chose or wrote. */
export const isStateful = (element: Json) =>
  Object.keys(chosen(element, undefined)).length > 0 && element.type !== 'overflow'

const isNamed = (element: Json, name: string) => labelOf(element) === name || element.value === name

const plainText = (text: string | number) => ({ type: 'plain_text', text: String(text), emoji: true })
