import { endings } from './ask.js'

/** The most bytes that the room takes, 100 MB. */
export const mostBytes = 100 * 1024 * 1024

/**
 * Sends a file and gives the last line of the reply: what is to be shown, and the data that the file became. `onProgress` gets how much of it
 * is sent (0 to 1), `onStatus` the words that come then. `fetch` tells nothing of what is sent. Aborting the signal stops both.
 * @param {File} file
 * @returns {Promise<{view: object, domain?: string}>}
 */
export const sendFile = (file, { signal, onProgress, onStatus }) =>
  new Promise(resolve => {
    const request = new XMLHttpRequest()
    const lines = linesOf(request)
    let last
    const read = () => {
      for (const said of lines()) {
        if (said.type === 'status') onStatus(said.words)
        else last = said
      }
    }
    request.open('POST', `/room/files?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1))
    request.addEventListener('progress', () => request.status === 200 && read())
    request.addEventListener('load', () => {
      if (request.status !== 200) return resolve({ view: refusal(request) })
      read()
      resolve(last ?? { view: lost })
    })
    request.addEventListener('error', () => resolve({ view: lost }))
    request.addEventListener('abort', () => resolve({ view: endings.stopped }))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })

/** Gives the lines that have come since it was last asked. */
const linesOf = request => {
  let at = 0
  return () => {
    const end = request.responseText.lastIndexOf('\n') + 1
    const lines = request.responseText.slice(at, end).split('\n')
    at = Math.max(at, end)
    return lines.filter(line => line !== '').map(line => JSON.parse(line))
  }
}

const refusal = request => {
  const said = messageIn(request.responseText)
  return { status: 'failed', message: said || 'The room did not take this file.', next: '', retry: false }
}

const messageIn = text => {
  try {
    return JSON.parse(text).message
  } catch {
    return ''
  }
}

const lost = {
  ...endings.lost,
  next: 'Check that it is still running and that the file can be read, then send it again.',
}
