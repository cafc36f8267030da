import { z } from 'zod'

/** A number of things. */
export const count = (about: string) => z.int().min(0).describe(about)

/** A share of 100 with one decimal; null when there is nothing to have a share of. */
export const percent = (about: string) => z.number().min(0).nullable().describe(`${about} Null when there is none.`)

/** An average or a span; null over no rows. */
export const amount = (about: string) => z.number().nullable().describe(`${about} Null over no rows.`)

export const messages = count('All messages in the range.')

/** What the log misses: such messages count in the totals, but in no share by what is missing. */
export const withoutSession = count('Messages of which the log does not know the session; they count in no session.')
export const withoutUser = count('Messages of which the log does not know the user; they count for no user.')
export const withoutCategory = count('Messages without one of the ten categories; they count in no category.')
