import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'
import { seal, unseal } from './seal.ts'

/** JSON values by key that outlive the process: installations of Slack, conversations of Teams. */
export type KeyValues = {
  get: (key: string) => Promise<unknown>
  /** Resolves when it is on disk. */
  put: (key: string, value: unknown) => Promise<void>
  delete: (key: string) => Promise<void>
}

/** Spaces of keys. What a space keeps is told apart by it alone. */
export type Space = 'slack-installations' | 'teams-conversations'

/**
 * Values in the database; with a key they are sealed, and what is not sealed is not taken.
 * Throws `state/sealed` when one does not open with the key.
 */
export const storedKeyValues = (
  { query }: Database,
  { space, key: secret }: { space: Space; key?: Uint8Array },
  { now }: Pick<Effects, 'now'>,
): KeyValues => ({
  get: async key => {
    const [row] = await query<Row>('select value, sealed from chartroom.key_values where space = $1 and key = $2', [
      space,
      key,
    ])
    return row && opened(row, { space, key, secret })
  },
  put: async (key, value) => {
    const text = toJsonb(value)
    const [open, sealed] = secret ? [null, seal(text, secret, `${space}/${key}`)] : [text, null]
    await query(
      `insert into chartroom.key_values (space, key, value, sealed, at) values ($1, $2, $3, $4, $5)
       on conflict (space, key) do update set value = excluded.value, sealed = excluded.sealed, at = excluded.at`,
      [space, key, open, sealed, new Date(now())],
    )
  },
  delete: async key => {
    await query('delete from chartroom.key_values where space = $1 and key = $2', [space, key])
  },
})

type Row = { value: unknown; sealed: Buffer | null }

const opened = (
  { value, sealed }: Row,
  { space, key, secret }: { space: Space; key: string; secret?: Uint8Array },
): unknown => {
  if (!sealed && !secret) return value
  try {
    if (sealed && secret) return JSON.parse(unseal(sealed, secret, `${space}/${key}`))
  } catch (error) {
    throw ChartroomError.of('state/sealed', { space }, error)
  }
  throw ChartroomError.of('state/sealed', { space })
}
