import { announce } from './announce.js'
import { button, el } from './dom.js'
import { icon } from './icons.js'

/** A button that copies a text and says whether it could. */
export const copyButton = (label, text) => {
  const node = button({ label, icon: icon('copy'), class: 'action', on: () => copy() })
  const say = (words, name) => {
    node.replaceChildren(icon(name), el('span', {}, words))
    announce(words)
  }
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say('Copied', 'check'),
      () => say('Could not copy', 'alert'),
    )
  return node
}
