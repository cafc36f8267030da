import type { Answer } from '#src/vocabulary/answer.ts'

/** What worked an answer out, for the metrics: the rules alone, or a language model; nothing, for a failure. */
export const plannerOf = (answer: Answer | undefined): 'rules' | 'model' | 'none' => {
  if (!answer) return 'none'
  if (answer.by === 'model') return 'model'
  const isByModel = answer.status === 'told' ? answer.words === 'model' : 'receipt' in answer && answer.receipt.model
  return isByModel ? 'model' : 'rules'
}
