import { copyButton } from './copy.js'
import { button, el, freshId } from './dom.js'
import { icon } from './icons.js'
import { onTheme, theme } from './theme.js'

const rooms = [
  { name: 'room', label: 'Chartroom' },
  { name: 'slack', label: 'Slack', sandbox: 'allow-same-origin' },
  { name: 'teams', label: 'Teams', sandbox: 'allow-scripts' },
]

const remembered = name => localStorage.getItem(`chartroom-${name}`)
const remember = (name, value) => localStorage.setItem(`chartroom-${name}`, value)

/**
 * An answer with a switch to see it as Slack and as Teams show it. The last choice is remembered for the next answers.
 * @param {{id: string, status: string, picture?: object}} view
 * @param {Node} node the answer as the room shows it
 */
export const withPreviews = (view, node) => {
  const panel = el('div', { class: 'shown-as', id: freshId(), role: 'tabpanel' })
  const tabs = rooms.map(room =>
    button({
      label: room.label,
      class: 'as-tab',
      on: () => choose(room),
      attributes: { role: 'tab', id: freshId(), 'aria-controls': panel.id },
    }),
  )
  const show = chosen => {
    for (const [i, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(rooms[i] === chosen))
      tab.tabIndex = rooms[i] === chosen ? 0 : -1
    }
    panel.setAttribute('aria-labelledby', tabs[rooms.indexOf(chosen)].id)
    panel.replaceChildren(chosen.sandbox ? previewOf(view, chosen) : node)
  }
  const choose = room => {
    remember('shown-as', room.name)
    show(room)
  }
  const list = el(
    'div',
    { class: 'as-tabs', role: 'tablist', 'aria-label': 'Shown as', on: { keydown: event => onArrow(event, tabs) } },
    ...tabs,
  )
  show(rooms.find(room => room.name === remembered('shown-as')) ?? rooms[0])
  return el('div', { class: 'answer-as' }, list, panel)
}

const onArrow = (event, tabs) => {
  const at = tabs.indexOf(event.target)
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key]
  if (at < 0 || to === undefined) return
  event.preventDefault()
  const tab = tabs[(to + tabs.length) % tabs.length]
  tab.focus()
  tab.click()
}

const forms = [
  { rung: 'picture', label: 'Picture' },
  { rung: 'native', label: 'Native chart' },
  { rung: 'table', label: 'Table' },
  { rung: 'text', label: 'Text only' },
]

const previewOf = (view, room) => {
  const frame = el('iframe', { class: 'preview', title: `The answer in ${room.label}`, sandbox: room.sandbox })
  const stage = el('div', { class: 'stage' }, frame)
  const source = el('div', { class: 'panel', id: freshId(), hidden: true })
  const form = el(
    'select',
    { 'aria-label': 'Form of the message' },
    ...forms.map(({ rung, label }) => el('option', { value: rung }, label)),
  )
  const address = kind => `/room/preview/${encodeURIComponent(view.id)}/${room.name}${kind}?rung=${form.value}`
  const load = () => {
    frame.src = `${address('')}&theme=${theme()}`
    if (!source.hidden) showSource(source, address('.json'))
  }
  const phone = button({
    label: 'Phone, 360 px',
    icon: icon('phone'),
    class: 'action for-wide-screens',
    on: () => setPhone(remembered('phone') !== 'yes'),
  })
  const json = button({
    label: 'JSON',
    icon: icon('code'),
    class: 'action',
    attributes: { 'aria-expanded': 'false', 'aria-controls': source.id },
    on: () => {
      source.hidden = !source.hidden
      json.setAttribute('aria-expanded', String(!source.hidden))
      if (!source.hidden) showSource(source, address('.json'))
    },
  })
  const setPhone = on => {
    remember('phone', on ? 'yes' : 'no')
    phone.setAttribute('aria-pressed', String(on))
    stage.classList.toggle('stage-phone', on)
  }

  form.addEventListener('change', load)
  setPhone(remembered('phone') === 'yes')
  keepTall(frame)
  onTheme(() => frame.isConnected && load())
  load()
  const hasForms = view.picture
  return el(
    'div',
    { class: 'card preview-card' },
    el('div', { class: 'preview-bar' }, hasForms && el('label', { class: 'action' }, form), phone, json),
    stage,
    source,
  )
}

/** As tall as what it shows. A frame with scripts has no origin and says how tall it is; one without is measured from here. */
const keepTall = frame => {
  const set = height => {
    if (Number.isFinite(height)) frame.style.height = `${Math.min(6000, Math.max(60, Math.ceil(height)))}px`
  }
  const measure = () => frame.contentDocument?.body && set(frame.contentDocument.body.getBoundingClientRect().height)
  frame.addEventListener('load', () => {
    measure()
    if (frame.contentDocument?.body) new ResizeObserver(measure).observe(frame.contentDocument.body)
  })
  const listen = event => {
    if (!frame.isConnected) removeEventListener('message', listen)
    else if (event.source === frame.contentWindow) set(event.data?.height)
  }
  addEventListener('message', listen)
}

/** The message as it is sent, as text. A picture within it is shortened on the page and whole in what is copied. */
const showSource = async (box, address) => {
  const response = await fetch(address)
  const text = response.ok ? await response.text() : 'This answer is no longer kept. Ask the question again.'
  const shown = text.replace(
    /(data:image\/png;base64,.{24})[^"]{24,}/g,
    (whole, start) => `${start}… (${whole.length} characters)`,
  )
  box.replaceChildren(
    el('pre', { tabindex: '0', role: 'region', 'aria-label': 'JSON of the message' }, el('code', {}, shown)),
    el(
      'div',
      { class: 'panel-foot' },
      el('span', {}, `${text.length.toLocaleString('en-US')} characters`),
      copyButton('Copy JSON', text),
    ),
  )
}
