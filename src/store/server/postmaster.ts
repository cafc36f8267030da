import { execFile } from 'node:child_process'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A server as its lock file tells of it; it may have ended without taking the file away. */
export type Postmaster = { pid: number; port: number; socketFolder: string; ready: boolean }

/** Reads `postmaster.pid` of a data folder (https://www.postgresql.org/docs/18/storage-file-layout.html). Undefined without a whole one. */
export const readPostmaster = async (data: string): Promise<Postmaster | undefined> => {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, , , port, socketFolder = '', , , status = ''] = lines
  if (!Number(pid) || !Number(port)) return undefined
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder.trim(), ready: status.trim() === 'ready' }
}

/**
 * Whether that process is a server of this data folder. After a crash of the machine the number may belong to another program, which
 * would keep PostgreSQL from starting. A process that has ended but was not reaped does not count.
 */
export const isServing = async (pid: number, data: string): Promise<boolean> => {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') return isPostgresByName(pid)
  const [where, ours] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => ''), realpath(data)])
  return where === ours
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const isPostgresByName = async (pid: number): Promise<boolean> => {
  const listed = await promisify(execFile)('/bin/ps', ['-o', 'comm=', '-p', String(pid)], { env: {} }).catch(() => null)
  return /postgres/.test(listed?.stdout ?? '')
}
