import type { Json } from './world.ts'

/** An error as Slack gives it: HTTP 200 with `{ok: false, error}`, and more beside it for some. */
export class Refusal extends Error {
  readonly code: string
  readonly more: Json
  constructor(code: string, more: Json = {}) {
    super(code)
    this.code = code
    this.more = more
  }
}

/** Ends a call with this error. */
export const refuse = (code: string, more: Json = {}): never => {
  throw new Refusal(code, more)
}

/** `invalid_blocks` and its like, with Slack's sentences, each with the place it is about. Views have them in the metadata only. */
export const refuseWith = (code: string, errors: string[]): never =>
  refuse(code, {
    ...(code === 'invalid_arguments' ? {} : { errors }),
    response_metadata: { messages: errors.map(error => `[ERROR] ${error}`) },
  })
