import { processIo } from '#handlers/cli/io.ts'
import { runCli } from '#handlers/cli/run.ts'
import { answered } from './answers.ts'
import { scriptedTools } from './cli.ts'
import { scriptedUseCases, untilStopped } from './use-cases.ts'

/** The terminal over scripted use cases, as a program: `wait` never answers, `big` answers with 20,000 rows. */
const big = () => {
  const answer = answered()
  const rows = Array.from({ length: 20_000 }, (_, i) => [`category ${i}`, i])
  return { ...answer, table: { ...answer.table, rows } }
}

const { useCases } = scriptedUseCases({
  ask: async ({ text }, options) => {
    if (text === 'wait') {
      const busy = setInterval(() => undefined, 1000)
      await io.err('waiting\n')
      return untilStopped(options).finally(() => clearInterval(busy))
    }
    return text === 'big' ? big() : answered({ question: text })
  },
})

const io = processIo(process, process.env)
process.exitCode = await runCli(process.argv.slice(2), scriptedTools(useCases).tools, io)
