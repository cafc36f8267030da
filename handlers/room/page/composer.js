import { byId } from './dom.js'
import { icon } from './icons.js'

/**
 * The box at the bottom. Enter sends, Shift+Enter starts a line, ↑ in an empty box brings earlier questions back (↓ goes forward),
 * Escape stops. While a question runs, the button is Stop and the box can already be typed in.
 * @param {{onAsk: (text: string) => void, onStop: () => void}} listeners
 */
export const startComposer = ({ onAsk, onStop }) => {
  const box = /** @type {HTMLTextAreaElement} */ (byId('question'))
  const send = /** @type {HTMLButtonElement} */ (byId('send'))
  const past = []
  let at = 0
  let running = false

  const showButton = () => {
    const label = running ? 'Stop' : 'Send'
    if (send.getAttribute('aria-label') !== label) send.replaceChildren(icon(running ? 'stop' : 'send'))
    send.setAttribute('aria-label', label)
    send.title = label
    send.disabled = !running && box.value.trim() === ''
  }
  const grow = () => {
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`
    showButton()
  }
  const write = text => {
    box.value = text
    box.setSelectionRange(text.length, text.length)
    grow()
  }
  const submit = () => {
    if (running) return onStop()
    const text = box.value.trim()
    if (text === '') return
    write('')
    onAsk(text)
  }
  const recall = step => {
    const shown = past[at] ?? ''
    if (box.value !== shown) return false
    const next = Math.min(past.length, Math.max(0, at + step))
    if (next === at) return false
    at = next
    write(past[at] ?? '')
    return true
  }

  byId('composer').addEventListener('submit', event => {
    event.preventDefault()
    submit()
  })
  box.addEventListener('input', grow)
  box.addEventListener('keydown', event => {
    if (event.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (!running) submit()
    } else if (event.key === 'ArrowUp' && recall(-1)) event.preventDefault()
    else if (event.key === 'ArrowDown' && recall(1)) event.preventDefault()
  })
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && running && !document.querySelector('dialog[open], .menu-list:not([hidden])')) onStop()
  })
  grow()

  return {
    /** Not on touch screens, where it would open the keyboard over the answer. */
    focus: () => matchMedia('(hover: hover)').matches && box.focus({ preventScroll: true }),
    remember: text => {
      if (past.at(-1) !== text) past.push(text)
      at = past.length
    },
    setRunning: value => {
      running = value
      showButton()
    },
  }
}
