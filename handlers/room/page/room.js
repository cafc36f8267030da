import { ask } from './ask.js'
import { startComposer } from './composer.js'
import { byId, el } from './dom.js'
import { startDomain } from './domain.js'
import { startFiles } from './files.js'
import { icon } from './icons.js'
import { fillStart } from './start.js'
import { startTheme } from './theme.js'
import { createTurn } from './turn.js'

let thread = crypto.randomUUID()
let running = null

/** Puts a question to the server and its answer under it. Only one runs at a time; a new one stops the last. */
const run = async ({ label, question, query, domain = data.chosen() }, { focusTurn = false } = {}) => {
  running?.abort()
  const stop = new AbortController()
  running = stop
  const again = () => run({ label, question, query, domain }, { focusTurn: true })
  const onChoice = choice => choose({ domain, ...choice })
  const turn = createTurn({ label, onChoice, onRetry: again, onStop: () => stopNow(stop) })
  // What is asked of other data than was chosen chooses it: the next question follows up on this one.
  if (domain !== undefined && domain !== data.chosen()) data.choose(domain)
  composer.remember(question)
  composer.setRunning(true)
  append(turn)
  if (focusTurn) turn.focus()
  const telling = { signal: stop.signal, onStatus: turn.say, onStory: turn.tell }
  const view = await ask({ text: question, thread, domain, query }, telling)
  if (running === stop) {
    running = null
    composer.setRunning(false)
  }
  turn.show(view)
  bringUp(turn.node)
}

const choose = ({ label, question, query, domain }) =>
  run({ label: query ? label : question, question, query, domain }, { focusTurn: true })

const append = (turn, first = true) => {
  byId('start').hidden = true
  byId('fresh').hidden = false
  byId('turns').append(turn.node)
  if (first) bringUp(turn.node)
}

const stopNow = stop => {
  stop.abort()
  composer.focus()
}

const bringUp = node =>
  node.isConnected && node.scrollIntoView({ block: 'start', behavior: calm.matches ? 'auto' : 'smooth' })
const calm = matchMedia('(prefers-reduced-motion: reduce)')

const startAgain = () => {
  running?.abort()
  files.clear()
  thread = crypto.randomUUID()
  byId('turns').replaceChildren()
  byId('start').hidden = false
  byId('fresh').hidden = true
  scrollTo(0, 0)
  composer.focus()
  showStart()
}

const askText = text => {
  run({ label: text, question: text })
  composer.focus()
}

const showStart = () => fillStart({ onAsk: askText, domain: data, onFiles: files.allow })

const composer = startComposer({ onAsk: askText, onStop: () => running && stopNow(running) })
const data = startDomain({ onChange: () => showStart() })
const files = startFiles({
  onBegin: append,
  onShown: turn => turn.node === byId('turns').lastElementChild && bringUp(turn.node),
  onChoice: choose,
  onData: async domain => {
    data.choose(domain)
    await showStart()
  },
})
byId('fresh').append(icon('fresh'), el('span', {}, 'New'))
byId('fresh').setAttribute('aria-label', 'New conversation')
byId('fresh').addEventListener('click', startAgain)
startTheme()
composer.focus()
await showStart()
