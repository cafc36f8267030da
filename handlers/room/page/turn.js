import { announce } from './announce.js'
import { answerOf } from './answer.js'
import { button, el } from './dom.js'
import { withPreviews } from './previews.js'

const patience = 400

/**
 * One question with its answer. Thinking is shown only when it takes longer than 400 ms, so that quick answers do not flicker.
 * @param {{label: string, onChoice: (choice: object) => void, onRetry: () => void, onStop: () => void}} parts
 */
export const createTurn = ({ label, onChoice, onRetry, onStop }) => {
  const below = el('div', { class: 'answer' })
  const asked = el('h2', { class: 'asked', tabindex: '-1' }, el('span', { class: 'unseen' }, 'You asked: '), label)
  const node = el('article', { class: 'turn' }, asked, below)
  let words = 'Reading the question'
  const line = el('span', { class: 'thinking-words' })
  const begun = el('div', { class: 'begun' })
  const timer = setTimeout(() => showThinking(), patience)

  const showThinking = () => {
    line.textContent = words
    announce(words)
    below.replaceChildren(
      begun,
      el(
        'div',
        { class: 'thinking' },
        el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
        line,
        button({ label: 'Stop', class: 'link', on: onStop }),
      ),
    )
  }
  return {
    node,
    focus: () => asked.focus({ preventScroll: true }),
    say: said => {
      words = said
      line.textContent = said
    },
    /** What is written of the answer so far. It is read out when it is whole. */
    tell: sentences => begun.replaceChildren(...sentences.map(sentence => el('p', {}, sentence))),
    show: view => {
      clearTimeout(timer)
      const answer = answerOf(view, { onChoice, onRetry })
      below.replaceChildren(view.id ? withPreviews(view, answer.node) : answer.node)
      announce(answer.spoken)
    },
  }
}
