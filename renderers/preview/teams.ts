import type { Theme } from '#src/vocabulary/chart.ts'
import { drawableCard } from './teams-card.ts'
import { teamsHost } from './teams-host.ts'

export type TeamsFrame = {
  /** The name of the app as its users see it, its icon (a data URI) and when the message came ("10:42 AM"). */
  name: string
  logo: string
  time: string
  theme: Theme
  /** Teams puts thumbs under it. */
  thumbs: boolean
  /** Teams puts the label beside the name. */
  generated: boolean
  /** What the page consists of besides the card: the official renderer and what starts it, and the looks. */
  scripts: readonly string[]
  style: string
}

/** A page that shows a card as a message in Teams. Everything is in it; it loads nothing. */
export const teamsPreview = (
  card: object,
  { name, logo, time, theme, thumbs, generated, scripts, style }: TeamsFrame,
): string =>
  `<!doctype html><html lang="en" data-theme="${theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)} in Teams</title><style>${style}</style></head>
<body><main class="message"><img class="avatar" src="${escaped(logo)}" alt="" width="32" height="32">
<div class="said"><div class="who"><h1>${escaped(name)}</h1><span class="time">${escaped(time)}</span>${generated ? '<span class="label">AI generated</span>' : ''}</div>
<div class="bubble" id="card"></div>${thumbs ? opinion() : ''}</div></main>
<script type="application/json" id="payload">${data({ card: drawableCard(card), host: teamsHost(theme) })}</script>
${scripts.map(script => `<script>${script}</script>`).join('\n')}</body></html>`

const opinion = () => `<p class="opinion">${thumb('Like', '')}${thumb('Dislike', ' transform="rotate(180 10 10)"')}</p>`

const thumb = (name: string, turned: string) =>
  `<span class="thumb" role="img" aria-label="${name}"><svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"><path${turned} d="${thumbUp}"/></svg></span>`

const thumbUp =
  'M10.6 2.6c.9.2 1.5 1 1.4 2L11.6 7.5h3.2c1.3 0 2.3 1.2 2 2.5l-1 4.4c-.3 1.4-1.7 2.3-3.1 2L5.6 15c-.9-.2-1.6-.9-1.7-1.8L3.7 12c-.1-.9.3-1.8 1-2.3l1.8-1.2c.6-.4 1-.9 1.3-1.5z'

/** JSON that ends no script and starts none, whatever texts are in it. */
const data = (value: object) => JSON.stringify(value).replace(/</g, '\\u003c')

const escaped = (text: string) => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
