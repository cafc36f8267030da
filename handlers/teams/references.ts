import { createLanes } from '#handlers/chat/lanes.ts'
import type { Owner } from '#src/store/answers.ts'
import type { KeyValues } from '#src/store/key-values.ts'
import type { Account, Address } from './port.ts'
import { baseOf } from './thread.ts'

/** A conversation as it is kept, to write there later without having been asked. */
export type Reference = {
  serviceUrl: string
  tenant: string
  conversation: Address['conversation']
  bot: Account
  /** Object id of the person, for a personal chat. */
  user?: string
  welcomed?: true
  /** The bot was removed or blocked; nothing is sent until somebody there writes again. */
  dead?: true
}

export type References = {
  /** Somebody there spoke to the bot: keeps where it is now, and lets it be written to again. */
  refresh: (address: Address, user?: string) => Promise<void>
  /** Nothing can be sent there any more. */
  bury: (address: Address) => Promise<void>
  isDead: (address: Address) => boolean
  /** Where a person can be written to alone; nothing before they have written to the bot there. */
  personal: (owner: Owner) => Promise<Address | undefined>
  /** A conversation that somebody has written in. */
  find: (tenant: string, conversation: string) => Promise<Address | undefined>
  /** True once for every conversation the bot was added to. */
  welcome: (address: Address) => Promise<boolean>
}

/** The conversations that the bot is in. Written only when something has changed. */
export const createReferences = (kept: KeyValues): References => {
  const dead = new Set<string>()
  const lanes = createLanes()
  const change = (address: Address, apply: (before: Partial<Reference>) => Partial<Reference>) => {
    const key = keyOf(address)
    return lanes.run(key, async () => {
      const before = ((await kept.get(key)) ?? {}) as Partial<Reference>
      const after = apply(before)
      if (JSON.stringify(after) !== JSON.stringify(before)) await kept.put(key, after)
    })
  }
  const find = async (tenant: string, id: string): Promise<Address | undefined> => {
    const found = (await kept.get(chatKey(tenant, id))) as Reference | undefined
    if (!found || found.dead) return undefined
    const { serviceUrl, conversation, bot } = found
    return { serviceUrl, tenant, bot, conversation: { id, type: conversation.type } }
  }
  return {
    refresh: async (address, user) => {
      dead.delete(keyOf(address))
      await change(address, ({ welcomed }) => ({ ...referenceTo(address, user), ...(welcomed && { welcomed }) }))
      if (user === undefined || address.conversation.type !== 'personal') return
      const { tenant } = address
      const [key, chat] = [personKey({ tenant, user }), address.conversation.id]
      const before = (await kept.get(key)) as Personal | undefined
      if (before?.chat !== chat) await kept.put(key, { tenant, user, chat } satisfies Personal)
    },
    find,
    personal: async owner => {
      const found = (await kept.get(personKey(owner))) as Personal | undefined
      return found && find(owner.tenant, found.chat)
    },
    bury: address => {
      dead.add(keyOf(address))
      return change(address, before => ({ ...referenceTo(address, before.user), dead: true }))
    },
    isDead: address => dead.has(keyOf(address)),
    welcome: async address => {
      let first = false
      dead.delete(keyOf(address))
      await change(address, before => {
        first = !before.welcomed
        return { ...referenceTo(address, before.user), welcomed: true }
      })
      return first
    },
  }
}

/** Where the personal chat of somebody is. */
type Personal = { tenant: string; user: string; chat: string }

const chatKey = (tenant: string, id: string) => `teams:${tenant}:${baseOf(id)}`
const keyOf = ({ tenant, conversation }: Address) => chatKey(tenant, conversation.id)
const personKey = ({ tenant, user }: Pick<Owner, 'tenant' | 'user'>) => `teams:${tenant}:person:${user}`

const referenceTo = ({ serviceUrl, tenant, conversation, bot }: Address, user: string | undefined): Reference => ({
  serviceUrl,
  tenant,
  conversation: { id: baseOf(conversation.id), type: conversation.type },
  bot: { id: bot.id },
  ...(user !== undefined && conversation.type === 'personal' && { user }),
})
