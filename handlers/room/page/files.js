import { byId } from './dom.js'
import { createFileTurn } from './file-turn.js'
import { icon } from './icons.js'
import { mostBytes, sendFile } from './send-file.js'

/**
 * Files that are chosen or dropped on the page are sent one after the other; each has its place in the conversation. What is too large is told
 * before anything is sent.
 * @param {{onBegin: (turn: object, first: boolean) => void, onShown: (turn: object) => void, onData: (domain: string) => Promise<void>, onChoice: (choice: object) => void}} listeners
 * @returns {{allow: () => void, clear: () => void}} `allow` shows that files are taken; `clear` stops all and forgets them
 */
export const startFiles = ({ onBegin, onShown, onData, onChoice }) => {
  const waiting = []
  let sending
  const next = () => {
    sending = waiting.shift()
    sending?.start().finally(next)
  }
  const add = (file, first = true) => {
    const one = filed(file, { onShown, onData, onChoice, onAgain: () => add(file) })
    onBegin(one.turn, first)
    if (!one.start) return
    waiting.push(one)
    if (sending) one.turn.wait()
    else next()
  }
  const addAll = files => {
    for (const [i, file] of files.entries()) add(file, i === 0)
  }
  return {
    allow: () => showWays(addAll),
    clear: () => {
      for (const one of [...waiting.splice(0), sending]) one?.stop()
    },
  }
}

const filed = (file, { onShown, onData, onChoice, onAgain }) => {
  const abort = new AbortController()
  let domain
  const turn = createFileTurn({
    file,
    onAgain,
    onStop: () => abort.abort(),
    onChoice: choice => onChoice({ ...choice, domain }),
  })
  const problem = problemOf(file)
  if (problem) {
    turn.show({ status: 'failed', retry: false, ...problem })
    return { turn, stop: () => undefined }
  }
  const start = async () => {
    if (abort.signal.aborted) return turn.show({ status: 'stopped' })
    turn.begin()
    const sent = await sendFile(file, { signal: abort.signal, onProgress: turn.progress, onStatus: turn.say })
    domain = sent.view.status === 'told' ? sent.domain : undefined
    turn.show(sent.view, domain)
    onShown(turn)
    if (domain && !abort.signal.aborted) await onData(domain)
  }
  return { turn, start, stop: () => abort.abort() }
}

const problemOf = file => {
  if (file.folder) return { message: `${file.name} is a folder.`, next: 'Drop the files that are in it.' }
  if (file.size <= mostBytes) return undefined
  return {
    message: `${file.name} is larger than 100 MB.`,
    next: 'Nothing was sent. Send a part of it, or have the folder or database connected that it comes from.',
  }
}

/** The button, the link of the start page, and the whole page to drop on. */
const showWays = add => {
  const button = byId('attach')
  if (!button.hidden) return
  const input = /** @type {HTMLInputElement} */ (byId('file'))
  button.hidden = false
  button.append(icon('attach'))
  byId('or-file').hidden = false
  for (const opener of [button, byId('choose-file')]) opener.addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    add([...input.files])
    input.value = ''
  })
  hearDrops(add)
}

const hearDrops = add => {
  const curtain = byId('drop')
  curtain.prepend(icon('file'))
  let depth = 0
  const show = on => {
    depth = on ? depth : 0
    curtain.hidden = !on
  }
  const hear = (name, act) =>
    document.addEventListener(name, event => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      act(event.dataTransfer)
    })
  hear('dragenter', () => {
    depth += 1
    show(true)
  })
  hear('dragleave', () => {
    depth -= 1
    if (depth <= 0) show(false)
  })
  hear('dragover', transfer => {
    transfer.dropEffect = 'copy'
  })
  hear('drop', transfer => {
    show(false)
    add(droppedFiles(transfer))
  })
}

const droppedFiles = ({ items, files }) => {
  const folders = new Set(
    [...items].map(item => item.webkitGetAsEntry?.()).flatMap(entry => (entry?.isDirectory ? [entry.name] : [])),
  )
  return [...files].map(file => (folders.has(file.name) ? { name: file.name, folder: true } : file))
}
