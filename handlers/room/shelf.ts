import type { Answer } from '#src/vocabulary/answer.ts'

/** The latest answers by id, for pictures, downloads and feedback. Holds at most `cap`; the one not used for longest goes first. */
export type Shelf = { put: (answer: Answer) => void; get: (id: string) => Answer | undefined }

export const createShelf = (cap: number): Shelf => {
  const answers = new Map<string, Answer>()
  const put = (answer: Answer) => {
    answers.delete(answer.id)
    answers.set(answer.id, answer)
    for (const id of answers.keys()) {
      if (answers.size <= cap) break
      answers.delete(id)
    }
  }
  const get = (id: string) => {
    const answer = answers.get(id)
    if (answer) put(answer)
    return answer
  }
  return { put, get }
}
