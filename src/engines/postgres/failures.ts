import pg from 'pg'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/**
 * What the server or the driver threw while a statement ran, as an error for people; their own words are only in `cause`.
 * Codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export const statementFault = (thrown: unknown): unknown => {
  if (thrown instanceof ChartroomError) return thrown
  if (isLost(thrown)) return ChartroomError.of('engine/lost', undefined, thrown)
  const code = codeOf(thrown)
  // What we cancel ourselves has its verdict already: this was an administrator.
  if (code === '57014') return ChartroomError.of('engine/cancelled', undefined, thrown)
  if (/^(53200|53100|53400|54000)$/.test(code)) return ChartroomError.of('engine/out-of-memory', undefined, thrown)
  if (/^(55P03|40001|40P01)$/.test(code)) return ChartroomError.of('engine/locked', undefined, thrown)
  if (code === '42501') return ChartroomError.of('engine/no-rights', undefined, thrown)
  return ChartroomError.of('engine/failed', undefined, thrown)
}

/** The same for a connection that could not be made. `place` names the database. */
export const connectFault = (thrown: unknown, place: string): unknown => {
  if (thrown instanceof ChartroomError) return thrown
  const code = codeOf(thrown)
  if (code === '53300') return ChartroomError.of('engine/busy', undefined, thrown)
  const reason = refusals.find(([sign]) => sign.test(`${code} ${messageOf(thrown)}`))?.[1]
  if (reason) return ChartroomError.of('source/refused', { place, reason }, thrown)
  return ChartroomError.of('engine/unreachable', undefined, thrown)
}

/** Whether the connection is gone, whatever was asked on it. */
export const isLost = (thrown: unknown): boolean =>
  !(thrown instanceof pg.DatabaseError) || /^(08|57P0|25P03)/.test(codeOf(thrown))

const refusals: [RegExp, string][] = [
  [/^28P01/, 'the user or the password is wrong'],
  [/^28.*no encryption/, 'it takes only encrypted connections from here; add ?sslmode=verify-full to its address'],
  [/^28/, 'the user may not connect from here'],
  [/^3D000/, 'there is no database of that name'],
  [/^42501/, 'the user may not connect to that database'],
  [/does not support SSL/, 'it does not encrypt connections; take sslmode out of its address'],
  [/CERT|SELF_SIGNED|LEAF_SIGNATURE/, 'this machine does not trust its certificate; add sslrootcert to its address'],
  [/^ \w*(SASL|SCRAM|password must be)/, 'it asks for a password and the address has none'],
]

const codeOf = (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '')
const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : '')
