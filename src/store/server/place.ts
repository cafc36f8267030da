import type { Owner } from './owner.ts'
import type { Packaged } from './packaged.ts'

/** Where a server keeps everything: `data` beside its `password` and `server.log`. Only its owner may look inside. */
export type ServerPlace = {
  path: string
  data: string
  password: string
  packaged: Packaged
  owner?: Owner
  /** What PostgreSQL is told that its data folder is, being started in it; another name where its owner may not walk the whole path. */
  known: string
}

/** The one user of the server; it may do everything there. */
export const serverUser = 'chartroom'

/** All that PostgreSQL gets of an environment: messages in English, times in UTC. Its programs find a shell by the path. */
export const serverEnvironment = {
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? {} : { PATH: '/usr/bin:/bin' }),
}
