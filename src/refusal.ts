import type { Reply } from './question/reply.ts'
import type { CompileProblem } from './semantic/compile/problem.ts'
import type { Model } from './semantic/model.ts'

/** Why a query cannot be asked, with the same question about measures that can. */
export const refusalOf = (
  problem: CompileProblem | undefined,
  { model, text }: { model: Pick<Model, 'measures'>; text: string },
): Reply | undefined =>
  problem && {
    code: problem.code,
    message: problem.message,
    choices: problem.instead.map(name => {
      const label = model.measures[name]?.label ?? name
      return { label, question: `${label} ${text.replace(/^.*?\b(by|per|for|in)\b/i, '$1')}` }
    }),
  }
