import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { nextSteps } from './next-steps.ts'
import { type Defaults, type ManifestOrder, readOrder } from './order.ts'
import { slackManifest } from './slack.ts'
import { readSlackSource, readTeamsSource } from './source.ts'
import { teamsManifest } from './teams.ts'
import { teamsPackage } from './teams-package.ts'

/** Of the terminal: `writeFile` throws `source/not-writable`, `source/no-space`. */
export type ManifestIo = {
  out: (text: string) => Promise<void>
  writeFile: (path: string, bytes: Uint8Array) => Promise<void>
}

/**
 * `chartroom manifest slack|teams …`: writes the file that is uploaded there and says what to do with it. Gives the exit code.
 * Throws `command/usage`, `source/not-writable`, `source/no-space`.
 */
export const writeManifest = async (args: readonly string[], io: ManifestIo, defaults: Defaults): Promise<number> => {
  const order = readOrder(args, defaults)
  const path = join(order.out, fileNames[order.platform])
  const bytes = await bytesOf(order)
  await makeFolder(order.out)
  await io.writeFile(path, bytes)
  const steps = nextSteps(order).map((step, i) => `${i + 1}. ${step}\n`)
  await io.out(`Wrote ${path}. Next:\n\n${steps.join('')}`)
  return 0
}

const fileNames = { slack: 'slack-manifest.json', teams: 'chartroom-teams.zip' } as const

const bytesOf = async (order: ManifestOrder): Promise<Uint8Array> => {
  if (order.platform === 'slack') {
    const manifest = slackManifest(await readSlackSource(), order.addresses)
    return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  }
  const { template, color, outline } = await readTeamsSource()
  return teamsPackage({ manifest: teamsManifest(template, order.values), color, outline })
}

const makeFolder = (path: string) =>
  mkdir(path, { recursive: true }).catch(error => {
    throw ChartroomError.of('source/not-writable', { path }, error)
  })
