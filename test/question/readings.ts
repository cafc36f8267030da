import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { readConfig } from '#src/config.ts'
import type { Domain, Knowledge } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openGiven } from '#src/open.ts'
import { contenders, read } from '#src/question/read.ts'
import { restate } from '#src/question/restate.ts'
import { openSampleShop } from './sample-shop.ts'

/**
 * Opens the sample shop (`shop`) and folders of `test/fixtures/tables` that nobody described, for the tests of a file, to see how questions on
 * them are read: gives the readings in words, or what is asked back.
 */
export const readingsOf = (...folders: string[]): ((name: string, text: string) => string) => {
  const opened: Record<string, Opened> = {}
  const home = mkdtempSync(join(tmpdir(), 'chartroom-readings-'))
  let shop: Awaited<ReturnType<typeof openSampleShop>> | undefined
  beforeAll(async () => {
    shop = await openSampleShop()
    opened.shop = await known(shop.domain, '2024-01-01')
    for (const name of folders) {
      const data = fileURLToPath(new URL(`../fixtures/tables/${name}`, import.meta.url))
      const domain = await openGiven({ data }, { config: readConfig({ CHARTROOM_HOME: home }) }, realEffects)
      opened[name] = await known(domain, '2024-06-15')
    }
  })
  afterAll(async () => {
    for (const name of folders) await opened[name]?.domain.close()
    await shop?.close()
    rmSync(home, { recursive: true, force: true })
  })
  return (name, text) => {
    const it = opened[name]
    if (!it) throw new Error('no such data')
    return readingIn(it, text)
  }
}

type Opened = { domain: Domain; knowledge: Knowledge; today: string }

const known = async (domain: Domain, today: string): Promise<Opened> => ({
  domain,
  knowledge: await domain.knowledge(),
  today,
})

/** How a question is read, or the words or the gap that stand in the way of that. */
export const readingIn = ({ domain, knowledge, today }: Opened, text: string): string => {
  const reading = read(text, { model: domain.model, lexicon: knowledge.lexicon, range: knowledge.range, today })
  if (reading.unused.length > 0) return `asks about ${reading.unused.join(', ')}`
  const [query, ...others] = contenders(reading.candidates)
  if (!query) return `asks: ${reading.gaps[0]?.gap}`
  return [query, ...others].map(q => restate(q, domain.model)).join(' | ')
}
