/**
 * Asks the server and gives its last line: an answer, or a failure. `onStatus` gets the words that come before, `onStory` the sentences so far.
 * Aborting the signal closes the connection, and with it the question stops on the server.
 * @param {{text: string, thread: string, domain?: string, query?: object}} question
 */
export const ask = async (question, { signal, onStatus, onStory }) => {
  try {
    const response = await post('/room/ask', question, signal)
    if (!response.ok || !response.body) return await refusal(response)
    for await (const line of linesOf(response.body)) {
      const said = JSON.parse(line)
      if (said.type === 'status') onStatus(said.words)
      else if (said.type === 'story') onStory(said.sentences)
      else return said.view
    }
    return endings.lost
  } catch (error) {
    if (signal.aborted) return endings.stopped
    console.warn(error)
    return endings.lost
  }
}

/** Posts JSON. */
export const post = (address, body, signal) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })

async function* linesOf(body) {
  let rest = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter(line => line !== '')
  }
}

const refusal = async response => {
  const said = await response.json().catch(() => ({}))
  return { status: 'failed', message: 'The room did not take this question.', next: said.message ?? '', retry: false }
}

/** How it ends without an answer of the server. */
export const endings = {
  stopped: { status: 'stopped' },
  lost: {
    status: 'failed',
    message: 'The connection to Chartroom was lost.',
    next: 'Check that it is still running, then ask again.',
    retry: true,
  },
}
