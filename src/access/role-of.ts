import type { Asker } from '#src/vocabulary/question.ts'
import { type Access, memberKey, placeKey, type Role } from './access.ts'
import type { WrittenRoom } from './schema.ts'

/** Why somebody is not answered; `code` as a refused answer has it, `message` for whoever asked. */
export type Refusal = { code: string; message: string }

export const isRefusal = (x: object): x is Refusal => 'code' in x && 'message' in x

/**
 * The role of whoever asks, by what is said first: nobody (the local room and the terminal) is the machine's own, an admin; a person who is
 * named; a workspace or tenant that `rooms` does not know is refused; people of other organisations and guests have the role that is set
 * for them, whatever groups they are in; a group that is named, the first of the file; everybody else the default.
 */
export const roleOf = (access: Access, asker?: Asker): Role | Refusal => {
  if (!asker) return access.roles.get('admin')!
  const { platform, tenant, user, standing = 'member', groups = [] } = asker
  const named = access.people.get(memberKey(`${platform}:${tenant}:${user}`))
  if (named) return access.roles.get(named)!
  if (!isKnownHouse(access, asker)) return refusals.workspace
  const ids = new Set(groups.map(group => memberKey(`${platform}:${tenant}:${group}`)))
  const [, group] = [...access.groups].find(([id]) => ids.has(id)) ?? []
  const name = (standing === 'member' && group) || access.standing[standing]
  return access.roles.get(name) ?? refusals[standing]
}

/** What `rooms` says of the place where somebody asks, the channel before the workspace, part by part. */
export const roomOf = ({ rooms }: Access, { platform, tenant, place }: Asker): WrittenRoom => {
  const house = placeKey(`${platform}:${tenant}`)
  return { ...rooms.get(house), ...(place === undefined ? {} : rooms.get(`${house}:${place}`)) }
}

const isKnownHouse = ({ rooms }: Access, { platform, tenant }: Asker): boolean => {
  const house = placeKey(`${platform}:${tenant}`)
  return rooms.size === 0 || [...rooms.keys()].some(key => key === house || key.startsWith(`${house}:`))
}

const refusals = {
  workspace: {
    code: 'access/workspace',
    message: 'I do not answer here: this workspace is not one that I was set up for.',
  },
  external: {
    code: 'access/external',
    message: 'I do not answer people of other organisations. An admin can allow it.',
  },
  guest: { code: 'access/guest', message: 'I do not answer guests. An admin can allow it.' },
  member: { code: 'access/person', message: 'I was not told that I may answer you. An admin can add you to a role.' },
} satisfies Record<string, Refusal>
