import type { Knowledge } from '#src/domain.ts'
import type { Model } from '#src/semantic/model.ts'
import { nearest } from '#src/semantic/near.ts'

const most = 10

/** Where a word occurs among the values that are known: "acme" → customers.company has "Acme Ltd". */
export const findValue = (words: string, { model, knowledge }: { model: Model; knowledge: Knowledge }): string => {
  const wanted = words.trim().toLowerCase()
  const found = Object.values(model.dimensions)
    .filter(d => !d.personal && !d.hidden)
    .flatMap(d => likeIn(wanted, knowledge.values(d.name)).map(value => `${d.name} has ${JSON.stringify(value)}`))
  return found.length > 0 ? found.slice(0, most).join('\n') : `No value that is known is like ${JSON.stringify(words)}.`
}

const likeIn = (wanted: string, values: readonly string[]): string[] => {
  const holding = values.filter(value => value.toLowerCase().includes(wanted))
  return (holding.length > 0 ? holding : nearest(wanted, values)).slice(0, 3)
}
