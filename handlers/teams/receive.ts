import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Effects } from '#src/effects.ts'
import { admit, type GuardSettings } from './guard.ts'
import { createPace } from './pace.ts'
import type { TeamsParts } from './parts.ts'
import type { Sdk } from './sdk.ts'

type Parts = Pick<TeamsParts, 'metrics' | 'warn' | 'incidents'>

/** The route that Teams calls: first the guard, then the SDK, which checks the token. `sdk` gives nothing while the bot is not open. */
export const createReceive = (
  guard: GuardSettings,
  { sdk, parts }: { sdk: () => Sdk | undefined; parts: Parts },
  { ticks }: Pick<Effects, 'ticks'>,
) => {
  const note = createNotes(parts, ticks)
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const open = sdk()
    if (!open) return { status: 503, body: { error: 'closed', message: 'The bot is not open.' } }
    const admission = await admit(request, guard)
    if (!admission.ok) {
      const { status, error, message } = admission
      note(error)
      return { status, body: { error, message } }
    }
    const headers = { authorization: request.headers.authorization ?? '' }
    const { status, body } = await open.receive({ headers, body: admission.body })
    if (status === 401) note('bad-token')
    return { status, body }
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const started = ticks()
    answer(request)
      .catch((error): Reply => {
        // Whoever hangs up while sending hears no answer, and nothing is wrong on our side.
        if (request.destroyed && !request.complete) return { status: 400 }
        parts.incidents.log({ incident: parts.incidents.incident(), error, path: 'teams/receive' })
        return { status: 500, body: { error: 'internal', message: 'Something went wrong on our side.' } }
      })
      .then(reply => {
        write(request, response, reply)
        parts.metrics.step('ack', ticks() - started)
      })
  }
}

type Reply = { status: number; body?: unknown }

const write = (request: IncomingMessage, response: ServerResponse, { status, body }: Reply) => {
  // What was not read to its end would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
}

/** Refusals are worth a line in the log, but anybody can cause any number of them. */
const createNotes = ({ warn }: Parts, ticks: () => number) => {
  const pace = createPace({ burst: 5, everyMs: 60_000 })
  return (error: string) => {
    const now = ticks()
    if (pace.wait(error, now) === 0) warn('refused', undefined, { error })
  }
}
