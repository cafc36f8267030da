import { announce } from './announce.js'
import { post } from './ask.js'
import { button, el, freshId } from './dom.js'
import { icon } from './icons.js'

/** Thumbs up and down. Down asks for a reason, which may be left out. */
export const feedback = answerId => {
  const form = el('form', { class: 'reason', hidden: true })
  const thumbs = ['up', 'down'].map(verdict =>
    button({
      title: verdict === 'up' ? 'Good answer' : 'Not a good answer',
      icon: icon('up'),
      class: `action action-round thumb-${verdict}`,
      attributes: { 'aria-pressed': 'false' },
      on: () => press(verdict),
    }),
  )
  const mark = verdict => {
    for (const thumb of thumbs) thumb.setAttribute('aria-pressed', String(thumb.classList.contains(`thumb-${verdict}`)))
  }
  const press = verdict => {
    mark(verdict)
    form.hidden = verdict === 'up'
    if (verdict === 'up') send({ verdict })
    else box.focus()
  }
  const send = async given => {
    const sent = await post('/room/feedback', { answerId, ...given }).then(
      r => r.ok,
      () => false,
    )
    const words = sent ? 'Thank you. It was noted.' : 'It could not be noted; try again later.'
    form.hidden = false
    form.replaceChildren(el('p', {}, words))
    announce(words)
  }

  const id = freshId()
  const box = el('textarea', { id, rows: 2, maxlength: 2000, placeholder: 'Optional' })
  form.append(
    el('label', { for: id }, 'What is wrong with it?'),
    box,
    el('div', { class: 'reason-foot' }, el('button', { type: 'submit', class: 'button primary' }, 'Send')),
  )
  form.addEventListener('submit', event => {
    event.preventDefault()
    send({ verdict: 'down', reason: box.value.trim() || undefined })
  })
  return { thumbs: el('div', { class: 'thumbs' }, ...thumbs), form }
}
