import type { Owner } from '#src/store/answers.ts'
import type { Account } from './port.ts'

/**
 * Who somebody is: the object id within our tenant. Names can be changed by their owners and say nothing. Undefined for bots and for guests
 * of a meeting who have not signed in.
 */
export const ownerOf = ({ aadObjectId }: Account, tenant: string): Owner | undefined =>
  aadObjectId ? { platform: 'teams', tenant: tenant.toLowerCase(), user: aadObjectId.toLowerCase() } : undefined
