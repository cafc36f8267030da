import type { UseCases } from '#handlers/commands/use-cases.ts'
import { harmlessText } from '#renderers/text/harmless.ts'
import type { CliIo } from './io.ts'

/** The same, and whoever looks at a terminal is told what goes on meanwhile and what is written of the answer, in one line that goes away again. */
export const withProgress = (useCases: UseCases, { progress, width }: CliIo): UseCases => {
  if (!progress) return useCases
  const tell = (words: string) => progress(cut(harmlessText(words), width - 1))
  return {
    ...useCases,
    ask: (question, options) =>
      useCases
        .ask(question, { ...options, onStatus: tell, onStory: sentences => tell(sentences.at(-1) ?? '') })
        .finally(() => progress('')),
  }
}

const cut = (text: string, most: number) => {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}
