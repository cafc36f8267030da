import { announce } from './announce.js'
import { answerOf } from './answer.js'
import { button, el } from './dom.js'
import { icon } from './icons.js'
import { withPreviews } from './previews.js'

/**
 * A file in the conversation, with what has become of it. While it is sent, how much of it is; then the words of the server.
 * @param {{file: {name: string, size?: number}, onChoice: (choice: object) => void, onAgain: () => void, onStop: () => void}} parts
 */
export const createFileTurn = ({ file, onChoice, onAgain, onStop }) => {
  const below = el('div', { class: 'answer' })
  const size = file.size === undefined ? '' : sizeText(file.size)
  const asked = el(
    'h2',
    { class: 'asked asked-file', tabindex: '-1' },
    icon('file'),
    el('span', { class: 'unseen' }, 'You sent: '),
    el('span', { class: 'file-name' }, file.name),
    size && el('span', { class: 'file-size' }, size),
  )
  const words = el('span', { class: 'thinking-words' })
  const bar = el('progress', { class: 'sent', max: 1, value: 0, 'aria-label': `Sending ${file.name}` })
  const stop = button({ label: 'Stop', class: 'link', on: onStop, title: `Stop ${file.name}` })
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'))
  const show = (sign, said) => {
    words.textContent = said
    if (below.firstElementChild?.firstElementChild !== sign)
      below.replaceChildren(el('div', { class: 'thinking' }, sign, words, stop))
  }
  return {
    node: el('article', { class: 'turn' }, asked, below),
    wait: () => show(el('span', { class: 'waits', 'aria-hidden': 'true' }), 'Waits for the file before'),
    begin: () => {
      announce(`Sending ${file.name}`)
      show(bar, 'Sending…')
    },
    progress: part => {
      bar.value = part
      if (part < 1) show(bar, `Sending… ${Math.floor(part * 100)} %`)
      else show(dots, 'Reading the file…')
    },
    say: said => {
      show(dots, said)
      announce(said)
    },
    /** `domain` when questions are about this file from now on. */
    show: (view, domain) => {
      const answer = answerOf(view, { onChoice, onRetry: onAgain, again: 'Send again' })
      below.replaceChildren(view.id ? withPreviews(view, answer.node) : answer.node)
      announce(domain ? `${answer.spoken}. Questions are now about this data.` : answer.spoken)
    },
  }
}

const sizeText = bytes => {
  if (bytes < 1024) return `${bytes} bytes`
  const [unit, n] = bytes < 1024 * 1024 ? ['KB', bytes / 1024] : ['MB', bytes / 1024 / 1024]
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${unit}`
}
