import { button, element } from './dom.js'

const optionsOf = ({ options = [], option_groups: groups = [] }) => [
  ...options,
  ...groups.flatMap(group => group.options),
]

const confirmed = ({ confirm: dialog }) =>
  dialog === undefined || window.confirm(`${dialog.title?.text ?? ''}\n\n${dialog.text.text}`)

const menu = (drawn, press) => {
  const chosen = element('select')
  const title = drawn.placeholder?.text ?? (drawn.type === 'overflow' ? '…' : 'Choose')
  chosen.setAttribute('aria-label', title)
  chosen.append(new Option(title, ''))
  for (const { text, value } of optionsOf(drawn)) chosen.append(new Option(text.text, value))
  if (drawn.initial_option) chosen.value = drawn.initial_option.value
  chosen.addEventListener('change', () => chosen.value && confirmed(drawn) && press(chosen.value))
  return chosen
}

const feedback = (drawn, press) =>
  element(
    'span',
    'buttons',
    button(drawn.positive_button.text.text, () => press('positive')),
    button(drawn.negative_button.text.text, () => press('negative')),
  )

const plainButton = (drawn, press) => {
  const made = button(drawn.text.text, () => confirmed(drawn) && press(), drawn.style)
  if (drawn.accessibility_label) made.setAttribute('aria-label', drawn.accessibility_label)
  return made
}

/** An element of a message that can be pressed or chosen from; `press` gets what was chosen. */
export const pressable = (drawn, press) => {
  if (drawn.type === 'button' || drawn.type === 'icon_button') return plainButton(drawn, press)
  if (drawn.type === 'feedback_buttons') return feedback(drawn, press)
  if (optionsOf(drawn).length > 0) return menu(drawn, press)
  return element('span', 'unknown', `[${drawn.type}]`)
}

const boxes = drawn => {
  const made = element('div', 'boxes')
  for (const { text, value } of drawn.options) {
    const box = element('input')
    box.type = drawn.type === 'checkboxes' ? 'checkbox' : 'radio'
    box.name = drawn.action_id
    box.value = value
    box.checked = [drawn.initial_option, ...(drawn.initial_options ?? [])].some(each => each?.value === value)
    made.append(element('label', '', box, ` ${text.text}`))
  }
  made.read = () => [...made.querySelectorAll('input:checked')].map(box => box.value)
  return made
}

const field = drawn => {
  const made = element(drawn.multiline ? 'textarea' : 'input')
  if (drawn.type === 'datepicker') made.type = 'date'
  made.value = drawn.initial_value ?? drawn.initial_date ?? ''
  made.placeholder = drawn.placeholder?.text ?? ''
  if (drawn.max_length) made.maxLength = drawn.max_length
  made.read = () => made.value
  return made
}

/** An element of a form; `read` gives what was filled in. */
export const input = drawn => {
  if (drawn.type === 'checkboxes' || drawn.type === 'radio_buttons') return boxes(drawn)
  if (optionsOf(drawn).length === 0) return field(drawn)
  const made = menu(drawn, () => undefined)
  made.read = () => made.value
  return made
}
