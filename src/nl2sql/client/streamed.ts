import type OpenAI from 'openai'
import { APIConnectionError, APIError } from 'openai'
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { CompletionUsage } from 'openai/resources/completions'

/** What a server replied, bit by bit or at once. */
export type Reply = { content: string; declined: boolean; usage?: CompletionUsage | null }

type Asked = {
  body: ChatCompletionCreateParamsNonStreaming
  /** What was used is asked for, which comes last. */
  usage: boolean
  onText: (soFar: string) => void
}

/** A reply that is told of as it comes. Undefined when the server sent none that could be read bit by bit. */
export const streamed = async (
  client: OpenAI,
  { body, usage, onText }: Asked,
  signal: AbortSignal,
): Promise<Reply | undefined> => {
  const asked = { ...body, stream: true as const, ...(usage && { stream_options: { include_usage: true } }) }
  const chunks = await client.chat.completions.create(asked, { signal })
  const reply: Reply = { content: '', declined: false }
  let count = 0
  try {
    for await (const chunk of chunks) {
      count += 1
      reply.usage = chunk.usage ?? reply.usage
      const choice = chunk.choices?.[0]
      if (choice?.delta?.refusal || choice?.finish_reason === 'content_filter') reply.declined = true
      if (!choice?.delta?.content) continue
      reply.content += choice.delta.content
      onText(reply.content)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof APIError ? error : new APIConnectionError({ cause: error as Error })
  }
  // A stream that is aborted ends without a word.
  signal.throwIfAborted()
  return count === 0 ? undefined : reply
}
