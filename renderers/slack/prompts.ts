import { plainText } from '../view/plain-text.ts'

/** As `assistant.threads.setSuggestedPrompts` takes them: `title` is the label, `message` is what is asked. */
export type SuggestedPrompt = { title: string; message: string }

/** Slack shows four (https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts). */
const mostPrompts = 4
const longest = 150

/** The first examples that can be shown whole: what is asked is what is read on the button. */
export const suggestedPrompts = (examples: readonly string[]): SuggestedPrompt[] =>
  [...new Set(examples.map(plainText))]
    .filter(text => text !== '' && text.length <= longest)
    .slice(0, mostPrompts)
    .map(text => ({ title: text, message: text }))
