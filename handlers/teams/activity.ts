import { z } from 'zod'

/** Ids become part of addresses, so nothing in them may end a step of a path. Real ones are made of letters, digits and `:;=@._-`. */
const id = z.string().regex(/^(?!\.{1,2}$)[\w:;=@.~+-]{1,400}$/)
const word = z.string().max(500)

const account = z.object({
  id: word.min(1),
  aadObjectId: word.nullish(),
  name: word.nullish(),
  tenantId: word.nullish(),
  role: word.nullish(),
  isTargeted: z.boolean().nullish(),
})

const mention = z.object({ type: z.literal('mention'), text: word.nullish(), mentioned: z.object({ id: word }) })

/** A file in the personal chat: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const file = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: word.nullish(),
  content: z.object({ downloadUrl: z.string().max(10_000) }),
})

const attachment = file.or(z.object({ contentType: z.string().max(500) })).or(z.unknown().transform(() => undefined))

const schema = z.object({
  type: word,
  id: id.nullish(),
  name: word.nullish(),
  channelId: word.nullish(),
  serviceUrl: word,
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.enum(['personal', 'groupChat', 'channel']).nullish(),
    tenantId: word.nullish(),
  }),
  channelData: z.object({ tenant: z.object({ id: word }).nullish(), eventType: word.nullish() }).nullish(),
  replyToId: id.nullish(),
  text: z.string().nullish(),
  /** Other entities than mentions tell nothing that is read. */
  entities: z.array(mention.or(z.unknown().transform(() => undefined))).nullish(),
  attachments: z.array(attachment).nullish(),
  value: z.unknown().optional(),
  action: word.nullish(),
  membersAdded: z.array(z.object({ id: word })).nullish(),
  membersRemoved: z.array(z.object({ id: word })).nullish(),
})

/** An activity of Teams as far as it is read. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object */
export type Activity = z.infer<typeof schema>

/** Reads what came; undefined when it is no activity. */
export const readActivity = (body: unknown): Activity | undefined => schema.safeParse(body).data
