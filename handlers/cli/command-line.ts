import { parseArgs } from 'node:util'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { CliTools } from './tools.ts'

/** Options of the asking commands. */
export type Flags = {
  domain?: string
  data?: string
  model?: string
  today?: string
  thread?: string
  png?: string
  json: boolean
  sql: boolean
  llm: boolean
}

/** A command line, read. `text` is for the command grammar; `args` are untouched. */
export type CommandLine =
  | { kind: 'say'; text: string; flags: Flags }
  | { kind: 'lines'; flags: Flags }
  | { kind: 'further'; name: string; args: string[] }
  | { kind: 'usage' }
  | { kind: 'version' }

/** Reads the arguments after `chartroom`. Throws `command/usage` with the nearest name of an unknown command or option. */
export const readCommandLine = (argv: readonly string[], tools: Pick<CliTools, 'commands' | 'near'>): CommandLine => {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const [name, ...words] = positionals
  const at = tokens.find(token => token.kind === 'positional')?.index ?? 0
  if (name && Object.hasOwn(tools.commands, name)) return further(name, argv.toSpliced(at, 1), tools)
  const { help, version, ...flags } = readFlags(tokens, tools.near)
  if (version) return { kind: 'version' }
  if (help || !name || (name === 'help' && words.length === 0)) return { kind: 'usage' }
  if (name === 'ask') return asking(words, flags)
  if (asks.includes(name)) return { kind: 'say', text: [name, ...words].join(' '), flags }
  return { kind: 'say', text: questionOf(name, words, tools), flags }
}

const options = {
  domain: { type: 'string', short: 'd' },
  data: { type: 'string' },
  model: { type: 'string' },
  today: { type: 'string' },
  thread: { type: 'string' },
  png: { type: 'string' },
  json: { type: 'boolean' },
  sql: { type: 'boolean' },
  'no-llm': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

const asks = ['ask', 'kpi', 'kpis', 'data', 'help']

const usageError = (problem: string) => ChartroomError.of('command/usage', { problem })

const further = (name: string, args: string[], { commands }: Pick<CliTools, 'commands'>): CommandLine => {
  if (args.some(arg => arg === '--help' || arg === '-h')) return { kind: 'usage' }
  if (args.length > 0 && !commands[name]!.takesArguments)
    throw usageError(`\`chartroom ${name}\` takes no arguments, but there is ${JSON.stringify(args[0])}.`)
  return { kind: 'further', name, args }
}

const asking = (words: string[], flags: Flags): CommandLine => {
  if (words.length === 0) throw usageError('`chartroom ask` needs a question, or "-" to read one a line.')
  if (words.length > 1 || words[0] !== '-') return { kind: 'say', text: words.join(' '), flags }
  if (flags.png !== undefined) throw usageError('`--png` goes with one question, not with `ask -`.')
  return { kind: 'lines', flags }
}

/** Words without a command are a question, unless the first is a slip of a command or stands alone. */
const questionOf = (name: string, words: string[], { commands, near }: Pick<CliTools, 'commands' | 'near'>): string => {
  if (/\s/.test(name)) return [name, ...words].join(' ')
  const close = near(name, [...asks, ...Object.keys(commands)])[0]
  if (close) throw usageError(`There is no command "${name}"; did you mean "${close}"?`)
  if (words.length === 0) throw usageError(`There is no command "${name}".`)
  return [name, ...words].join(' ')
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]

const readFlags = (tokens: Token[], near: CliTools['near']) => {
  const values: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const known = Object.hasOwn(options, token.name) ? options[token.name as keyof typeof options] : undefined
    if (!known) throw usageError(unknownOption(token.rawName, near))
    values[token.name] = known.type === 'boolean' ? withoutValue(token) : withValue(token)
  }
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return {
    domain: text('domain'),
    data: text('data'),
    model: text('model'),
    today: day(text('today')),
    thread: text('thread'),
    png: text('png'),
    json: values.json === true,
    sql: values.sql === true,
    llm: values['no-llm'] !== true,
    help: values.help === true,
    version: values.version === true,
  }
}

const unknownOption = (raw: string, near: CliTools['near']) => {
  const close = near(
    raw,
    Object.keys(options).map(name => `--${name}`),
  )[0]
  if (close) return `There is no option ${raw}; did you mean ${close}?`
  return `There is no option ${raw}; a question that holds it belongs in quotes.`
}

type OptionToken = Extract<Token, { kind: 'option' }>

const withoutValue = ({ rawName, value }: OptionToken): true => {
  if (value !== undefined) throw usageError(`${rawName} takes no value, but there is ${JSON.stringify(value)}.`)
  return true
}

const withValue = ({ rawName, value, inlineValue }: OptionToken): string => {
  if (!value || (!inlineValue && value.startsWith('-'))) throw usageError(`${rawName} needs a value.`)
  return value
}

const day = (text: string | undefined) => {
  if (text === undefined) return undefined
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  if (!real) throw usageError(`--today must be a day such as 2024-01-31, not ${JSON.stringify(text)}.`)
  return text
}
