import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { program } from './packaged.ts'
import { type ServerPlace, serverEnvironment, serverUser } from './place.ts'

/**
 * Runs initdb in an empty data folder: UTF-8, sorted by code point, passwords by SCRAM, WAL in segments of 1 MB. About a second.
 * `durable: false` does not wait for the disk. Gives the reason when it could not be done.
 */
export const initialise = async (
  { data, known, packaged, owner }: ServerPlace,
  { durable }: { durable: boolean },
): Promise<string | undefined> => {
  const choices = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--wal-segsize=1', '--no-instructions']
  const given = [`--username=${serverUser}`, '--pwfile=../password', `--pgdata=${known}`]
  const child = spawn(program(packaged, 'initdb'), [...choices, ...given, ...(durable ? [] : ['--no-sync'])], {
    cwd: data,
    env: serverEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...owner,
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]).catch(() => ['', [-1]] as const)
  return code === 0 ? undefined : reasonIn(said)
}

export const reasonIn = (said: string): string => {
  const nameless = /could not look up effective user ID (\d+)/.exec(said)?.[1]
  if (nameless) return `the user with the number ${nameless} has no name in /etc/passwd, and PostgreSQL wants one`
  return /initdb: (?:error: )?(.*)/.exec(said)?.[1] ?? 'its programs cannot be run here'
}
