import type { Effects } from '../effects.ts'
import { type EvalIo, evalCommand } from '../eval/command.ts'
import { createSights } from '../sights.ts'
import { openModel } from './model.ts'
import { openMachinery } from './session.ts'
import { configured, logger } from './settings.ts'

/** `chartroom eval`: over what was given, else over what is set up, with the language model that is set up. */
export const evaluateQuestions = (args: readonly string[], io: EvalIo, effects: Effects): Promise<number> =>
  evalCommand(args, io, {
    open: async given => {
      const { sources, close } = await openMachinery(given, effects)
      const { find } = createSights(sources)
      return { find: name => find(name, {}), close }
    },
    language: async () => {
      const config = configured()
      const warn = (event: string, error: unknown) => logger().debug({ event, err: error })
      const model = await openModel({ config, warn }, effects)
      return model && { name: config.model.name, complete: model.complete }
    },
    effects,
  })
