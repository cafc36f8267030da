import { type ErrorCode, type ErrorKind, errorTable } from '#src/vocabulary/errors.ts'

/** `docs/errors.md`: every code of the error table with its sentence, next step and whether it is worth trying again. */
export const errorsPage = (): string =>
  [
    '# Errors',
    madeFrom('src/vocabulary/errors.ts'),
    'Every failure that a person can see has a code, one sentence and a next step. `‹…›` stands for what is filled in. With `--json` the terminal prints\n' +
      '`{"status":"failed","code":…,"message":…}`. What was not understood, not allowed or not there is an answer, not an error.',
    ...kinds.map(section),
  ].join('\n\n') + '\n'

/** Says in a page where it comes from, for whoever wants to change it. */
export const madeFrom = (file: string): string =>
  `<!-- Made from ${file} by \`npm run docs\`; change that file, not this one. -->`

const kinds: { kind: ErrorKind; title: string; about: string }[] = [
  { kind: 'config', title: 'Yours to mend', about: 'Settings, files, models and what was typed.' },
  { kind: 'upstream', title: 'On the other side', about: 'The database, the chart painter, a platform or a model.' },
  { kind: 'bug', title: 'Ours', about: 'Logged once, under the incident id that people are told.' },
]

const section = ({ kind, title, about }: (typeof kinds)[number]): string => {
  const codes = (Object.keys(errorTable) as ErrorCode[]).filter(code => errorTable[code].kind === kind)
  return [
    `## ${title}`,
    about,
    ['| Code | What it says | What to do | Again? |', '|---|---|---|---|', ...codes.map(row)].join('\n'),
  ].join('\n\n')
}

const row = (code: ErrorCode): string => {
  const { next, retry } = errorTable[code]
  return `| \`${code}\` | ${cell(sentenceOf(code))} | ${cell(next)} | ${retry ? 'yes' : ''} |`
}

/** The sentence with names in place of values. Each stands in a list of one, which reads well as a text and as a list. */
const sentenceOf = (code: ErrorCode): string => {
  const names = new Proxy({}, { get: (_, name) => [`‹${String(name)}›`] })
  return String((errorTable[code].sentence as (params: unknown) => unknown)(names))
}

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')
