import { byId } from './dom.js'

/** Says something to people who listen to the page. The same words said twice are heard twice. */
export const announce = words => {
  const node = byId('announcer')
  node.textContent = node.textContent === words ? `${words}\u00a0` : words
}
