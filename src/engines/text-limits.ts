/** Text of one result beyond this is not read on: a row cap alone does not stop cells of many megabytes. Characters. */
export const textLimit = 32_000_000

/** One text beyond this is no answer but an accident, and would fill the bot. Characters. */
export const cellLimit = 4_000_000
