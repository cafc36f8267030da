/** An answer of the connector: what it says and how. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> }

/**
 * Errors of the connector with the words that Microsoft documents for them.
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 * https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages#handle-errors
 * https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux#error-codes
 */
export const connectorErrors = {
  BadSyntax: { status: 400, message: 'Bad format of the activity.' },
  BadArgument: { status: 400, message: 'Bad argument' },
  BadRequest: { status: 400, message: 'The incoming payload is not valid.' },
  Unauthorized: { status: 401, message: 'Authorization has been denied for this request.' },
  BotNotRegistered: { status: 401, message: 'No registration found for this bot.' },
  ConversationBlockedByUser: { status: 403, message: 'User blocked the conversation with the bot.' },
  BotNotInConversationRoster: { status: 403, message: 'The bot is not part of the conversation roster.' },
  BotDisabledByAdmin: { status: 403, message: 'The tenant admin disabled this bot.' },
  ContentStreamNotAllowed: { status: 403, message: 'Content stream is not allowed' },
  ConversationNotFound: { status: 404, message: 'Conversation not found.' },
  ActivityNotFoundInConversation: { status: 404, message: 'Activity not found in conversation.' },
  MemberNotFoundInConversation: { status: 404, message: 'The member was not found in the conversation.' },
  PreconditionFailed: { status: 412, message: 'Precondition failed, please try again.' },
  MessageSizeTooBig: { status: 413, message: 'Message size too large.' },
  Throttled: { status: 429, message: 'Too many requests.' },
  ServiceError: { status: 500, message: 'Internal Server Error' },
  BadGateway: { status: 502, message: 'Bad Gateway' },
  ServiceUnavailable: { status: 503, message: 'Service Unavailable' },
  GatewayTimeout: { status: 504, message: 'Gateway Timeout' },
} satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof connectorErrors

/** The JSON of an error as the connector writes it. */
export const failure = (code: ErrorCode, message?: string, headers?: Record<string, string>): Reply => ({
  status: connectorErrors[code].status,
  body: { error: { code, message: message ?? connectorErrors[code].message } },
  ...(headers && { headers }),
})

/** The error that stands for a bare status. */
export const codeOf = (status: number): ErrorCode => {
  const usual: Partial<Record<number, ErrorCode>> = {
    400: 'BadSyntax',
    401: 'Unauthorized',
    404: 'ConversationNotFound',
  }
  const codes = Object.entries(connectorErrors) as [ErrorCode, { status: number }][]
  return usual[status] ?? codes.find(([, error]) => error.status === status)?.[0] ?? 'ServiceError'
}
