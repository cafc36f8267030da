/** Who has to act: the other side (`upstream`), the operator (`config`), or we (`bug`). */
export type ErrorKind = 'upstream' | 'config' | 'bug'

type Entry = { kind: ErrorKind; retry: boolean; sentence: (p: never) => string; next: string }

const entry = <P>(kind: ErrorKind, sentence: (p: P) => string, next: string, retry = false) =>
  ({ kind, retry, sentence, next }) satisfies Entry

/**
 * Every failure that a person can see: code → one sentence and one next step. `docs/errors.md` is made from this table.
 * Expected outcomes (clarify, refused, empty) are answers, not errors, and do not stand here.
 */
export const errorTable = {
  'engine/timeout': entry(
    'upstream',
    (p: { seconds: number }) => `The database did not answer within ${p.seconds} seconds.`,
    'Ask for a shorter period or fewer splits.',
  ),
  'engine/cancelled': entry('upstream', () => 'Stopped. Nothing more is running.', 'Ask again when you like.'),
  'engine/crashed': entry(
    'upstream',
    () => 'The database process stopped while working on this and has been started again.',
    'Ask again; if it repeats, ask a smaller question.',
    true,
  ),
  'engine/out-of-memory': entry(
    'upstream',
    () => 'This question needs more memory than one question may use.',
    'Ask for a shorter period or fewer splits.',
  ),
  'engine/busy': entry(
    'upstream',
    () => 'Too many questions are running at once.',
    'Try again in a few seconds.',
    true,
  ),
  'engine/failed': entry(
    'upstream',
    () => 'The database could not run this question.',
    'Ask it another way, or look at the log under the incident id.',
  ),
  'engine/unreachable': entry(
    'upstream',
    () => 'The database cannot be reached just now.',
    'Try again in a few seconds; `chartroom doctor` looks at the connection.',
    true,
  ),
  'engine/lost': entry(
    'upstream',
    () => 'The connection to the database was lost while working on this.',
    'Ask again; if it repeats, ask a smaller question.',
    true,
  ),
  'engine/locked': entry(
    'upstream',
    () => 'The data is being changed just now and could not be read.',
    'Try again in a few seconds.',
    true,
  ),
  'engine/no-rights': entry(
    'config',
    () => 'The database does not let Chartroom read all that this question needs.',
    'Whoever looks after Chartroom can see with `chartroom doctor` what is missing.',
  ),
  'access/rules': entry(
    'config',
    (p: { role: string; domain: string; problems: readonly string[] }) =>
      `The rules of the role ${p.role} do not fit ${p.domain}, so it shows nothing: ${p.problems.join('; ')}.`,
    'Whoever looks after Chartroom mends the roles in chartroom.yaml, or the semantic model.',
  ),
  'source/address': entry(
    'config',
    (p: { reason: string }) => `The address of the database cannot be used: ${p.reason}.`,
    'Write it as postgres://user:password@host:5432/database.',
  ),
  'source/refused': entry(
    'config',
    (p: { place: string; reason: string }) => `The database ${p.place} cannot be used: ${p.reason}.`,
    'Mend the address or the rights of that user, and start again.',
  ),
  'source/missing': entry(
    'config',
    (p: { path: string }) => `There is no file or folder at ${p.path}.`,
    'Check the path.',
  ),
  'source/unreadable': entry(
    'config',
    (p: { path: string; reason: string }) => `${p.path} could not be read: ${p.reason}.`,
    'Check that it is a CSV, TSV, Excel, JSON, Parquet or DuckDB file and that you may read it.',
  ),
  'source/locked': entry(
    'config',
    (p: { path: string }) => `${p.path} is open in another program that writes to it.`,
    'Close that program, or copy the file.',
  ),
  'source/foreign': entry(
    'config',
    (p: { path: string }) => `${p.path} exists and was not made by Chartroom, so it was left alone.`,
    'Move it away, or set DUCKDB_PATH to another path.',
  ),
  'source/no-space': entry(
    'config',
    (p: { path: string }) => `There is no space left to write ${p.path}.`,
    'Free some space, or set CHARTROOM_HOME to another disk.',
  ),
  'source/not-writable': entry(
    'config',
    (p: { path: string }) => `${p.path} cannot be written.`,
    'Check the folder and its rights, or set CHARTROOM_HOME.',
  ),
  'sources/invalid': entry(
    'config',
    (p: { path: string; problems: readonly string[] }) =>
      `${p.path} has ${p.problems.length === 1 ? 'a problem' : `${p.problems.length} problems`}:\n${p.problems.map(x => `  ${x}`).join('\n')}`,
    'Mend the lines named; docs/guides/sources.md says what may stand there.',
  ),
  'state/no-server': entry(
    'config',
    (p: { platform: string }) => `No PostgreSQL for ${p.platform} came with npm.`,
    'Run `npm ci` without leaving optional packages out, or set DATABASE_URL to a PostgreSQL server.',
  ),
  'state/broken': entry(
    'config',
    (p: { path: string; reason: string }) => `What Chartroom remembers, in ${p.path}, cannot be opened: ${p.reason}.`,
    'Nothing was deleted. Put a backup in its place, or move the folder away to begin with an empty one.',
  ),
  'state/other-version': entry(
    'config',
    (p: { path: string; found: string; ours: number }) =>
      `${p.path} was written by PostgreSQL ${p.found}; this Chartroom brings PostgreSQL ${p.ours}.`,
    'Nothing was deleted. Start the Chartroom that wrote it, or move the folder away to begin with an empty one.',
  ),
  'state/not-started': entry(
    'config',
    (p: { path: string; reason: string }) => `The PostgreSQL in ${p.path} did not start: ${p.reason}.`,
    'Nothing was deleted. The file server.log in that folder says more; mend it and start again.',
  ),
  'state/unreachable': entry(
    'config',
    (p: { reason: string }) => `The PostgreSQL of DATABASE_URL cannot be used: ${p.reason}.`,
    'Mend DATABASE_URL or that server; without DATABASE_URL Chartroom uses a PostgreSQL of its own.',
  ),
  'state/newer': entry(
    'config',
    (p: { found: number; known: number }) =>
      `The database was brought to step ${p.found} by a newer Chartroom; this one knows ${p.known}.`,
    'Nothing was changed. Start the newer Chartroom, or put back a backup from before.',
  ),
  'state/step-changed': entry(
    'config',
    (p: { name: string }) => `The file sql/store/${p.name} is not what was applied to the database.`,
    'Nothing was changed. Put the files back as they were; a change of the tables takes a new file with the next number.',
  ),
  'state/sealed': entry(
    'config',
    (p: { space: string }) =>
      `What is kept for ${p.space} does not open with CHARTROOM_KEY: it was sealed with another key, or changed since.`,
    'Set CHARTROOM_KEY to the key that it was sealed with.',
  ),
  'state/unavailable': entry(
    'upstream',
    () => 'What Chartroom remembers cannot be reached just now.',
    'Try again in a few seconds.',
    true,
  ),
  'state/failed': entry(
    'upstream',
    () => 'What Chartroom remembers could not be read or written.',
    'Try again; if it repeats, look at the log under the incident id.',
  ),
  'model/invalid': entry(
    'config',
    (p: { path: string; problems: readonly string[] }) =>
      `The semantic model ${p.path} has ${p.problems.length === 1 ? 'a problem' : `${p.problems.length} problems`}:\n${p.problems.map(x => `  ${x}`).join('\n')}`,
    'Mend the lines named and start again.',
  ),
  'config/invalid': entry(
    'config',
    (p: { problems: readonly string[] }) => `The settings are not right:\n${p.problems.map(x => `  ${x}`).join('\n')}`,
    'Mend them in .env or the environment; .env.example lists every setting.',
  ),
  'config/sample': entry(
    'config',
    (p: { sentence: string }) => p.sentence,
    'Mend that and start again; `chartroom doctor` looks at everything.',
  ),
  'config/port-in-use': entry(
    'config',
    (p: { port: number }) => `Port ${p.port} is already in use.`,
    'Stop the other program, or set PORT to a free one.',
  ),
  'chart/failed': entry(
    'upstream',
    () => 'The chart could not be drawn.',
    'The table below has the same numbers.',
    true,
  ),
  'chat/settings': entry(
    'config',
    (p: { platform: string; problem: string }) => `${p.platform} cannot be started: ${p.problem}.`,
    'Mend that in .env or the environment; .env.example lists every setting.',
  ),
  'chat/credentials': entry(
    'config',
    (p: { platform: string }) => `${p.platform} did not accept the credentials of the bot.`,
    'Check them in .env; `chartroom doctor` says which one is wrong.',
  ),
  'chat/cut-off': entry(
    'upstream',
    () => 'The program ended while it worked on this, so the work was cut off.',
    'Please ask the question again.',
  ),
  'chat/unreachable': entry(
    'upstream',
    (p: { platform: string }) => `${p.platform} could not be reached.`,
    'Check the network and start again.',
    true,
  ),
  'file/too-large': entry(
    'upstream',
    (p: { name: string }) => `${p.name} is larger than 100 MB.`,
    'Send a part of it, or have the folder or database connected that it comes from.',
  ),
  'file/cut-off': entry('upstream', (p: { name: string }) => `${p.name} did not arrive whole.`, 'Send it once more.'),
  'file/unreachable': entry(
    'upstream',
    (p: { name: string; platform: string }) => `${p.name} could not be fetched from ${p.platform}.`,
    'Send it once more.',
  ),
  'dataset/unknown': entry(
    'config',
    (p: { name: string; known: readonly string[] }) =>
      `There is no dataset called ${p.name}.${p.known.length > 0 ? ` There is: ${p.known.join(', ')}.` : ''}`,
    'Say `data uploads` to see what there is, or send a file.',
  ),
  'dataset/elsewhere': entry(
    'config',
    (p: { name: string }) => `The data of ${p.name} is not on this machine: another Chartroom process keeps it.`,
    'Whoever runs Chartroom: give all processes of one DATABASE_URL the same folder as CHARTROOM_HOME.',
  ),
  'dataset/not-yours': entry(
    'config',
    (p: { name: string }) => `Only whoever brought ${p.name} can do that.`,
    'Ask them, or bring a copy of your own.',
  ),
  'dataset/no-version': entry(
    'config',
    (p: { name: string; version: number }) => `There is no version ${p.version} of ${p.name}.`,
    'Say `data versions` to see which there are.',
  ),
  'dataset/too-many': entry(
    'upstream',
    (p: { most: number }) =>
      p.most === 1 ? 'You may keep one dataset, and have it.' : `You may keep ${p.most} datasets, and have as many.`,
    'Delete one with `data delete` and its name; `data uploads` lists them.',
  ),
  'dataset/no-room': entry(
    'upstream',
    (p: { name: string; megabytes: number }) =>
      `With ${p.name} your files would be more than the ${p.megabytes.toLocaleString('en-US')} MB that one person may keep.`,
    'Delete a dataset with `data delete` and its name; `data uploads` lists them.',
  ),
  'file/kind': entry(
    'upstream',
    (p: { name: string }) => `${p.name} is nothing that Chartroom can read as data.`,
    'Send a CSV, TSV, Excel (.xlsx), JSON or Parquet file.',
  ),
  'file/elsewhere': entry(
    'upstream',
    (p: { name: string; platform: string }) => `${p.name} is kept elsewhere; ${p.platform} has only a link to it.`,
    'Download it, and send the file itself.',
  ),
  'file/not-taken': entry(
    'config',
    () => 'This Chartroom takes no files.',
    'Ask about the data that is there: `data` lists it.',
  ),
  'input/too-long': entry(
    'config',
    (p: { length: number; max: number }) =>
      `The question has ${p.length} characters; ${p.max} is the most that is read.`,
    'Ask it in a sentence or two.',
  ),
  'input/not-json': entry(
    'config',
    () => 'This line looks like JSON but cannot be read as {question, thread, domain}.',
    'Mend the line.',
  ),
  'language/key': entry(
    'config',
    () => 'The language model did not accept the key.',
    'Check OPENAI_API_KEY and OPENAI_BASE_URL. What the semantic model explains is answered without it.',
  ),
  'language/no-model': entry(
    'config',
    (p: { model: string }) => `The server of the language model knows no model called ${p.model}.`,
    'Set OPENAI_MODEL to one that it has.',
  ),
  'language/unreachable': entry(
    'upstream',
    () => 'The language model could not be reached.',
    'Ask with the names of measures and splits: that needs no model. Or try again later.',
    true,
  ),
  'language/busy': entry(
    'upstream',
    () => 'The language model takes no more questions at the moment.',
    'Try again in a minute. What the semantic model explains is answered without it.',
    true,
  ),
  'language/slow': entry(
    'upstream',
    (p: { seconds: number }) => `The language model did not reply within ${p.seconds} seconds.`,
    'Try again, or ask with the names of measures and splits: that needs no model.',
    true,
  ),
  'language/unreadable': entry(
    'upstream',
    () => 'The reply of the language model could not be read.',
    'Put the question another way, or try again.',
    true,
  ),
  'language/declined': entry(
    'upstream',
    () => 'The language model declined to work on this question.',
    'Put it another way.',
  ),
  'language/budget': entry(
    'config',
    (p: { whose: string; period: string; limit: string }) =>
      `The ${p.period} budget for the language model of ${p.whose} (${p.limit}) is spent.`,
    'What the semantic model explains is still answered. An admin can raise the budget.',
  ),
  'eval/file': entry(
    'config',
    (p: { path: string; problems: readonly string[] }) =>
      `${p.path} is no file of questions:\n${p.problems.map(x => `  ${x}`).join('\n')}`,
    'Mend the lines named; docs/guides/model.md shows such a file.',
  ),
  'eval/check': entry(
    'config',
    (p: { id: string; reason: string }) => `The check query of ${p.id} does not run: ${p.reason}.`,
    'Mend it. It passes the guard like every other query.',
  ),
  'command/usage': entry('config', (p: { problem: string }) => p.problem, 'Run `chartroom help`.'),
  'access/admins-only': entry('config', () => 'Only an admin may do that.', 'Ask an admin.'),
  'domain/unknown': entry(
    'config',
    (p: { domain: string; known: readonly string[]; near?: readonly string[] }) =>
      `There is no domain called ${p.domain}. ${p.near?.length ? `Did you mean ${p.near.join(' or ')}? ` : ''}There is: ${p.known.join(', ')}.`,
    'Use one of these.',
  ),
  'internal/bug': entry(
    'bug',
    (p: { incident: string }) => `Something went wrong on our side (incident ${p.incident}).`,
    'Try again; if it repeats, report the incident id.',
  ),
} as const

/** A code of {@link errorTable}. */
export type ErrorCode = keyof typeof errorTable

type ParamsOf<C extends ErrorCode> = Parameters<(typeof errorTable)[C]['sentence']>[0]

/** The one error that is thrown on purpose. `message` is the sentence for people; `cause` keeps what happened underneath. */
export class ChartroomError extends Error {
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly retry: boolean
  readonly next: string
  private constructor(code: ErrorCode, message: string, cause: unknown) {
    super(message, { cause })
    const { kind, retry, next } = errorTable[code]
    this.name = 'ChartroomError'
    this.code = code
    this.kind = kind
    this.retry = retry
    this.next = next
  }

  /** Makes an error of the table. Params are those of the code's sentence. */
  static of<C extends ErrorCode>(
    code: C,
    ...[params, cause]: undefined extends ParamsOf<C> ? [undefined?, unknown?] : [ParamsOf<C>, unknown?]
  ): ChartroomError {
    const sentence = errorTable[code].sentence as (p: unknown) => string
    return new ChartroomError(code, sentence(params), cause)
  }

  /** An error that was sent between processes as code and message. */
  static received(code: ErrorCode, message: string): ChartroomError {
    return new ChartroomError(code, message, undefined)
  }
}
