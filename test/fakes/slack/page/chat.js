import { blocks } from './blocks.js'
import { button, element } from './dom.js'
import { marked } from './words.js'

const $ = id => document.getElementById(id)
const chosen = { place: '', thread: undefined }
let drawn = ''
let modal = ''

const send = async (kind, what = {}) => {
  const body = { kind, as: $('as').value, place: chosen.place, ...what }
  const headers = { 'content-type': 'application/json' }
  const response = await fetch('/do', { method: 'POST', headers, body: JSON.stringify(body) })
  const { problem = '' } = await response.json()
  $('problems').textContent = problem
  await look()
  return problem === ''
}

const file = ({ id, name, isPicture, isReady }) => {
  if (!isReady) return element('p', 'file', `${name} (still being processed)`)
  if (!isPicture) {
    const link = element('a', 'file', name)
    link.href = `/picture/${id}`
    link.download = name
    return link
  }
  const made = element('img')
  made.src = `/picture/${id}`
  made.alt = name
  return made
}

const foot = message => {
  const made = element('div', 'foot')
  if (!message.isPrivate) made.append(button('Reply', () => reply(message.thread ?? message.ts)))
  if (!message.isPrivate) made.append(button('Explain this number', () => send('explain', { ts: message.ts })))
  if (message.isStreaming) made.append(button('Stop', () => send('stop', { thread: message.thread })))
  if (!message.isBot)
    made.append(
      button('Edit', () => edit(message)),
      button('Delete', () => send('unsay', { ts: message.ts })),
    )
  return made
}

const edit = message => {
  const text = window.prompt('Change the message', message.text)
  if (text) send('edit', { ts: message.ts, text })
}

const article = message => {
  const about = [
    message.isPrivate && 'only you see this',
    message.isEdited && 'edited',
    message.isStreaming && 'writing …',
  ]
  const press = what => send('press', { ts: message.ts, ...what })
  const tasks = message.tasks.map(({ title, status }) => element('p', 'task', `${title}: ${status}`))
  const status = message.status && element('p', 'status', `Chartroom ${message.status}`)
  const stop = message.status && button('Stop', () => send('stop', { thread: message.ts }))
  return element(
    'article',
    `message${message.thread && message.thread !== message.ts ? ' reply' : ''}${message.isPrivate ? ' private' : ''}`,
    element('div', 'head', element('b', '', message.author), ` ${about.filter(Boolean).join(' · ')}`),
    ...tasks,
    ...(message.isStreaming || message.tasks.length > 0 ? [element('p', '', marked(message.text))] : []),
    ...blocks(message, press),
    ...message.files.map(file),
    foot(message),
    status,
    stop,
  )
}

/** Replies stand below what they reply to. */
const threaded = messages => {
  const isRoot = m => !m.thread || m.thread === m.ts || !messages.some(other => other.ts === m.thread)
  return messages.filter(isRoot).flatMap(root => [root, ...messages.filter(m => m.thread === root.ts && m !== root)])
}

const reply = thread => {
  chosen.thread = thread
  showAbout()
  $('text').focus()
}

const showAbout = () => {
  const end = button('to the conversation instead', () => reply(undefined))
  $('about').replaceChildren(...(chosen.thread ? ['In a thread; ', end] : []))
}

const go = place => {
  Object.assign(chosen, { place, thread: undefined })
  showAbout()
  look()
}

const showPlaces = ({ places, place }) => {
  $('places').replaceChildren(
    ...places.map(({ id, name, hasBot }) => {
      const made = button(hasBot ? name : `${name} (without the bot)`, () => go(id))
      made.setAttribute('aria-current', String(id === place))
      return made
    }),
  )
}

const showPeople = ({ people, me }) => {
  $('as').replaceChildren(...people.map(({ id, name }) => new Option(name, id)))
  $('as').value = me
}

const closing = () => {
  modal = ''
  $('modal').close()
  send('close')
}

const values = () =>
  Object.fromEntries(
    [...$('modal').querySelectorAll('[data-action]')]
      .map(each => [each.dataset.action, each.read()])
      .filter(([, value]) => value.length > 0),
  )

/** A modal is drawn anew only when it is another one, so that nothing typed is lost. */
const showModal = view => {
  const now = view ? JSON.stringify([view.id, view.hash, view.errors]) : ''
  if (now === modal) return
  modal = now
  if (view === undefined) return $('modal').close()
  const form = element('form', '', element('h2', '', view.title.text))
  form.append(...blocks({ blocks: view.blocks }, what => send('press', { view: view.id, ...what })))
  for (const [block, text] of Object.entries(view.errors)) form.append(element('p', 'alert', `${block}: ${text}`))
  if (view.submit) form.append(element('button', 'primary', view.submit.text))
  form.append(button(view.close?.text ?? 'Close', closing))
  form.addEventListener('submit', event => {
    event.preventDefault()
    send('submit', { values: values() })
  })
  $('modal').replaceChildren(form)
  if (!$('modal').open) $('modal').showModal()
  $('modal').scrollTop = 0
}

const showHome = home => {
  const content = home
    ? blocks({ blocks: home.blocks }, what => send('press', { view: home.id, ...what }))
    : [element('p', '', 'The bot shows nothing here yet.')]
  $('home').replaceChildren(
    ...content,
    button('Close', () => $('home').close()),
  )
}

const showMessages = ({ messages, notices }) => {
  const isAtEnd = $('messages').scrollHeight - $('messages').scrollTop - $('messages').clientHeight < 80
  $('messages').replaceChildren(
    ...threaded(messages).map(article),
    ...notices.map(notice => element('p', 'notice', `Slackbot: ${notice}`)),
  )
  for (const each of $('messages').querySelectorAll('img')) each.addEventListener('load', () => isAtEnd && toEnd())
  if (isAtEnd) toEnd()
}

const toEnd = () => {
  $('messages').scrollTop = $('messages').scrollHeight
}

const showPrompts = ({ prompts }) =>
  $('prompts').replaceChildren(
    ...prompts.map(({ title, message }) => button(title, () => send('say', { text: message }))),
  )

const show = state => {
  chosen.place = state.place
  showPlaces(state)
  showPeople(state)
  showMessages(state)
  showPrompts(state)
  showModal(state.modal)
  showHome(state.home)
  $('connected').textContent = state.isConnected ? 'The bot is connected.' : 'The bot is not connected.'
  $('calls').replaceChildren(
    ...state.calls.map(({ method, outcome, ms }) =>
      element('li', outcome === 'ok' ? '' : 'alert', `${method} ${outcome} ${ms} ms`),
    ),
  )
}

const look = async () => {
  const query = new URLSearchParams({ as: $('as').value, place: chosen.place })
  const text = await (await fetch(`/state?${query}`)).text()
  if (text === drawn) return
  drawn = text
  show(JSON.parse(text))
}

$('say').addEventListener('submit', async event => {
  event.preventDefault()
  const text = $('text').value
  if (await send('say', { text, thread: chosen.thread })) $('text').value = ''
})
$('text').addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  $('say').requestSubmit()
})
$('as').addEventListener('change', () => go(''))
$('width').addEventListener('change', () => {
  $('messages').style.width = $('width').value
})
$('home-open').addEventListener('click', () => {
  send('home')
  $('home').showModal()
})
$('shortcut').addEventListener('click', () => send('shortcut'))
$('modal').addEventListener('cancel', event => {
  event.preventDefault()
  closing()
})
new EventSource('/changes').addEventListener('message', look)
