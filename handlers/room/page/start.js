import { button, byId, el } from './dom.js'

/**
 * Fills the start page with examples, the choice of data and what is known about it.
 * @param {{onAsk: (text: string) => void, domain: () => string | undefined}} parts
 */
export const fillStart = async ({ onAsk, domain }) => {
  const chosen = domain()
  const response = await fetch(`/room/start${chosen ? `?domain=${encodeURIComponent(chosen)}` : ''}`)
  if (!response.ok) return
  const { examples, domains, status } = await response.json()
  byId('examples').replaceChildren(
    ...examples.map(text => el('li', {}, button({ label: text, class: 'example', on: () => onAsk(text) }))),
  )
  byId('facts').replaceChildren(...status.lines.map(line => el('span', {}, line)))
  fillDomains(domains, chosen)
}

const fillDomains = (domains, chosen) => {
  const select = byId('domain')
  if (select.childElementCount > 0 || domains.length < 2) return
  const options = [{ name: '', label: 'Any data' }, ...domains]
  select.replaceChildren(...options.map(d => el('option', { value: d.name, selected: d.name === chosen }, d.label)))
  const label = select.closest('label')
  if (label) label.hidden = false
}
