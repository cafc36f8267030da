import type { ReactElement } from 'react'
import type { MessageProps } from 'slack-blocks-to-jsx'
import type { Theme } from '#src/vocabulary/chart.ts'
import { drawableBlocks } from './slack-blocks.ts'

export type SlackFrame = {
  /** The name of the app as its users see it, its icon and when the message came ("10:42 AM"). */
  name: string
  logo: string
  time: string
  theme: Theme
  /** Where the uploaded picture can be had. */
  picture?: string
  styles: readonly string[]
}

/**
 * A page that shows blocks as a message in Slack. It holds no script. React and the library that draws are loaded with the first one
 * (about 40 MB of memory).
 */
export const slackPreview = async (blocks: readonly object[], frame: SlackFrame): Promise<string> => {
  const [{ createElement }, { renderToStaticMarkup }, { Message }] = await Promise.all([
    import('react'),
    import('react-dom/server'),
    import('slack-blocks-to-jsx'),
  ])
  const message = createElement(Message, {
    // The library's types are stricter than what it draws; `drawableBlocks` and its test hold what is passed.
    blocks: drawableBlocks(blocks, frame.picture) as unknown as MessageProps['blocks'],
    name: frame.name,
    logo: frame.logo,
    theme: frame.theme,
    withoutWrapper: true,
  })
  return `<!doctype html>${named(renderToStaticMarkup(page(createElement, message, frame)))}`
}

/** The library's arrows (to fold a picture, to open a menu) have no name; what stands beside them says what they are for. Texts hold no bare quotes. */
const named = (html: string) =>
  html
    .replaceAll('<button type="button" class="w-[15px] h-[15px]"', '$& aria-hidden="true" tabindex="-1"')
    .replaceAll(' id="static_select_dropdown_button"', ' aria-hidden="true" tabindex="-1"')

const page = (
  h: typeof import('react').createElement,
  message: ReactElement,
  { name, logo, time, theme, styles }: SlackFrame,
): ReactElement =>
  h(
    'html',
    { lang: 'en', 'data-theme': theme },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, `${name} in Slack`),
      ...styles.map(href => h('link', { key: href, rel: 'stylesheet', href })),
    ),
    h(
      'body',
      null,
      h(
        'main',
        { className: 'message' },
        h('img', { className: 'avatar', src: logo, alt: '', width: 36, height: 36 }),
        h(
          'div',
          { className: 'said' },
          h(
            'div',
            { className: 'who' },
            h('h1', null, name),
            h('span', { className: 'app' }, 'APP'),
            h('span', { className: 'time' }, time),
          ),
          message,
        ),
      ),
    ),
  )
