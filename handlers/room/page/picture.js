import { button, el } from './dom.js'
import { icon } from './icons.js'
import { onTheme, theme } from './theme.js'

/**
 * The chart of an answer, in the theme that is shown; a click enlarges it. `onLost` is called when it cannot be drawn.
 * @param {{alt: string, light: string, dark: string, full: {light: string, dark: string}, file: string}} picture
 */
export const pictureOf = (picture, onLost) => {
  const img = el('img', {
    alt: picture.alt,
    src: picture[theme()],
    width: 1200,
    height: 720,
  })
  const frame = el(
    'figure',
    { class: 'picture' },
    el(
      'button',
      {
        type: 'button',
        class: 'picture-open',
        'aria-label': 'Enlarge the chart',
        on: { click: () => enlarge(picture) },
      },
      icon('expand'),
    ),
    img,
  )
  img.addEventListener('click', () => enlarge(picture))
  img.addEventListener('load', () => frame.classList.add('loaded'))
  img.addEventListener('error', () => {
    frame.replaceWith(
      el('p', { class: 'note' }, icon('info'), 'The chart could not be drawn. The table has the same numbers.'),
    )
    onLost()
  })
  onTheme(() => {
    if (img.isConnected) img.src = picture[theme()]
  })
  return frame
}

const enlarge = picture => {
  const address = picture.full[theme()]
  const dialog = el(
    'dialog',
    { class: 'enlarged', 'aria-label': 'Chart, enlarged' },
    el(
      'div',
      { class: 'enlarged-bar' },
      el(
        'a',
        { class: 'action', href: address, download: picture.file },
        icon('download'),
        el('span', {}, 'Save picture'),
      ),
      button({ title: 'Close', icon: icon('close'), class: 'action action-round', on: () => dialog.close() }),
    ),
    el(
      'div',
      { class: 'enlarged-picture', tabindex: '0', role: 'group', 'aria-label': 'Chart' },
      el('img', { src: address, alt: picture.alt }),
    ),
  )
  dialog.addEventListener('click', event => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
