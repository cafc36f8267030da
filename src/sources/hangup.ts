import type { Sources } from './sources.ts'

/** As much of `process` as listens to signals. */
export type Program = {
  on: (signal: 'SIGHUP', listener: () => void) => unknown
  off: (signal: 'SIGHUP', listener: () => void) => unknown
}

export type HangupLog = {
  info: (entry: Record<string, unknown>, words: string) => void
  error: (entry: Record<string, unknown>, words: string) => void
}

/** SIGHUP reads `chartroom.yaml` anew; what it came to is logged. Gives the way to stop listening. */
export const onHangup = (program: Program, { reload }: Pick<Sources, 'reload'>, log: HangupLog): (() => void) => {
  const listener = () =>
    void reload().then(
      outcome => {
        if (outcome.status === 'reloaded') log.info(outcome, 'chartroom.yaml was read anew')
        else log.error(outcome, 'chartroom.yaml was not taken over')
      },
      error => log.error({ err: error }, 'chartroom.yaml could not be read anew'),
    )
  program.on('SIGHUP', listener)
  return () => void program.off('SIGHUP', listener)
}
