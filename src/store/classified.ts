import type { Effects } from '#src/effects.ts'
import type { Database } from './database.ts'

/** Where texts belong that a language model was asked about, by hash. Shared by all bots on one database. */
export type ClassifiedTexts = {
  /** What is known of these. */
  find: (hashes: readonly string[]) => Promise<ReadonlyMap<string, number>>
  /** Takes texts to ask about, so that nobody else does. Gives those that were free; a bot that died loses its own after a minute. */
  reserve: (hashes: readonly string[]) => Promise<string[]>
  put: (found: ReadonlyMap<string, number>) => Promise<void>
  /** Gives back what was taken and not found out. */
  release: (hashes: readonly string[]) => Promise<void>
  /** Texts that were taken or found out since then, in milliseconds since 1970. */
  countSince: (at: number) => Promise<number>
}

/** How long somebody may take to ask, in milliseconds; after that another may. */
const patience = 60_000

/** What `classifier` (model and version of the clusters) said, in the database. */
export const storedClassified = (
  { query }: Database,
  { classifier }: { classifier: string },
  { now }: Pick<Effects, 'now'>,
): ClassifiedTexts => ({
  find: async hashes => {
    const rows = await query<{ text_hash: string; cluster: number }>(
      'select text_hash, cluster from chartroom.classified where classifier = $1 and text_hash = any($2) and cluster is not null',
      [classifier, hashes],
    )
    return new Map(rows.map(({ text_hash, cluster }) => [text_hash, cluster]))
  },
  reserve: async hashes => {
    // In one order, so that two bots that take the same texts never wait for each other in a circle.
    const rows = await query<{ text_hash: string }>(
      `insert into chartroom.classified as c (classifier, text_hash, at)
       select $1, hash, $3 from unnest($2::text[]) as hash order by hash
       on conflict (classifier, text_hash) do update set at = excluded.at where c.cluster is null and c.at < $4
       returning text_hash`,
      [classifier, hashes, new Date(now()), new Date(now() - patience)],
    )
    return rows.map(({ text_hash }) => text_hash)
  },
  put: async found => {
    await query(
      `insert into chartroom.classified (classifier, text_hash, cluster, at)
       select $1, hash, cluster, $4 from unnest($2::text[], $3::smallint[]) as found (hash, cluster) order by hash
       on conflict (classifier, text_hash) do update set cluster = excluded.cluster, at = excluded.at`,
      [classifier, [...found.keys()], [...found.values()], new Date(now())],
    )
  },
  release: async hashes => {
    await query('delete from chartroom.classified where classifier = $1 and text_hash = any($2) and cluster is null', [
      classifier,
      hashes,
    ])
  },
  countSince: async at => {
    const [row] = await query<{ count: number }>(
      'select count(*) from chartroom.classified where classifier = $1 and at >= $2',
      [classifier, new Date(at)],
    )
    return row?.count ?? 0
  },
})
