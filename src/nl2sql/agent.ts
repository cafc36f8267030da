import type { Complete, Message, Use } from './client/complete.ts'
import type { Example } from './examples.ts'
import type { Outcome, Worked } from './outcome.ts'
import { planSchema, told } from './plan.ts'
import { askedText, planText } from './plan-text.ts'
import { choosePrompt, type Prompts } from './prompts.ts'
import { take } from './steps/take.ts'
import { beginning } from './steps/taking.ts'
import type { Unread, Working } from './unread.ts'

export type AgentParts = { complete: Complete; prompts: Prompts; examples: readonly Example[] }

/** Repairs of a step that did not work, and steps of all kinds. */
const [mostRepairs, mostSteps] = [3, 10]

/** Works a question out in steps: a language model says what to do, we do it and say what came of it, until there is a result. Throws `language/…`. */
export const workOut = async (
  question: Unread,
  { complete, prompts, examples }: AgentParts,
  { signal, onStatus }: Working = {},
): Promise<Worked> => {
  const prompt = choosePrompt(prompts, question.thread ?? question.id)
  const system = planText(prompt.text, question, examples)
  const messages: Message[] = [{ role: 'user', content: askedText(question) }]
  const state = beginning()
  const uses: Use[] = []
  const end = (outcome: Outcome): Worked => ({
    ...{ outcome, steps: state.steps, uses },
    prompt: { name: prompt.name, version: prompt.version },
  })
  for (let i = 0; i < mostSteps; i++) {
    onStatus?.(i === 0 ? 'Thinking about it…' : (state.steps.at(-1) ?? 'Thinking about it…'))
    const {
      value: plan,
      use,
      warnings = [],
    } = await complete(
      {
        ...{ step: 'plan', prompt, system, messages, schema: planSchema },
        ...{ model: prompt.model, temperature: prompt.temperature },
        ...{ owner: question.owner, domain: question.domain.model.domain, question: question.id },
      },
      { signal },
    )
    uses.push(use)
    state.steps.push(...warnings.filter(words => !state.steps.includes(words)))
    const taken = await take(plan.step, { question, state, signal, onStatus })
    if ('outcome' in taken) return end(taken.outcome)
    if (state.repairs > mostRepairs) return end({ kind: 'failed', why: taken.observation, large: state.large })
    messages.push(...told(plan, taken.observation))
  }
  return end({ kind: 'failed', why: 'It took too many steps.', large: state.large })
}
