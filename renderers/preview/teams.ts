import type { Theme } from '#src/vocabulary/chart.ts'
import { drawableCard } from './teams-card.ts'
import { teamsHost } from './teams-host.ts'

/** A message as it is sent to Teams, as far as it can be seen. */
type Sent = { readonly [name: string]: unknown }

export type TeamsFrame = {
  /** The name of the app as its users see it, its icon (a data URI) and when the message came ("10:42 AM"). */
  name: string
  logo: string
  time: string
  theme: Theme
  /** What the page consists of besides the card: the official renderer and what starts it, and the looks. */
  scripts: readonly string[]
  style: string
}

/** A page that shows a message as Teams does: its card, and what Teams puts around it. Everything is in it; it loads nothing. */
export const teamsPreview = (message: Sent, { name, logo, time, theme, scripts, style }: TeamsFrame): string =>
  `<!doctype html><html lang="en" data-theme="${theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)} in Teams</title><style>${style}</style></head>
<body><main class="message"><img class="avatar" src="${escaped(logo)}" alt="" width="32" height="32">
<div class="said"><div class="who"><h1>${escaped(name)}</h1><span class="time">${escaped(time)}</span>${isGenerated(message) ? '<span class="label">AI generated</span>' : ''}</div>
<div class="bubble" id="card"></div>${picturesOf(message).map(beside).join('')}${hasThumbs(message) ? opinion() : ''}</div></main>
${prompts(message)}<script type="application/json" id="payload">${data({ card: drawableCard(cardOf(message)), host: teamsHost(theme) })}</script>
${scripts.map(script => `<script>${script}</script>`).join('\n')}</body></html>`

const attachmentsOf = ({ attachments }: Sent) => (Array.isArray(attachments) ? (attachments as Sent[]) : [])

const cardOf = (message: Sent): object => {
  const [card] = attachmentsOf(message).filter(a => a.contentType === 'application/vnd.microsoft.card.adaptive')
  const text = { type: 'TextBlock', text: String(message.text ?? ''), wrap: true }
  return (card?.content as object | undefined) ?? { type: 'AdaptiveCard', version: '1.5', body: [text] }
}

const picturesOf = (message: Sent) => attachmentsOf(message).filter(a => a.contentType === 'image/png')

const beside = ({ contentUrl }: Sent) => `<img class="beside" src="${escaped(String(contentUrl))}" alt="">`

const isGenerated = ({ entities }: Sent) => JSON.stringify(entities ?? []).includes('AIGeneratedContent')

const hasThumbs = ({ channelData }: Sent) => JSON.stringify(channelData ?? {}).includes('feedbackLoop')

/** Teams has them over the box to write in. */
const prompts = ({ suggestedActions }: Sent): string => {
  const actions = (suggestedActions as { actions?: { title: string }[] } | undefined)?.actions ?? []
  if (actions.length === 0) return ''
  const items = actions.map(({ title }) => `<li>${escaped(title)}</li>`).join('')
  return `<nav aria-label="Suggested prompts"><ul class="prompts">${items}</ul></nav>`
}

const opinion = () => `<p class="opinion">${thumb('Like', '')}${thumb('Dislike', ' transform="rotate(180 10 10)"')}</p>`

const thumb = (name: string, turned: string) =>
  `<span class="thumb" role="img" aria-label="${name}"><svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"><path${turned} d="${thumbUp}"/></svg></span>`

const thumbUp =
  'M10.6 2.6c.9.2 1.5 1 1.4 2L11.6 7.5h3.2c1.3 0 2.3 1.2 2 2.5l-1 4.4c-.3 1.4-1.7 2.3-3.1 2L5.6 15c-.9-.2-1.6-.9-1.7-1.8L3.7 12c-.1-.9.3-1.8 1-2.3l1.8-1.2c.6-.4 1-.9 1.3-1.5z'

/** JSON that ends no script and starts none, whatever texts are in it. */
const data = (value: object) => JSON.stringify(value).replace(/</g, '\\u003c')

const escaped = (text: string) => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
