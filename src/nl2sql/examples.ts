import { lemma } from '#src/question/lemma.ts'

/** A worked question of a domain: the query or the SQL that answers it. */
export type Example = { question: string; query?: unknown; sql?: string }

/** The examples that are most like a question, most alike first. Words that many examples have count less. */
export const nearestExamples = (question: string, examples: readonly Example[], most: number): Example[] => {
  const bags = examples.map(example => bagOf(example.question))
  const weight = weights(bags)
  const asked = bagOf(question)
  return examples
    .map((example, i) => ({ example, score: likeness(asked, bags[i] ?? new Set(), weight) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ example }) => example)
}

const bagOf = (text: string): Set<string> => new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(lemma))

const weights = (bags: readonly Set<string>[]) => {
  const seen = new Map<string, number>()
  for (const bag of bags) for (const word of bag) seen.set(word, (seen.get(word) ?? 0) + 1)
  return (word: string) => Math.log(1 + bags.length / (seen.get(word) ?? bags.length))
}

const likeness = (a: Set<string>, b: Set<string>, weight: (word: string) => number) => {
  const sum = (words: Iterable<string>) => [...words].reduce((all, word) => all + weight(word) ** 2, 0)
  const both = sum([...a].filter(word => b.has(word)))
  return both === 0 ? 0 : both / Math.sqrt(sum(a) * sum(b))
}
