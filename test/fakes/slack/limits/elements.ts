import {
  confirm,
  dispatchConfig,
  known,
  linkOption,
  markedOption,
  optionGroup,
  plainOption,
  plainText,
} from './objects.ts'
import { richText } from './rich-text.ts'
import { exactlyOne, flag, list, number, object, oneOf, type Shape, text } from './shape.ts'

/** Elements that a person can use (https://docs.slack.dev/reference/block-kit/block-elements). */

const acting = { action_id: text(255) }
const asking = { ...acting, confirm }
const focused = { ...asking, focus_on_load: flag }
const placed = { ...focused, placeholder: plainText(150) }
const style = oneOf('primary', 'danger')

const button = object(
  { type: known, text: plainText(75) },
  { ...asking, value: text(2000), url: text(3000), style, accessibility_label: text(75) },
)

const sideButton = object({ text: plainText(75), value: text(2000) }, { accessibility_label: text(75) })
export const feedbackButtons = object({ type: known, positive_button: sideButton, negative_button: sideButton }, acting)

export const iconButton = object(
  { type: known, icon: text(255), text: plainText(75) },
  { ...asking, value: text(2000), accessibility_label: text(75), visible_to_user_ids: list(text(255), { max: 100 }) },
)

const workflowButton = object(
  {
    type: known,
    text: plainText(75),
    workflow: object({ trigger: object({ url: text(3000) }, { customizable_input_parameters: known }) }),
    action_id: text(255),
  },
  { style, accessibility_label: text(75) },
)

const overflow = object({ type: known, options: list(linkOption, { max: 5 }) }, asking)
const checkboxes = object(
  { type: known, options: list(markedOption, { max: 10 }) },
  { ...focused, initial_options: list(markedOption, { max: 10 }) },
)
const radioButtons = object(
  { type: known, options: list(markedOption, { max: 10 }) },
  { ...focused, initial_option: markedOption },
)

const options = { options: list(plainOption, { max: 100 }), option_groups: list(optionGroup, { max: 100 }) }
const oneList = exactlyOne('options', 'option_groups')
const many = { max_selected_items: number({ min: 1 }) }
const external = { min_query_length: number({ min: 0 }) }
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { max: 4 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
)
const conversations = { default_to_current_conversation: flag, filter }
const ids = list(text(255), { max: 100 })
const initialOptions = list(plainOption, { max: 100 })
const answering = { response_url_enabled: flag }

const menu = (allowed: Record<string, Shape>) => object({ type: known }, { ...placed, ...allowed })

export const menus: Record<string, Shape> = {
  static_select: object({ type: known }, { ...placed, ...options, initial_option: plainOption }, oneList),
  external_select: menu({ ...external, initial_option: plainOption }),
  users_select: menu({ initial_user: text(255) }),
  conversations_select: menu({ ...conversations, ...answering, initial_conversation: text(255) }),
  channels_select: menu({ ...answering, initial_channel: text(255) }),
  multi_static_select: object(
    { type: known },
    { ...placed, ...options, ...many, initial_options: initialOptions },
    oneList,
  ),
  multi_external_select: menu({ ...external, ...many, initial_options: initialOptions }),
  multi_users_select: menu({ ...many, initial_users: ids }),
  multi_conversations_select: menu({ ...conversations, ...many, initial_conversations: ids }),
  multi_channels_select: menu({ ...many, initial_channels: ids }),
}

const pickers: Record<string, Shape> = {
  datepicker: menu({ initial_date: text(10) }),
  timepicker: menu({ initial_time: text(5), timezone: text(255) }),
}
const choices = { checkboxes, radio_buttons: radioButtons }
const dateTime = object({ type: known }, { ...focused, initial_date_time: number({ min: 1e9, max: 1e10 - 1 }) })
const richTextInput = object(
  { type: known },
  {
    ...written(),
    initial_value: richText,
    min_lines: number({ min: 1, max: 100 }),
    max_lines: number({ min: 1, max: 100 }),
  },
)

/** What fits in an actions block. */
export const actionElements: Record<string, Shape> = {
  button,
  overflow,
  workflow_button: workflowButton,
  datetimepicker: dateTime,
  rich_text_input: richTextInput,
  ...choices,
  ...menus,
  ...pickers,
}

/** What fits beside a section, images apart. */
export const accessories: Record<string, Shape> = {
  button,
  overflow,
  workflow_button: workflowButton,
  ...choices,
  ...menus,
  ...pickers,
}

export const buttonOnly: Record<string, Shape> = { button }

const field = (allowed: Record<string, Shape> = {}, needed: Record<string, Shape> = {}) =>
  object({ type: known, ...needed }, { ...written(), ...allowed })

/** What fits in an input block; files can be chosen in modals only. */
export const inputElements: Record<string, Shape> = {
  ...choices,
  ...menus,
  ...pickers,
  datetimepicker: dateTime,
  rich_text_input: richTextInput,
  email_text_input: field({ initial_value: text(3000, 0) }),
  url_text_input: field({ initial_value: text(3000, 0) }),
  number_input: field(
    { initial_value: text(255, 0), min_value: text(255), max_value: text(255) },
    { is_decimal_allowed: flag },
  ),
  plain_text_input: field({
    initial_value: text(3000, 0),
    multiline: flag,
    min_length: number({ min: 0, max: 3000 }),
    max_length: number({ min: 1, max: 3000 }),
  }),
}

export const fileInput: Shape = object(
  { type: known },
  { ...acting, filetypes: list(text(255), { max: 100 }), max_files: number({ min: 1, max: 10 }) },
)

function written() {
  return { ...acting, focus_on_load: flag, placeholder: plainText(150), dispatch_action_config: dispatchConfig }
}
