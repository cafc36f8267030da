import type { SentenceView } from './view.ts'

/** What stands before a sentence of the story, so that its tone is not told by colour alone. */
export const markOf: Record<SentenceView['tone'], string> = { good: '▲', bad: '▼', neutral: '•' }

/** What stands before an implication. */
export const followsMark = '→'
