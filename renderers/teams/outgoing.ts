/** JSON of an activity, ready to be sent. */
export type Json = Record<string, unknown>

/** A card and what stands around it in a message. */
export type MessageParts = {
  card: object
  /** What notifications and lists of chats say of it; plain text. */
  summary: string
  /** A picture beside the card. */
  beside?: Json
  /** A model has written words of it. */
  isGenerated?: boolean
  /** Thumbs under the message. */
  asksForFeedback?: boolean
  /** Prompts above the box to write in. */
  suggestedActions?: object
}

const cardType = 'application/vnd.microsoft.card.adaptive'

/** An attachment with a card. */
export const attached = (card: object): Json => ({ contentType: cardType, content: card })

/** A message with a card. */
export const cardMessage = (parts: MessageParts): Json => ({
  type: 'message',
  summary: parts.summary,
  attachments: [attached(parts.card), ...(parts.beside ? [parts.beside] : [])],
  ...(parts.isGenerated && { entities: [generated] }),
  ...(parts.asksForFeedback && { channelData: { feedbackLoop: { type: 'custom' } } }),
  ...(parts.suggestedActions && { suggestedActions: parts.suggestedActions }),
})

/** The label "AI generated": https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content */
const generated = {
  type: 'https://schema.org/Message',
  '@type': 'Message',
  '@context': 'https://schema.org',
  '@id': '',
  additionalType: ['AIGeneratedContent'],
}

/** A message of words alone, shown as they are. */
export const textMessage = (text: string): Json => ({ type: 'message', text, textFormat: 'plain' })

/** What an Action.Execute is answered with: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
export const invokeCard = (card: object): Json => ({ statusCode: 200, type: cardType, value: card })

/** Words that the client shows beside the card for a moment. */
export const invokeText = (text: string): Json => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
})
