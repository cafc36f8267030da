import { z } from 'zod'
import type { Effects } from '#src/effects.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'
import { toJsonb } from './jsonb.ts'

/**
 * What an admin taught about a domain: a worked question for the language model (`query` as it writes one), another word for a measure or
 * dimension, or a rule in words for the language model.
 */
const lessonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('example'),
    question: z.string(),
    query: z.unknown().optional(),
    sql: z.string().optional(),
  }),
  z.object({ kind: z.literal('synonym'), word: z.string(), of: z.enum(['measure', 'dimension']), name: z.string() }),
  z.object({ kind: z.literal('rule'), rule: z.string() }),
])
export type Lesson = z.infer<typeof lessonSchema>

export type KeptLesson = Lesson & { nth: number; domain: string }

export type Lessons = {
  /** Oldest first. */
  of: (domain: string) => Promise<KeptLesson[]>
  /** The same one twice is one. Gives its number. */
  put: (domain: string, lesson: Lesson, by?: Owner) => Promise<number>
  remove: (nth: number) => Promise<void>
}

/** Lessons that all processes of a database share. */
export const storedLessons = ({ query }: Database, { now }: Pick<Effects, 'now'>): Lessons => ({
  of: async domain => {
    const rows = await query<{ nth: number; lesson: unknown }>(
      'select nth, lesson from chartroom.lessons where domain = $1 order by nth',
      [domain],
    )
    return rows.flatMap(({ nth, lesson }) => {
      const read = lessonSchema.safeParse(lesson)
      return read.success ? [{ ...read.data, nth, domain }] : []
    })
  },
  put: async (domain, lesson, by) => {
    const [row] = await query<{ nth: number }>(
      `insert into chartroom.lessons (domain, kind, lesson, platform, tenant, person, at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (domain, kind, md5(lesson::text)) do update set at = excluded.at returning nth`,
      [domain, lesson.kind, toJsonb(lesson), by?.platform, by?.tenant, by?.user, new Date(now())],
    )
    return row?.nth ?? 0
  },
  remove: async nth => {
    await query('delete from chartroom.lessons where nth = $1', [nth])
  },
})
