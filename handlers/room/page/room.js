import { ask } from './ask.js'
import { startComposer } from './composer.js'
import { byId, el } from './dom.js'
import { icon } from './icons.js'
import { fillStart } from './start.js'
import { startTheme } from './theme.js'
import { createTurn } from './turn.js'

let thread = crypto.randomUUID()
let running = null

const chosenDomain = () => byId('domain').value || undefined

/** Puts a question to the server and its answer under it. Only one runs at a time; a new one stops the last. */
const run = async ({ label, question, query }, { focusTurn = false } = {}) => {
  running?.abort()
  const stop = new AbortController()
  running = stop
  const again = () => run({ label, question, query }, { focusTurn: true })
  const turn = createTurn({ label, onChoice: choose, onRetry: again, onStop: () => stopNow(stop) })
  byId('start').hidden = true
  byId('fresh').hidden = false
  byId('turns').append(turn.node)
  composer.remember(question)
  composer.setRunning(true)
  bringUp(turn.node)
  if (focusTurn) turn.focus()
  const view = await ask(
    { text: question, thread, domain: chosenDomain(), query },
    { signal: stop.signal, onStatus: turn.say },
  )
  if (running === stop) {
    running = null
    composer.setRunning(false)
  }
  turn.show(view)
  bringUp(turn.node)
}

const choose = ({ label, question, query }) =>
  run({ label: query ? label : question, question, query }, { focusTurn: true })

const stopNow = stop => {
  stop.abort()
  composer.focus()
}

const bringUp = node =>
  node.isConnected && node.scrollIntoView({ block: 'start', behavior: calm.matches ? 'auto' : 'smooth' })
const calm = matchMedia('(prefers-reduced-motion: reduce)')

const startAgain = () => {
  running?.abort()
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

const showStart = () => fillStart({ onAsk: askText, domain: chosenDomain })

const composer = startComposer({ onAsk: askText, onStop: () => running && stopNow(running) })
byId('fresh').append(icon('fresh'), el('span', {}, 'New'))
byId('fresh').setAttribute('aria-label', 'New conversation')
byId('fresh').addEventListener('click', startAgain)
byId('domain').addEventListener('change', showStart)
startTheme()
composer.focus()
await showStart()
