import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AnswerLine } from '#handlers/room/answer-lines.ts'
import type { AnswerView } from '#renderers/room/view.ts'
import { describeSettings } from '#src/config.ts'

/** The product as people start it, in processes of its own. */
export type Server = { url: string; pid: number; stop: () => Promise<void> }

type Start = {
  home: string
  /** `npm` is `npm start`, as in the README; `node` is what that runs, without npm itself. */
  by?: 'npm' | 'node'
  settings?: Record<string, string>
}

/** Starts a server on a free port and waits until it takes connections; questions asked then wait until it is ready. */
export const startServer = async ({ home, by = 'node', settings = {} }: Start): Promise<Server> => {
  const port = await freePort()
  const [command, args] = by === 'npm' ? ['npm', ['start']] : [process.execPath, ['src/main.ts', 'serve']]
  const unset = Object.fromEntries(describeSettings().map(({ name }) => [name, '']))
  const { PATH, HOME } = process.env
  const child = spawn(command, args as string[], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...unset, PATH, HOME, PORT: String(port), CHARTROOM_HOME: home, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let said = ''
  child.stderr?.on('data', bytes => {
    said = `${said}${bytes}`.slice(-2000)
  })
  const url = `http://localhost:${port}`
  const server = { url, pid: child.pid as number, stop: () => stop(child) }
  while (!(await answers(`${url}/healthz`))) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}: ${said}`)
    await sleep(10)
  }
  return server
}

/** Waits until everything is warm. */
export const untilReady = async ({ url }: Server): Promise<void> => {
  while (!(await answers(`${url}/readyz`))) await sleep(20)
}

/** Asks in the room as its page does and fetches the chart. Throws on a failure and on anything but an answer. */
export const askRoom = async (
  { url }: Server,
  question: { text: string; today?: string; thread?: string },
): Promise<void> => {
  const response = await fetch(`${url}/room/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })
  const view = lastView(await response.text())
  if (view.status !== 'answered') throw new Error(`“${question.text}” was not answered but: ${view.status}`)
  if (!view.picture) return
  const picture = await fetch(url + view.picture.light)
  const bytes = await picture.arrayBuffer()
  if (!picture.ok || bytes.byteLength < 1000) throw new Error(`no picture for “${question.text}”`)
}

const lastView = (lines: string): AnswerView => {
  const last = JSON.parse(lines.trim().split('\n').at(-1) ?? '') as AnswerLine
  if (last.type === 'answer') return last.view
  throw new Error(last.type === 'failed' ? last.view.message : 'no answer')
}

/** A port that is free now. */
const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    response => response.ok,
    () => false,
  )

/** Ctrl-C for the whole group, and its end by force when that takes longer than ten seconds. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  process.kill(-(child.pid as number), 'SIGINT')
  const late = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), 10_000)
  await gone
  clearTimeout(late)
}
