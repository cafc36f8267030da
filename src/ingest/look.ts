import { listTables, profileTables } from '#src/semantic/draft/profile-tables.ts'
import { openCage } from './cage.ts'
import { unreadable } from './faults.ts'
import type { Job, JobResult } from './job.ts'
import { noRejects } from './rejects.ts'

/** Looks into a DuckDB file that somebody else made: its tables and views of the main schema. It is not changed. */
export const look = async ({ database, memoryMb }: Extract<Job, { kind: 'look' }>): Promise<JobResult> => {
  const { run, close } = await openCage({ database, readOnly: true, memoryMb, files: [database] })
  try {
    const known = await listTables(run)
    if (known.length === 0) throw unreadable(database, 'it holds no tables')
    const profile = await profileTables(run, known)
    const tables = profile.tables.map(t => ({
      name: t.name,
      label: t.label,
      file: database,
      rows: t.rows,
      columns: t.columns.map(({ name, label, type }) => ({ name, label, type })),
    }))
    return { tables, warnings: [], rejects: noRejects, profile }
  } finally {
    close()
  }
}
