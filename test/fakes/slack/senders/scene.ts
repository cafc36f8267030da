import type { Json, Team, World } from '../world.ts'
import type { DeliveryLine } from './deliver.ts'
import type { Tricks } from './sign.ts'

/** What every sender works with. `origin` is where this server is reached, for response URLs. */
export type Scene = { world: World; line: DeliveryLine; origin: () => string }

/** Who does something. Without a team it is the first one, without a user U0ASKER. `payload` replaces parts of what is sent. */
export type Doer = Tricks & { team?: string; user?: string; payload?: Json }

/** The workspace of a doer. Throws when it does not exist here. */
export const teamOf = (world: World, id: string | undefined): Team => {
  const team = id === undefined ? [...world.teams.values()][0] : world.teams.get(id)
  if (team === undefined) throw new Error(`There is no workspace ${id}.`)
  return team
}

/** The id of a doer. */
export const userOf = ({ user = 'U0ASKER' }: Doer): string => user

/** A person as interactive payloads name them. */
export const personJson = (team: Team, id: string): Json => {
  const name = team.users.get(id)?.name ?? id
  return { id, username: name, name, team_id: team.id }
}

/** What every interactive payload says of the place and the app. */
export const placeJson = (world: World, team: Team): Json => ({
  token: 'verification-token-of-the-past',
  api_app_id: world.settings.appId,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
})
