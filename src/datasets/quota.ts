import type { Config } from '#src/config.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** What somebody has brought: how many datasets, and bytes of files with all versions. */
export type Held = { datasets: number; bytes: number }

/** A file that is to be kept; `isNew` when it is no version of a dataset that is there. */
export type Coming = { name: string; bytes: number; isNew: boolean }

/** Throws `dataset/too-many` or `dataset/no-room` when somebody would have more than one person may keep. */
export const checkQuota = (
  held: Held,
  { name, bytes, isNew }: Coming,
  { datasets, megabytes }: Config['quota'],
): void => {
  if (isNew && held.datasets >= datasets) throw ChartroomError.of('dataset/too-many', { most: datasets })
  if (held.bytes + bytes > megabytes * 1_000_000) throw ChartroomError.of('dataset/no-room', { name, megabytes })
}
