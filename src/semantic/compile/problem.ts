/** Why a query cannot be compiled; becomes a `refused` answer. `measures` are ones that could be asked instead. */
export type CompileProblem = { code: ProblemCode; message: string; instead: string[] }

export type ProblemCode =
  | 'measure/not-by-dimension'
  | 'measure/not-connected'
  | 'measure/not-additive'
  | 'measure/no-time'
  | 'measure/aggregation'
  | 'query/unknown-name'
  | 'dimension/personal'

/** Thrown inside the compiler only, caught by `compile`. */
export class Uncompilable extends Error {
  readonly problem: CompileProblem
  constructor(code: ProblemCode, message: string, instead: string[] = []) {
    super(message)
    this.problem = { code, message: message.charAt(0).toUpperCase() + message.slice(1), instead }
  }
}
