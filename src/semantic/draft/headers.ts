import type { Profile } from './profile.ts'

/** Headers of a table that shouts them all, EMP_ID and HIRE_DATE, as others write them: emp_id, hire_date. */
export const calmHeaders = (profile: Profile): Profile => ({
  ...profile,
  tables: profile.tables.map(table => {
    const loud = table.columns.every(c => c.label === c.label.toUpperCase()) && table.columns.length > 2
    return loud ? { ...table, columns: table.columns.map(c => ({ ...c, label: c.label.toLowerCase() })) } : table
  }),
})
