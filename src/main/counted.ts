import { plannerOf } from '#handlers/chat/planner.ts'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import type { Effects } from '../effects.ts'
import type { Metrics } from '../metrics.ts'

type Ask = ChatUseCases['ask']

/** Questions of a place that is no chat, counted and timed as those of the chats are. What was stopped or failed counts as failed. */
export const counted =
  (ask: Ask, platform: 'room', { metrics, ticks }: { metrics: Metrics } & Pick<Effects, 'ticks'>): Ask =>
  async (question, running) => {
    const started = ticks()
    try {
      const answer = await ask(question, running)
      metrics.step('answer', ticks() - started)
      metrics.question({ platform, status: answer.status, planner: plannerOf(answer) })
      return answer
    } catch (error) {
      metrics.question({ platform, status: 'failed', planner: plannerOf(undefined) })
      throw error
    }
  }
