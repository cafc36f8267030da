import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { createSpare, noSpare, type Spare } from '../engines/duckdb/spare.ts'

/** The processes beside that of the bot: one that draws, and a DuckDB that has opened nothing yet. `onPainter` hears of every painter, also of those before. */
export type Processes = {
  painters: Painters
  spare: Spare
  onPainter: (hear: (again: boolean) => void) => void
  close: () => Promise<void>
}

/**
 * Starts them. A program that serves does so before it loads the code that uses them, which takes as long as they do, and keeps a started DuckDB ready
 * from then on; a question in the terminal does not wait for one.
 */
export const startProcesses = ({ serves }: { serves: boolean }): Processes => {
  const before: boolean[] = []
  let told = (again: boolean): void => void before.push(again)
  const painters = createPainters({ onStart: again => told(again) })
  const spare = serves ? createSpare() : noSpare
  spare.keep()
  return {
    painters,
    spare,
    onPainter: hear => {
      before.forEach(hear)
      told = hear
    },
    close: () => Promise.all([painters.close(), spare.close()]).then(() => undefined),
  }
}
