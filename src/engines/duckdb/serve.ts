import { faultOf } from './fault.ts'
import { openParser, type Parser } from './parser.ts'
import type { OpenRequest, ParseRequest, Reply, Request, RunRequest } from './protocol.ts'
import { openSession, type Running, type Session } from './session.ts'

/** What a worker has of the world around it. */
export type Surroundings = {
  send: (reply: Reply) => void
  /** Bytes that the process holds. */
  rss: () => number
  /** Ends the process at once, so that the bot can tell it grew too large. */
  die: () => void
  /** Milliseconds, for measuring. */
  clock: () => number
}

type Worker = {
  around: Surroundings
  session?: Session
  parser?: Promise<Parser>
  running: Map<number, Running>
  watch?: NodeJS.Timeout
  rssLimit: number
}

/** `memory_limit` is not a real cap (a list of 10⁹ numbers walks past it), so the worker looks at its own size this often. Milliseconds. */
const watchEvery = 25

/** The worker's side of the protocol: gives the function that takes the bot's messages. Nothing is thrown; every request gets a reply. */
export const serve = (around: Surroundings): ((request: Request) => Promise<void>) => {
  const worker: Worker = { around, running: new Map(), rssLimit: Number.POSITIVE_INFINITY }
  return request => {
    switch (request.kind) {
      case 'open':
        return open(worker, request)
      case 'run':
        return run(worker, request)
      case 'parse':
        return parse(worker, request)
      case 'cancel':
        worker.running.get(request.id)?.cancel()
        return Promise.resolve()
    }
  }
}

const open = async (worker: Worker, { source, settings, rssLimitMb }: OpenRequest) => {
  try {
    worker.rssLimit = rssLimitMb * 1024 * 1024
    worker.session = await openSession(source, settings, worker.around.clock)
    worker.around.send({ kind: 'opened' })
  } catch (thrown) {
    worker.around.send({ kind: 'unopened', fault: faultOf(thrown) })
  }
}

const run = async (worker: Worker, request: RunRequest) => {
  const { id } = request
  try {
    if (!worker.session) throw new Error('Nothing is open')
    const running = worker.session.run(request)
    worker.running.set(id, running)
    watch(worker)
    worker.around.send({ kind: 'result', id, result: await running.result })
  } catch (thrown) {
    worker.around.send({ kind: 'fault', id, fault: faultOf(thrown) })
  } finally {
    worker.running.delete(id)
    if (!worker.running.size) unwatch(worker)
  }
}

const parse = async (worker: Worker, { id, sql }: ParseRequest) => {
  try {
    worker.parser ??= openParser()
    const parser = await worker.parser
    worker.around.send({ kind: 'tree', id, json: await parser(sql) })
  } catch (thrown) {
    worker.around.send({ kind: 'fault', id, fault: faultOf(thrown) })
  }
}

const watch = (worker: Worker) => {
  worker.watch ??= setInterval(() => {
    if (worker.around.rss() < worker.rssLimit) return
    unwatch(worker)
    worker.around.die()
  }, watchEvery)
}

const unwatch = (worker: Worker) => {
  clearInterval(worker.watch)
  worker.watch = undefined
}
