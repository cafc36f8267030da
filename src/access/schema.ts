import { z } from 'zod'

/**
 * The parts `roles` and `rooms` of `chartroom.yaml` as people write them. What they say about each other and about the models is checked
 * by `access.ts` and `check-rules.ts`. Everything here narrows; nothing gives more than the built-in role that it stands on.
 */

const words = z.string().trim().min(1)
const names = z.array(words)

/** The roles that are always there, from the least to the most. */
export const levels = ['viewer', 'analyst', 'admin'] as const
export type Level = (typeof levels)[number]

/** Nobody's role: what is asked is refused. */
export const refusedRole = 'refused'

/** `slack:T123:U456` or `teams:<tenant>:<object id>`, as `chartroom forget` takes it. */
const member = z
  .string()
  .trim()
  .regex(/^(slack|teams):[^:\s]+:[^:\s]+$/, 'must be written slack:T123:U456 or teams:<tenant>:<object id>')

/** Dimension or `table.column` → a value, a list of values, or a comparison; a table → `all`. Read by `row-rules.ts`. */
const rowRules = z.record(words, z.unknown())

const perDomain = <T extends z.ZodType>(rule: T) => z.record(words, rule)

/** Settings of a session of PostgreSQL: names with a dot. */
const session = z.record(
  z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/, 'must be a name with a dot, such as app.tenant'),
  z.string(),
)

export const roleSchema = z.strictObject({
  /** The role that it narrows: admin, analyst, viewer, or another of the file. */
  base: words.optional(),
  people: z.array(member).default([]),
  /** User groups of Slack, written like people: `slack:T123:S456`. */
  groups: z.array(member).default([]),
  /** The only domains that may be asked. */
  domains: names.optional(),
  /** The only KPIs, by domain. */
  kpis: perDomain(names).default({}),
  /** Columns (`orders.discount`), dimensions, measures and tables that are not there, by domain. */
  hide: perDomain(names).default({}),
  /** The only rows, by domain. */
  rows: perDomain(rowRules).default({}),
  session: session.default({}),
  questions_per_hour: z.number().int().min(1).optional(),
})
export type WrittenRole = z.infer<typeof roleSchema>

/** `default`, `guests` and `external` name a role, or `refused`; every other key is a role. */
export const rolesSchema = z
  .object({ default: words.default('analyst'), guests: words.default('refused'), external: words.default('refused') })
  .catchall(roleSchema)
export type WrittenRoles = z.infer<typeof rolesSchema>

export const roomSchema = z.strictObject({
  /** The only domains that may be asked there. */
  domains: names.optional(),
  /** The domain of questions that name none. */
  default: words.optional(),
  /** The role of everybody who reads there. */
  audience: words.optional(),
})
export type WrittenRoom = z.infer<typeof roomSchema>

/** Keys are `slack:T123`, `slack:T123:C456`, `teams:<tenant>` or `teams:<tenant>:<conversation id>`. */
export const roomsSchema = z.record(
  z
    .string()
    .regex(
      /^(slack|teams):[^:\s]+(:\S+)?$/,
      'must be a workspace (slack:T123), a tenant (teams:…) or a channel in one',
    ),
  roomSchema,
)
export type WrittenRooms = z.infer<typeof roomsSchema>
