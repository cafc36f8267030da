import { byId } from './dom.js'
import { icon } from './icons.js'

const dark = matchMedia('(prefers-color-scheme: dark)')

/** The theme that is shown now: the chosen one, else the system's. */
export const theme = () => document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')

/** Calls back whenever the theme that is shown may have changed. */
export const onTheme = listener => {
  dark.addEventListener('change', listener)
  document.addEventListener('theme', listener)
}

/** The button that switches between light and dark and remembers the choice. */
export const startTheme = () => {
  const toggle = byId('theme')
  const show = () => {
    const next = theme() === 'dark' ? 'light' : 'dark'
    toggle.replaceChildren(icon(next === 'dark' ? 'moon' : 'sun'))
    toggle.setAttribute('aria-label', `Switch to the ${next} theme`)
    toggle.title = `Switch to the ${next} theme`
  }
  toggle.addEventListener('click', () => {
    const next = theme() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset.theme = next
    localStorage.setItem('chartroom-theme', next)
    document.dispatchEvent(new Event('theme'))
  })
  onTheme(show)
  show()
}
