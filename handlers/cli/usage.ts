import { commandList } from '#handlers/commands/help.ts'
import type { CliCommand } from './tools.ts'

/** What `chartroom help` prints. */
export const usageText = (commands: Record<string, CliCommand>, version: string): string =>
  [
    `Chartroom ${version}: questions about your data, answered with a number, a chart, a short story and a receipt.`,
    '',
    'Usage: chartroom <command> [options]',
    '',
    ...columns([
      ...commandList.map(({ term, text }): [string, string] => [term, text]),
      ['ask -', 'One question a line from standard input, one JSON object a line out.'],
      ...Object.values(commands).map(({ usage, summary }): [string, string] => [usage, summary]),
    ]),
    '',
    'Options of ask, kpi and data:',
    ...columns(optionList),
    '',
    'Examples:',
    '  chartroom ask "revenue by category last quarter"',
    '  chartroom kpi revenue last month by state',
    '  chartroom ask "rows per day" --data ./exports --json',
    '',
  ].join('\n')

const optionList: [string, string][] = [
  ['-d, --domain <name>', 'The domain to ask.'],
  [
    '--data <file|folder|url>',
    'Ask a CSV, TSV, JSON, Parquet or DuckDB file, a folder of them, or a postgres:// database.',
  ],
  ['--model <file>', 'The semantic model of that data; without one it is drafted.'],
  ['--today <YYYY-MM-DD>', 'The day that “yesterday” and “last month” count from.'],
  ['--thread <name>', 'Questions with the same name are one conversation.'],
  ['--png <file>', 'Write the chart to a file.'],
  ['--json', 'Print one JSON object.'],
  ['--sql', 'Show the SQL below the answer.'],
  ['--no-llm', 'Use the rules alone, never a language model.'],
]

const columns = (rows: [string, string][]) => {
  const width = Math.max(...rows.map(([term]) => term.length))
  return rows.map(([term, text]) => `  ${term.padEnd(width)}  ${text}`)
}
