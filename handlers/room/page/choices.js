import { button, el, freshId } from './dom.js'
import { icon } from './icons.js'

/** Buttons that ask, side by side. */
export const choiceRow = (choices, onChoice, name = 'chip') =>
  choices.length > 0 &&
  el(
    'ul',
    { class: 'choices' },
    ...choices.map(choice => el('li', {}, button({ label: choice.label, class: name, on: () => onChoice(choice) }))),
  )

/**
 * A button that opens a list of choices. ↓ opens it, arrows move, Escape closes and gives the focus back, a click elsewhere closes.
 * @param {{name: string, label: string, choices: object[]}} menu
 */
export const menuButton = ({ name, label, choices }, onChoice) => {
  const id = freshId()
  const list = el('ul', { class: 'menu-list', id, hidden: true, 'aria-label': label })
  const opener = button({
    label,
    icon: icon(name),
    class: 'action',
    on: () => toggle(list.hidden),
    attributes: { 'aria-expanded': 'false', 'aria-controls': id },
  })
  opener.append(icon('down'))
  const root = el('div', { class: 'menu' }, opener, list)

  const outside = event => !root.contains(event.target) && toggle(false)
  const keepInPlace = () => place(root, list)
  const toggle = open => {
    list.hidden = !open
    opener.setAttribute('aria-expanded', String(open))
    const change = open ? 'addEventListener' : 'removeEventListener'
    document[change]('pointerdown', outside)
    window[change]('resize', keepInPlace)
    if (open) keepInPlace()
  }
  const choose = choice => {
    toggle(false)
    onChoice({ ...choice, label: `${label}: ${choice.label}` })
  }
  list.append(...choices.map(choice => menuItem(choice, () => choose(choice))))
  root.addEventListener('keydown', event => onKey(event, { list, opener, toggle }))
  root.addEventListener('focusout', event => event.relatedTarget && outside({ target: event.relatedTarget }))
  return root
}

const menuItem = (choice, on) =>
  el(
    'li',
    {},
    button({
      label: choice.label,
      icon: choice.current ? icon('check') : undefined,
      class: 'menu-item',
      on,
      attributes: { 'aria-current': choice.current ? 'true' : undefined },
    }),
  )

const onKey = (event, { list, opener, toggle }) => {
  if (event.key === 'Escape' && !list.hidden) {
    toggle(false)
    opener.focus()
    event.stopPropagation()
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  if (list.hidden) toggle(true)
  const items = [...list.querySelectorAll('button')]
  const at = items.indexOf(document.activeElement)
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length
  items[next]?.focus()
}

/** Opens upward when there is no room below, and moves left as far as the page needs. */
const place = (root, list) => {
  root.classList.remove('menu-up')
  list.style.left = '0'
  const box = list.getBoundingClientRect()
  const dock = document.querySelector('.dock')?.getBoundingClientRect().top ?? innerHeight
  if (box.bottom > dock - 8 && root.getBoundingClientRect().top > box.height + 70) root.classList.add('menu-up')
  list.style.left = `${Math.min(0, document.documentElement.clientWidth - 8 - box.right)}px`
}
