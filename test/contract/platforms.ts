import type { Contract } from './chat.ts'
import { slackOver } from './slack.ts'
import { teamsOverHttp } from './teams.ts'

/** Every way in which people reach Chartroom in a chat. A new platform is one more entry here: all of the suite runs over it. */
export const platforms: readonly Contract[] = [slackOver('socket'), slackOver('http'), teamsOverHttp]
