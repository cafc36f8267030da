import { processIo } from '#handlers/cli/io.ts'
import { processEnvironment } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { evaluateQuestions } from '#src/main/evaluate.ts'

/** `chartroom eval` as a program of its own. */
process.exitCode = await evaluateQuestions(process.argv.slice(2), processIo(process, processEnvironment()), realEffects)
