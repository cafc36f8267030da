import type { KeptAnswer } from '#src/store/answers.ts'
import type { Answer, Refused } from '#src/vocabulary/answer.ts'

const code = 'file'

/** A file of the platform; `id` is what it calls it. */
export type FileName = { id: string; name: string }

/** Most files of one message that are taken. */
export const filesMost = 10

/**
 * Files that wait until their sender has said whom they are for, as something that two buttons can name. It is kept like an answer, so that
 * it is forgotten and handed over with all that is kept of a person.
 */
export const waitingFiles = ({
  id,
  text,
  files,
}: {
  id: string
  text: string
  files: readonly FileName[]
}): Refused => ({
  status: 'refused',
  id,
  question: text,
  domain: '',
  code,
  message: 'Files that wait for their sender.',
  choices: files.map(file => ({ label: file.name, question: file.id })),
})

/** The files that wait, and the words that came with them; nothing when it is an answer of another kind. */
export const filesIn = ({ answer }: Pick<KeptAnswer, 'answer'>): { text: string; files: FileName[] } | undefined =>
  isWaiting(answer)
    ? { text: answer.question, files: answer.choices.map(({ label, question }) => ({ id: question, name: label })) }
    : undefined

const isWaiting = (answer: Answer): answer is Refused => answer.status === 'refused' && answer.code === code
