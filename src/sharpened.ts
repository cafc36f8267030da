import type { Domain, Knowledge } from './domain.ts'
import { read } from './question/read.ts'
import { restate } from './question/restate.ts'
import type { Choice } from './vocabulary/answer.ts'
import type { IsoDate } from './vocabulary/period.ts'

type Around = { open: Domain; knowledge: Knowledge; today: IsoDate }

/** Choices with the query that each stands for, where a rule reads one; each label once. */
export const sharpened = (choices: readonly Choice[], around: Around): Choice[] => {
  const sharp = choices.map(choice => sharpen(choice, around))
  return sharp.filter((c, i) => sharp.findIndex(d => d.label === c.label) === i)
}

/** A choice that is only a text is read once more, so that it says what one will get and can be clicked. */
const sharpen = (choice: Choice, { open, knowledge, today }: Around): Choice => {
  if (choice.query) return choice
  const { candidates, unused } = read(choice.question, {
    model: open.model,
    lexicon: knowledge.lexicon,
    range: knowledge.range,
    today,
  })
  const [best] = candidates
  if (!best || unused.length > 0) return choice
  const label = restate(best.query, open.model)
  return { label, question: label, query: best.query }
}
