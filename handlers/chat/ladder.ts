/** The ways to show an answer, from the best to the plainest. */
export const rungs = ['picture', 'native', 'table', 'text'] as const
export type Rung = (typeof rungs)[number]

/**
 * Posts the same answer in the best way that is accepted. `post` throws what `isRefused` knows as "this form is not taken here" to be asked
 * for the next rung; any other error ends it. Gives what the accepted post gave.
 */
export const climbDown = async <T>(
  from: Rung,
  post: (rung: Rung) => Promise<T>,
  {
    isRefused,
    onRefused,
  }: { isRefused: (error: unknown) => boolean; onRefused?: (rung: Rung, error: unknown) => void },
): Promise<T> => {
  for (const rung of rungs.slice(rungs.indexOf(from))) {
    try {
      return await post(rung)
    } catch (error) {
      if (rung === 'text' || !isRefused(error)) throw error
      onRefused?.(rung, error)
    }
  }
  throw new Error('there is no rung below text')
}
