import { cut, plainText } from '../view/plain-text.ts'
import { type AdaptiveCard, prose } from './elements.ts'
import { labelText, say } from './escape.ts'

/** Which thumb was clicked, as Teams names it. */
export type Reaction = 'like' | 'dislike'

const reasons = {
  number: 'The number is wrong',
  reading: 'It understood something else',
  chart: 'The chart does not fit',
  words: 'The text is wrong or unclear',
  slow: 'It took too long',
} as const

const mostWords = 500

/**
 * The form that opens on a thumb of Teams' own feedback buttons (`feedbackLoop` of type `custom`), to be shown as a dialog.
 * https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/integrate-ai/user-feedback-controls
 */
export const reasonForm = (reaction: Reaction): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    ...prose(reaction === 'like' ? say`What was good about this answer?` : say`What was wrong with this answer?`),
    ...(reaction === 'like' ? [] : [reasonChoices]),
    {
      type: 'Input.Text',
      id: 'words',
      label: labelText('In your words (you may leave this empty)'),
      isMultiline: true,
      maxLength: mostWords,
    },
  ],
  actions: [{ type: 'Action.Submit', title: labelText('Send'), data: {} }],
})

/**
 * What was filled in, as one text; nothing when it was left empty or cannot be read. Teams sends the form as JSON in a text, after the name of
 * the thumb; the whole is whatever a client sends.
 */
export const reasonOf = (feedback: unknown): string | undefined => {
  const { reasons: chosen = '', words = '' } = formOf(feedback)
  const known = chosen
    .split(',')
    .flatMap(name => (Object.hasOwn(reasons, name) ? [reasons[name as keyof typeof reasons]] : []))
  const said = cut(plainText(words), mostWords)
  return [...known, ...(said === '' ? [] : [said])].join('; ') || undefined
}

const reasonChoices = {
  type: 'Input.ChoiceSet',
  id: 'reasons',
  label: labelText('What was it?'),
  style: 'expanded',
  isMultiSelect: true,
  choices: Object.entries(reasons).map(([value, title]) => ({ title: labelText(title), value })),
} as const

const formOf = (feedback: unknown): { reasons?: string; words?: string } => {
  const given = typeof feedback === 'string' ? parsed(feedback) : feedback
  if (typeof given !== 'object' || given === null) return {}
  const { reasons: chosen, words, feedbackText } = given as Record<string, unknown>
  const text = [words, feedbackText].find(t => typeof t === 'string')
  return {
    ...(typeof chosen === 'string' && { reasons: chosen }),
    ...(typeof text === 'string' && { words: text }),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
