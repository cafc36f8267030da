import { button, byId, el } from './dom.js'

/**
 * Fills the start page with examples, the choice of data and what is known about it; a choice that is not there any more is given up.
 * @param {{onAsk: (text: string) => void, domain: {chosen: () => string | undefined, fill: (domains: object[]) => void}, onFiles: () => void}} parts
 */
export const fillStart = async ({ onAsk, domain, onFiles }) => {
  const { examples, domains, status, files } = (await startOf(domain.chosen())) ?? (await startOf()) ?? nothing
  byId('examples').replaceChildren(
    ...examples.map(text => el('li', {}, button({ label: text, class: 'example', on: () => onAsk(text) }))),
  )
  byId('facts').replaceChildren(...status.lines.map(line => el('span', {}, line)))
  if (domains) domain.fill(domains)
  if (files) onFiles()
}

const nothing = { examples: [], status: { lines: [] } }

const startOf = async chosen => {
  const response = await fetch(`/room/start${chosen ? `?domain=${encodeURIComponent(chosen)}` : ''}`)
  return response.ok ? response.json() : undefined
}
