import type { Database } from '#src/store/database.ts'
import { type Check, ok } from './check.ts'

/** Whether what Chartroom remembers can be opened, its tables brought up to date, and read. `open` throws `state/…`. */
export const stateWorks = (open: () => Promise<Database>): Check => ({
  name: 'State',
  run: async () => {
    const { query, close } = await open()
    try {
      const [row] = await query<{ version: string; questions: number }>(
        `select split_part(current_setting('server_version'), ' ', 1) as version,
           (select count(*) from chartroom.audit) as questions`,
      )
      return ok(`PostgreSQL ${row?.version}; it remembers ${row?.questions.toLocaleString('en-US')} questions.`)
    } finally {
      await close()
    }
  },
})
