import { readFile } from 'node:fs/promises'
import type { SlackManifest } from './slack.ts'

/** The Slack app as it is declared; `doctor` compares tokens with it. */
export const readSlackSource = async (): Promise<SlackManifest> =>
  JSON.parse(await readFile(at('slack.json'), 'utf8')) as SlackManifest

/** The Teams app as it is declared, and its icons. */
export const readTeamsSource = async () => {
  const [template, color, outline] = await Promise.all([
    readFile(at('teams/manifest.json'), 'utf8'),
    readFile(at('teams/color.png')),
    readFile(at('teams/outline.png')),
  ])
  return { template, color, outline }
}

const at = (name: string) => new URL(`../../manifest/${name}`, import.meta.url)
