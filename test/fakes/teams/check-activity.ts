import { checkCard } from './check-card.ts'
import { imageProblem } from './check-images.ts'
import { failure, type Reply } from './errors.ts'
import type { Json } from './world.ts'

export const adaptiveCard = 'application/vnd.microsoft.card.adaptive'

/**
 * Why the connector does not take a message, or undefined when it does. The body of the error lists every problem found.
 * `countPictures` counts base64 pictures for the size too: Microsoft says that they are not counted, clients are not so sure.
 */
export const refuseMessage = (activity: Json, options: { countPictures?: boolean } = {}): Reply | undefined => {
  const size = sizeOf(activity, options.countPictures ?? false)
  if (size > mostBytes) return failure('MessageSizeTooBig')
  const problems = [...checkMessage(activity)]
  return problems.length > 0 ? failure('BadSyntax', problems.join('; ')) : undefined
}

/** About 100 KB as UTF-16. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages */
const mostBytes = 100 * 1024

/** Bytes of a payload as Teams counts them. */
export const sizeOf = (activity: Json, countPictures = false): number => {
  const text = JSON.stringify(activity)
  const counted = countPictures ? text : text.replace(/data:image\/[a-z]+;base64,[A-Za-z0-9+/=]*/g, '')
  return counted.length * 2
}

const textFormats = ['plain', 'markdown', 'xml', 'extendedmarkdown']

function* checkMessage(activity: Json): Generator<string> {
  const attachments = activity.attachments ?? []
  const { text } = activity
  if (text !== undefined && typeof text !== 'string') yield 'text is not a text'
  if (!Array.isArray(attachments)) return yield 'attachments is not a list'
  if (!text && attachments.length === 0) yield "Activity must include non empty 'text' field or at least 1 attachment"
  if (activity.textFormat !== undefined && !textFormats.includes(String(activity.textFormat)))
    yield `textFormat is "${activity.textFormat}"`
  if (activity.attachmentLayout !== undefined && !['list', 'carousel'].includes(String(activity.attachmentLayout)))
    yield `attachmentLayout is "${activity.attachmentLayout}"`
  if (attachments.length > 10) yield `${attachments.length} attachments, more than 10`
  for (const attachment of attachments) yield* checkAttachment(attachment as Json)
  yield* checkSuggestions(activity.suggestedActions)
  yield* checkEntities(activity)
  yield* checkFeedback(activity.channelData)
}

function* checkAttachment(attachment: Json): Generator<string> {
  const type = attachment.contentType
  if (type === adaptiveCard) return yield* checkCard(attachment.content)
  if (typeof type === 'string' && type.startsWith('image/')) {
    const problem = imageProblem(attachment.contentUrl)
    if (problem) yield `the attached picture ${problem}`
    return
  }
  if (typeof type === 'string' && type.startsWith('application/vnd.microsoft.')) return
  yield `attachment of type "${type}"`
}

const suggestionTypes = ['imBack', 'Action.Compose', 'Action.Submit']

/** More than three are not refused, but only three are shown. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions */
function* checkSuggestions(suggested: unknown): Generator<string> {
  if (suggested === undefined) return
  const actions = (suggested as Json | null)?.actions
  if (!Array.isArray(actions)) return yield 'suggestedActions has no actions'
  for (const action of actions as Json[]) {
    if (!suggestionTypes.includes(String(action.type))) yield `suggested action of type "${action.type}"`
    if (typeof action.title !== 'string' || action.title === '') yield 'suggested action without title'
    if (action.value === undefined) yield 'suggested action without value'
  }
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content */
function* checkEntities({ entities, text }: Json): Generator<string> {
  if (entities === undefined) return
  if (!Array.isArray(entities)) return yield 'entities is not a list'
  const roots = (entities as Json[]).filter(({ type }) => type === 'https://schema.org/Message')
  if (roots.length > 1) yield "Multiple root message entities found under 'entities' array."
  for (const root of roots) yield* checkRoot(root)
  for (const entity of entities as Json[])
    if (entity.type === 'mention') yield* checkMention(entity, String(text ?? ''))
}

function* checkRoot(root: Json): Generator<string> {
  if (root['@type'] !== 'Message' || root['@context'] !== 'https://schema.org')
    yield "Error parsing message entity from 'entities' array."
  const citations = Array.isArray(root.citation) ? (root.citation as Json[]) : []
  if (citations.length > 20) yield 'Bot message with more than 20 citations.'
  for (const { appearance, position } of citations) {
    const { name, abstract, keywords } = (appearance ?? {}) as Json
    if (!name) yield "The 'appearance' object is empty."
    if (!Number.isInteger(position)) yield 'citation without position'
    if (String(name ?? '').length > 80 || String(abstract ?? '').length > 160) yield 'citation is too long'
    if (Array.isArray(keywords) && (keywords.length > 3 || keywords.some(word => String(word).length > 28)))
      yield 'citation has too many or too long keywords'
  }
}

function* checkMention(mention: Json, text: string): Generator<string> {
  const { id } = (mention.mentioned ?? {}) as Json
  if (!id) yield 'mention of nobody'
  if (typeof mention.text !== 'string' || !text.includes(mention.text)) yield 'mention whose text is not in the message'
}

function* checkFeedback(channelData: unknown): Generator<string> {
  const loop = (channelData as Json | undefined)?.feedbackLoop as Json | undefined
  if (loop !== undefined && !['default', 'custom'].includes(String(loop.type))) yield `feedbackLoop is "${loop.type}"`
}
