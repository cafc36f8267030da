import type { Platform } from '#handlers/chat/platform.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import type { Config } from '#src/config.ts'
import type { Effects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import type { KeyValues } from '#src/store/key-values.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { createDownloads, type Downloads } from './downloads.ts'
import { onHappened } from './happened.ts'
import type { TeamsParts } from './parts.ts'
import { isOfNetwork, TeamsError, type TeamsPort } from './port.ts'
import { createReceive } from './receive.ts'
import { createReferences } from './references.ts'
import { createReplies } from './replies.ts'
import { openSdk, type Sdk, type SdkSettings } from './sdk.ts'
import { createSender } from './send.ts'
import { createStandings } from './standing.ts'

export type TeamsSettings = Config['teams'] & { production: boolean }

export type TeamsNeeds = ChatParts & {
  /** Where conversations are kept. */
  conversations: KeyValues
  /** An address for a picture that is too large for a message; none without a public address of the bot. */
  pictureUrl?: (png: Uint8Array) => string
}

/**
 * The bot in Microsoft Teams, as a route of the public listener. Requests are answered at once; what takes long goes on behind and writes
 * when it is done. `start` throws `chat/…` when something is missing or the credentials are not right.
 */
export const connectTeams = (settings: TeamsSettings, needs: TeamsNeeds, effects: Effects): Platform => {
  const used = usedOf(settings)
  let sdk: Sdk | undefined
  let isOpen = false
  const parts = partsOf({ port: portOf(() => sdk), downloads: createDownloads(used) }, needs, effects)
  const handle = createReceive(used, { sdk: () => (isOpen ? sdk : undefined), parts }, effects)
  return {
    name: 'teams',
    routes: [{ method: 'POST', path: '/api/messages', handle }],
    start: async () => {
      const problem = problemOf(settings)
      if (problem) throw ChartroomError.of('chat/settings', { platform, problem })
      sdk = await openSdk(used, activity => onHappened(activity, used.tenantId, parts), effects)
      await sdk.signIn().catch(error => {
        throw signInFailure(error)
      })
      isOpen = true
    },
    stop: async () => {
      isOpen = false
    },
    tell: (owner, words) => tell(owner, words, parts),
  }
}

/** Only whoever has written to the bot in their own chat can be written to there. */
const tell = async (owner: Owner, words: string, { references, sender, warn }: TeamsParts): Promise<void> => {
  try {
    const chat = await references.personal(owner)
    if (chat) await sender.send(chat, textMessage(words))
    else warn('untold', undefined)
  } catch (error) {
    warn('untold', error)
  }
}

const platform = 'Teams'

/** The playground has a tenant and a bot of its own invention, and no credentials. */
const usedOf = ({ clientId, clientSecret, tenantId, fakeUrl, playground }: TeamsSettings): SdkSettings =>
  playground ? { playground } : { clientId, clientSecret, tenantId, playground, fakeUrl: fakeUrl?.replace(/\/$/, '') }

const problemOf = ({ clientId, tenantId, fakeUrl, playground, production }: TeamsSettings): string | undefined => {
  if (production && fakeUrl) return 'TEAMS_FAKE_URL is refused in production'
  if (production && playground) return 'TEAMS_PLAYGROUND is refused in production'
  return playground || (clientId && tenantId) ? undefined : 'it needs CLIENT_ID and TENANT_ID'
}

/** Entra said no, or could not be asked. The library's own words may name ids and tokens, so they go no further than {@link TeamsError}. */
const signInFailure = (error: unknown): ChartroomError => {
  return error instanceof TeamsError && isOfNetwork(error)
    ? ChartroomError.of('chat/unreachable', { platform }, error)
    : ChartroomError.of('chat/credentials', { platform }, error)
}

/** The port is there before the SDK is. */
const portOf = (sdk: () => Sdk | undefined): TeamsPort => {
  const open = () => {
    const opened = sdk()
    if (!opened) throw new TeamsError('unsent', { code: 'NotStarted' })
    return opened.port
  }
  return {
    send: async (to, activity) => open().send(to, activity),
    update: async (to, id, activity) => open().update(to, id, activity),
    remove: async (to, id) => open().remove(to, id),
    member: async (at, who) => open().member(at, who),
  }
}

type Ways = { port: TeamsPort; downloads: Downloads }

const partsOf = ({ port, downloads }: Ways, { conversations, ...needs }: TeamsNeeds, effects: Effects): TeamsParts => {
  const references = createReferences(conversations)
  const sender = createSender(port, { ...needs, references }, effects)
  const standings = createStandings(port, needs, effects)
  return { ...needs, effects, references, sender, standings, downloads, replies: createReplies(effects) }
}
