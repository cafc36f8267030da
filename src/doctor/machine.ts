import { constants } from 'node:fs'
import { access, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Check, type Finding, fail, ok, warn } from './check.ts'

/** Whether this Node runs TypeScript as written. `version` as `process.versions.node`, `least` as "22.18". */
export const nodeVersion = (version: string, least: string): Check => ({
  name: 'Node.js',
  run: () => {
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number)
    const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor)
    return enough
      ? ok(`Version ${version}.`)
      : fail(`Version ${version} is too old.`, `Install Node.js ${least} or later.`)
  },
})

/** Whether the program's folder is there, or can be made, and takes a file. */
export const homeWritable = (home: string, newId: () => string): Check => ({
  name: 'Home',
  run: async () => {
    const probe = join(home, `.doctor-${newId()}`)
    try {
      await mkdir(home, { recursive: true })
      await writeFile(probe, 'x', { flag: 'wx' })
      return ok(`${home} can be written.`)
    } catch {
      return fail(
        `${home} cannot be written.`,
        'Check the folder and its rights, or set CHARTROOM_HOME to another one.',
      )
    } finally {
      await rm(probe, { force: true }).catch(() => undefined)
    }
  },
})

/**
 * Whether a server could listen. `answers` tells whether what listens there already is Chartroom itself, which is as good.
 */
export const portFree = (
  { port, host, setting }: { port: number; host: string; setting: string },
  answers: () => Promise<boolean>,
): Check => ({
  name: setting,
  run: async () => {
    if (port === 0) return ok('Any free port will be taken.')
    const code = await listenError(port, host)
    if (code === undefined) return ok(`Port ${port} is free.`)
    if (code === 'EADDRINUSE') return inUse(port, setting, await answers().catch(() => false))
    if (code === 'EACCES')
      return fail(`Port ${port} may not be used by this user.`, `Set ${setting} to a port above 1023.`)
    return fail(`Nothing can listen on ${host}:${port}.`, `Check HOST and ${setting}.`)
  },
})

const inUse = (port: number, setting: string, ours: boolean): Finding =>
  ours
    ? ok(`Chartroom is running on port ${port}.`)
    : fail(`Port ${port} is in use by another program.`, `Stop that program, or set ${setting} to a free port.`)

const listenError = (port: number, host: string) =>
  new Promise<string | undefined>(resolve => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })

/** Whether every font file is there and is a font. `files` by the name people know the font by. */
export const fontsReadable = (files: Record<string, string>): Check => ({
  name: 'Fonts',
  run: async () => {
    const names = Object.keys(files)
    const readable = await Promise.all(Object.values(files).map(isFont))
    const broken = names.filter((_, i) => !readable[i])
    if (broken.length > 0)
      return warn(`Cannot be read: ${broken.join(', ')}.`, 'Run `npm install` again; charts use other fonts till then.')
    return ok(`${names.length} ${names.length === 1 ? 'font' : 'fonts'} can be read.`)
  },
})

/** First bytes of TrueType, OpenType, collections and the two web font formats. */
const fontMarks = new Set(['00010000', '4f54544f', '74727565', '74746366', '774f4646', '774f4632'])

const isFont = async (file: string): Promise<boolean> => {
  try {
    await access(file, constants.R_OK)
    const handle = await open(file)
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close())
    return fontMarks.has(buffer.toString('hex'))
  } catch {
    return false
  }
}
