import { refuse } from '../refusal.ts'
import type { Json, Team, World } from '../world.ts'

/** Who calls: the workspace that the token belongs to and what the token may do. */
export type Caller = { world: World; team: Team; token: string; scopes: readonly string[] }

/**
 * One method of the Web API. `scope` is what the token needs; `perMinute` the documented tier
 * (https://docs.slack.dev/apis/web-api/rate-limits), `perSecondIn` the argument whose values are limited to one call a second.
 */
export type Method = {
  scope?: string
  perMinute?: number
  perSecondIn?: string
  run: (args: Json, caller: Caller) => Json | Promise<Json>
}

/** `missing_scope` as Slack says it, when the token lacks the scope. */
export const needScope = ({ scopes }: Caller, scope: string | undefined) => {
  if (scope !== undefined && !scopes.includes(scope))
    refuse('missing_scope', { needed: scope, provided: scopes.join(',') })
}
