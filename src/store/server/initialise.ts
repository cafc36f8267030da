import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { program } from './packaged.ts'
import { type ServerPlace, serverEnvironment, serverUser } from './place.ts'

/**
 * Runs initdb in an empty data folder: UTF-8, sorted by code point, passwords by SCRAM, WAL in segments of 1 MB. About a second.
 * `durable: false` does not wait for the disk. Throws `state/not-started`.
 */
export const initialise = async (
  { path, data, known, packaged, owner }: ServerPlace,
  { durable }: { durable: boolean },
): Promise<void> => {
  const choices = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--wal-segsize=1', '--no-instructions']
  const given = [`--username=${serverUser}`, '--pwfile=../password', `--pgdata=${known}`]
  const child = spawn(program(packaged, 'initdb'), [...choices, ...given, ...(durable ? [] : ['--no-sync'])], {
    cwd: data,
    env: serverEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...owner,
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]).catch(error => {
    throw ChartroomError.of('state/not-started', { path, reason: 'its programs cannot be run here' }, error)
  })
  if (code === 0) return
  const reason = /error: (.*)/.exec(said)?.[1] ?? 'its data could not be set up'
  throw ChartroomError.of('state/not-started', { path, reason }, new Error(said))
}
