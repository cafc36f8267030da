import type { AnswerView, FailureView } from '../view/view.ts'
import { clipped } from './clipped.ts'

/** Questions above the box to type in: clicking one says it. */
export type Suggestions = { to: string[]; actions: { type: 'imBack'; title: string; value: string }[] }

/** Teams shows the first three. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions */
const mostSuggestions = 3
const mostTyped = 300

/** What one may ask next, for those in `to` (all, when it is empty). Nothing when there is nothing; a reading that words alone do not say is left out. */
export const suggestions = (view: AnswerView | FailureView, to: string[] = []): Suggestions | undefined => {
  const choices = view.status === 'answered' ? view.next : view.status === 'told' ? view.choices : []
  const actions = choices.flatMap(({ label, question, query }) => {
    const value = clipped(question, mostTyped)
    if (value === '' || query || value.endsWith('…')) return []
    return [{ type: 'imBack' as const, title: clipped(label, 60) || clipped(question, 60), value }]
  })
  return actions.length > 0 ? { to, actions: actions.slice(0, mostSuggestions) } : undefined
}
