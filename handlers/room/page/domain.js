import { byId, el } from './dom.js'

const key = 'chartroom-domain'

/**
 * The choice of data, which goes with every question. It is kept for this tab, and with it for the conversation.
 * @param {{onChange: () => void}} listeners
 */
export const startDomain = ({ onChange }) => {
  const select = /** @type {HTMLSelectElement} */ (byId('domain'))
  let known = []
  let chosen = sessionStorage.getItem(key) ?? ''
  const show = () => {
    const label = known.find(({ name }) => name === chosen)?.label
    select.value = label === undefined ? '' : chosen
    byId('question').setAttribute(
      'placeholder',
      label === undefined ? 'Ask about your data' : `Ask about ${short(label)}`,
    )
  }
  const choose = name => {
    chosen = name
    sessionStorage.setItem(key, name)
    show()
  }
  select.addEventListener('change', () => {
    choose(select.value)
    onChange()
  })
  return {
    chosen: () => chosen || undefined,
    choose,
    /** What there is to choose from. One that is gone is not chosen any more. */
    fill: domains => {
      known = domains
      const options = [{ name: '', label: 'Any data' }, ...domains]
      select.replaceChildren(
        ...options.map(({ name, label, about }) => el('option', { value: name, title: about }, label)),
      )
      select.closest('label').hidden = domains.length < 2
      if (domains.every(({ name }) => name !== chosen)) choose('')
      else show()
    },
  }
}

const short = label => (label.length > 28 ? `${label.slice(0, 27)}…` : label)
