import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { UseCases } from '#handlers/commands/use-cases.ts'
import { renderText } from '#renderers/text/answer.ts'
import { harmlessText } from '#renderers/text/harmless.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { askLines } from './ask-lines.ts'
import { type CommandLine, type Flags, readCommandLine } from './command-line.ts'
import type { CliIo } from './io.ts'
import { jsonLine, toFailure, toJson } from './json.ts'
import { withProgress } from './progress.ts'
import { stoppable } from './stop.ts'
import type { CliSession, CliTools } from './tools.ts'
import { usageText } from './usage.ts'

/**
 * The terminal: runs one command line (without `node` and the script) and gives the exit code. 0 for any reply, 1 for a failure with one
 * sentence on stderr, 130 when interrupted, 143 when terminated. Never throws.
 */
export const runCli = async (argv: readonly string[], tools: CliTools, io: CliIo): Promise<number> => {
  try {
    const line = readCommandLine(argv, tools)
    return await commands[line.kind](line as never, tools, io)
  } catch (error) {
    if (io.signal.aborted) return stopped(io)
    const json = argv.includes('--json') || (argv.includes('ask') && argv.includes('-'))
    return failed(knownError(error, tools), json, io)
  }
}

type Run<K extends CommandLine['kind']> = (
  line: Extract<CommandLine, { kind: K }>,
  tools: CliTools,
  io: CliIo,
) => Promise<number>

const commands: { [K in CommandLine['kind']]: Run<K> } = {
  usage: (_, tools, io) => io.out(usageText(tools.commands, tools.version)).then(() => 0),
  version: (_, { version }, io) => io.out(`${version}\n`).then(() => 0),
  further: ({ name, args }, tools, io) => tools.commands[name]!.run(args, io),
  say: ({ text, flags }, tools, io) =>
    withSession(flags, tools, io, async session => {
      const useCases = flags.json ? session.useCases : withProgress(session.useCases, io)
      const saying = sayTo(useCases, tools, io)({ text, ...turnOf(flags) })
      const answer = await stoppable(saying, io.signal)
      await io.out(
        flags.json
          ? jsonLine(toJson(answer))
          : renderText(answer, { width: io.width, colour: io.colour, sql: flags.sql }),
      )
      if (flags.png !== undefined) await writePng(answer, { path: flags.png, session }, io)
      return 0
    }),
  lines: ({ flags }, tools, io) =>
    withSession(flags, tools, io, session =>
      askLines(
        { ask: sayTo(session.useCases, tools, io), known: error => knownError(error, tools), defaults: turnOf(flags) },
        io,
      ),
    ),
}

/** Text in, answer out: the grammar decides whether it is a question or a command, so that every choice offered can be typed. */
const sayTo =
  (useCases: UseCases, { effects }: CliTools, { signal }: CliIo) =>
  ({ text, ...turn }: Question): Promise<Answer> =>
    runCommand({ command: parseCommand(text), ...turn, signal }, useCases, effects)

const turnOf = ({ domain, today, thread }: Flags): Omit<Question, 'text'> =>
  Object.fromEntries(Object.entries({ domain, today, thread }).filter(([, value]) => value !== undefined))

type Work = (session: CliSession) => Promise<number>

const withSession = async (flags: Flags, tools: CliTools, io: CliIo, work: Work): Promise<number> => {
  const session = await opened(tools.open({ data: flags.data, model: flags.model, llm: flags.llm }), io.signal)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** A session that comes up after the user has left is closed again. */
const opened = (opening: Promise<CliSession>, signal: AbortSignal): Promise<CliSession> =>
  stoppable(opening, signal).catch(async error => {
    if (signal.aborted) await opening.then(session => session.close())
    throw error
  })

const writePng = async (answer: Answer, { path, session }: { path: string; session: CliSession }, io: CliIo) => {
  if (answer.status !== 'answered')
    return io.err(`There is nothing to draw, so ${harmlessText(path)} was not written.\n`)
  await io.writeFile(path, await stoppable(session.paint(answer.chart), io.signal))
}

const knownError = (error: unknown, { effects, report }: CliTools): ChartroomError => {
  if (error instanceof ChartroomError) return error
  const incident = effects.newId()
  report(error, incident)
  return ChartroomError.of('internal/bug', { incident }, error)
}

const failed = async (error: ChartroomError, json: boolean, io: CliIo): Promise<number> => {
  if (json) await io.out(jsonLine(toFailure(error)))
  const lines = `${error.message}${error.message.includes('\n') ? '\n' : ' '}${error.next}`.split('\n')
  await io.err(`${lines.map(line => /^ */.exec(line)![0] + harmlessText(line.trimStart())).join('\n')}\n`)
  return 1
}

/** What shells expect: 128 and the number of the signal. */
const exitCodes: Record<string, number> = { interrupted: 130, terminated: 143 }

const stopped = async ({ signal, err }: CliIo): Promise<number> => {
  const code = exitCodes[String(signal.reason)]
  if (code === undefined) return 0
  await err('Stopped.\n')
  return code
}
