import { rolesSchema } from '../access/schema.ts'
import type { Domain } from '../domain.ts'
import { nearest } from '../semantic/near.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import type { Sources } from './sources.ts'

/** One domain that was named when the program was started, as all there is. */
export const onlyDomain = (domain: Domain): Pick<Sources, 'domains' | 'open' | 'settings' | 'close'> => {
  const { domain: name, label } = domain.model
  const settings = { roles: rolesSchema.parse({}), rooms: {} }
  return {
    domains: () => [{ name, label, isDefault: true, available: true }],
    open: async (wanted = name) => {
      if (wanted === name) return domain
      throw ChartroomError.of('domain/unknown', { domain: wanted, known: [name], near: nearest(wanted, [name]) })
    },
    settings: () => settings,
    close: () => domain.close(),
  }
}
