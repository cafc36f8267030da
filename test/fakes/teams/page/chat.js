import { drawCard } from './cards.js'
import { toHtml } from './markdown.js'

const $ = id => document.getElementById(id)
const chosen = { place: 'personal', thread: undefined }
let drawn = ''

const send = async (kind, what = {}) => {
  const body = { kind, as: $('as').value, place: chosen.place, ...what }
  const response = await fetch('/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  showProblems(answer)
  if (answer.dialog) showDialog(answer.dialog, action => afterDialog({ kind, what, action }))
  await look()
}

const showProblems = ({ status, problems = [], message }) => {
  const said = [...problems, ...(message ? [message] : [])]
  if (status === 0) said.push('The bot did not answer. Is it running with the settings that were printed?')
  else if (status >= 400) said.push(`The bot answered ${status}.`)
  $('problems').textContent = said.join(' · ')
}

const afterDialog = ({ kind, what, action }) => {
  $('dialog').close()
  if (kind === 'feedback-form') send('feedback', { ...what, inputs: action.data })
  else send('submit-dialog', { action })
}

const showDialog = (card, press) => {
  $('dialog-card').replaceChildren(drawCard(card, { theme: $('theme').value, press }))
  $('dialog').showModal()
}

const element = (tag, className, ...children) => {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

const button = (title, press) => {
  const made = element('button', '', title)
  made.type = 'button'
  made.addEventListener('click', press)
  return made
}

const toEnd = () => {
  $('messages').scrollTop = $('messages').scrollHeight
}

const drawMessage = message => {
  const bubble = element('div', 'bubble')
  if (message.html) {
    const text = element('p', '')
    text.innerHTML = message.from === 'bot' ? toHtml(message.html) : message.html
    bubble.append(text)
  }
  for (const url of message.pictures) {
    const picture = element('img', '')
    picture.src = url
    bubble.append(picture)
  }
  const press = action => send('press', { message: message.id, action })
  for (const card of message.cards) bubble.append(drawCard(card, { theme: $('theme').value, press }))
  const head = element('div', 'head', message.author)
  if (message.ai) head.append(' · AI generated')
  if (message.edited) head.append(' · edited')
  if (message.private) head.append(element('span', 'private', ' · Only you can see this message'))
  const kind = `message${message.mine ? ' mine' : ''}${message.thread ? ' reply' : ''}`
  return element('article', kind, head, bubble, foot(message))
}

const foot = message => {
  const made = element('div', 'foot')
  for (const { title, value } of message.suggestions) made.append(button(title, () => send('say', { text: value })))
  if (message.feedback) {
    made.append(button('Like', () => rate(message, 'like')))
    made.append(button('Dislike', () => rate(message, 'dislike')))
  }
  if (chosen.place === 'channel' && !message.thread) made.append(button('Reply', () => reply(message.id)))
  if (message.mine) {
    made.append(button('Edit', () => edit(message)))
    made.append(button('Delete', () => send('delete', { message: message.id })))
  }
  return made
}

const rate = (message, reaction) => {
  const what = { message: message.id, reaction }
  if (message.feedback === 'custom') return send('feedback-form', what)
  const text = window.prompt('What do you think of it?')
  return text === null ? undefined : send('feedback', { ...what, text })
}

const reply = thread => {
  chosen.thread = thread
  $('text').focus()
  showAbout()
}
const edit = message => {
  const text = window.prompt('The message anew', message.words)
  if (text) send('edit', { message: message.id, text })
}

const showAbout = () => {
  $('about').textContent = chosen.thread ? 'Replying in the thread. Esc leaves it.' : ''
  $('mentioning').hidden = chosen.place === 'personal'
  $('attaching').hidden = chosen.place !== 'personal'
}

const drawPlaces = places => {
  const buttons = places.map(({ place, name }) => {
    const made = button(name, () => {
      chosen.place = place
      chosen.thread = undefined
      drawn = ''
      look()
    })
    made.setAttribute('aria-pressed', String(place === chosen.place))
    return made
  })
  $('places').replaceChildren(...buttons)
}

const look = async () => {
  const response = await fetch(`/state?as=${$('as').value}&place=${chosen.place}`)
  const text = await response.text()
  if (text === drawn) return
  drawn = text
  const state = JSON.parse(text)
  drawPlaces(state.places)
  const messages = state.messages.map(drawMessage)
  if (state.streaming)
    messages.push(
      element('article', 'message', element('div', 'head', 'writing …'), element('div', 'bubble', state.streaming)),
      button('Stop', () => send('stop')),
    )
  else if (state.typing) messages.push(element('div', 'head', 'typing …'))
  $('messages').replaceChildren(...messages)
  toEnd()
  if (state.refused) $('problems').textContent = state.refused
  showAbout()
}

const start = async () => {
  const { people } = await (await fetch('/state?as=asker&place=personal')).json()
  $('as').replaceChildren(...people.map(({ key, name }) => new Option(name, key)))
  for (const id of ['as', 'theme']) $(id).addEventListener('change', () => redraw())
  $('width').addEventListener('change', () => {
    $('messages').style.maxWidth = $('width').value
  })
  $('messages').addEventListener('load', toEnd, { capture: true })
  $('dialog-close').addEventListener('click', () => $('dialog').close())
  $('say').addEventListener('submit', event => {
    event.preventDefault()
    say()
  })
  $('text').addEventListener('keydown', event => {
    if (event.key === 'Escape') reply(undefined)
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    say()
  })
  new EventSource('/changes').addEventListener('message', look)
  look()
}

const redraw = () => {
  document.documentElement.dataset.theme = $('theme').value
  drawn = ''
  look()
}

const say = async () => {
  const text = $('text').value.trim()
  const files = chosen.place === 'personal' ? await Promise.all([...$('files').files].map(sentFile)) : []
  if (text === '' && files.length === 0) return
  $('text').value = ''
  $('files').value = ''
  const targeted = chosen.place !== 'personal' && text.startsWith('/')
  send('say', {
    text: targeted ? text.slice(1) : text,
    targeted,
    mention: $('mention').checked,
    thread: chosen.thread,
    files,
  })
}

/** Its bytes go along as base64 to lie in the OneDrive of the stand-in. */
const sentFile = async file => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return { name: file.name, base64: btoa(text) }
}

start()
