import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { parseCommand } from '#handlers/commands/parse.ts'
import { toCsv } from '#renderers/text/csv.ts'
import { createAsk } from '#src/ask.ts'
import type { WorkOut } from '#src/beyond.ts'
import { fixedEffects } from '#src/effects.ts'
import { optionsFor } from '#src/question/next.ts'
import { createThreads } from '#src/threads.ts'
import { openSampleShop } from '#test/question/sample-shop.ts'

/** The sample shop with its real engine, rules and study, as a chat is given it. The clock stands, so that two platforms say the same. */
export const openRealShop = async () => {
  const effects = fixedEffects('2024-01-10T09:00:00Z')
  const { domain, close } = await openSampleShop({ NUM_ORDERS: '800', NUM_CUSTOMERS: '60' }, effects)
  /** One chat with a memory of its own, and with a language model when there is one. */
  const chat = (workOut?: WorkOut): Pick<ChatUseCases, 'ask' | 'options' | 'csv' | 'examples'> => {
    const ask = createAsk({
      domain: async () => domain,
      threads: createThreads(),
      workOut: () => workOut,
      warn: () => undefined,
      effects,
    })
    return {
      ask: ({ text, ...turn }, running) => {
        const command = parseCommand(text)
        return ask({ ...turn, text: command.kind === 'ask' ? command.question : text }, running)
      },
      options: answer => optionsFor(answer, domain.model),
      csv: answer => toCsv(answer.table),
      examples: () => domain.model.examples.slice(0, 4),
    }
  }
  return { chat, close }
}
