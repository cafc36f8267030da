import type { SentenceView } from './view.ts'

/** What stands before a sentence of the story, so that its tone is not told by colour alone. No arrows: a fall can be good. */
export const markOf: Record<SentenceView['tone'], string> = { good: '✓', bad: '!', neutral: '•' }

/** What stands before an implication. */
export const followsMark = '→'
