import type { Retell, Retold, ToRetell } from './nl2sql/retell.ts'
import type { Working } from './nl2sql/unread.ts'
import type { Study } from './study/study.ts'
import type { Receipt } from './vocabulary/answer.ts'

/** Has a study told anew, for a certain question. */
export type RetellThis = (told: Pick<ToRetell, 'study' | 'reading'>) => Promise<Retold>

/** A study as it is told, and what that adds to the receipt. */
export type ToldStudy = Pick<Study, 'facts' | 'story' | 'chart' | 'notes'> & { used: Used }

/** What a language model did for an answer. */
export type Used = Pick<Receipt, 'model' | 'steps' | 'words'>

/** The study as rules tell it, or as a language model does where there is one. No result lists personal data, so none is sent. */
export const tellAnew = async (study: Study, reading: string, retell?: RetellThis): Promise<ToldStudy> => {
  if (!retell) return { ...study, used: {} }
  const { story, chart, notes, words, steps, uses, prompt } = await retell({ study, reading })
  const model = uses.length > 0 ? { model: modelOf(uses, prompt) } : {}
  return { ...{ facts: study.facts, story, chart, notes }, used: { steps, words, ...model } }
}

/** A {@link Retell} for one question. */
export const retellFor = (
  retell: Retell,
  { onStatus, signal, onStory, ...question }: Omit<ToRetell, 'study' | 'reading'> & Working,
): RetellThis => {
  return told => {
    onStatus?.('Putting it into words…')
    return retell({ ...question, ...told }, { signal, onStory })
  }
}

/** Two things that a language model did for the same answer, as one. */
export const usedTogether = (first: Used, then: Used): Used => {
  const models = [first.model, then.model].flatMap(m => m ?? [])
  const words = then.words ?? first.words
  return {
    steps: [...(first.steps ?? []), ...(then.steps ?? [])],
    ...(words && { words }),
    ...(models.length > 0 && {
      model: {
        name: [...new Set(models.map(m => m.name))].join(', '),
        cost: models.reduce((all, { cost }) => all + cost, 0),
        tokens: models.reduce((all, { tokens }) => all + tokens, 0),
        prompt: models.map(m => m.prompt).join(', '),
      },
    }),
  }
}

/** All calls that were made with a text of a prompt. */
export const modelOf = (uses: Retold['uses'], { name, version }: Retold['prompt']): NonNullable<Receipt['model']> => ({
  name: uses.at(-1)?.model ?? '',
  cost: uses.reduce((all, { cost = 0 }) => all + cost, 0),
  tokens: uses.reduce((all, { input, output }) => all + input + output, 0),
  prompt: `${name} ${version}`,
})
