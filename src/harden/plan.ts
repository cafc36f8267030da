/** A table or view by schema and name. */
export type Relation = { schema: string; name: string; columns: readonly string[] }

/** What the SQL is about. */
export type HardenPlan = {
  database: string
  /** The user that Chartroom will be. */
  role: string
  relations: readonly Relation[]
  /** A column that says whose a row is: adds row level security to the tables that have it. */
  tenant?: string
}
