import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonLine, toJson } from '#handlers/cli/json.ts'
import { createApi } from '#handlers/http/api.ts'
import { createApiListener } from '#handlers/http/api-listener.ts'
import { createDocs } from '#handlers/http/docs.ts'
import { createAsk } from '#src/ask.ts'
import { createAskQuery } from '#src/ask-query.ts'
import { fixedEffects } from '#src/effects.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { supportAnalytics } from '#src/kpis/support/analytics.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { ensureSupportSample } from '#src/sample/support.ts'
import { nearest } from '#src/semantic/near.ts'
import { createThreads } from '#src/threads.ts'
import { fences } from '#test/docs/markdown.ts'
import { openApi } from '#test/fakes/api.ts'
import { watchedLog } from '#test/kpis/support/logs.ts'
import { openSampleShop } from '#test/question/sample-shop.ts'

const repository = resolve(import.meta.dirname, '../..')
const key = 'a-key-of-24-letters-here'
const closing: (() => unknown)[] = []
let folder: string
let local = 0
let network = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-guide-'))
  const effects = fixedEffects('2024-01-10T09:00:00Z')
  const path = join(folder, 'support.duckdb')
  await ensureSupportSample({ path })
  const engine = await openDuckdb({ path })
  const shop = await openSampleShop({}, effects)
  const ask = createAsk({ domain: async () => shop.domain, threads: createThreads(), warn: () => undefined, effects })
  const parts = {
    analytics: supportAnalytics({
      log: await watchedLog(engine, 'UTC'),
      classify: classifyByKey(createRulesClassifier()),
      maySeeUsers: true,
    }),
    questions: {
      ask,
      query: createAskQuery({ domain: async () => shop.domain, ask }, effects),
      print: (answer: Parameters<typeof toJson>[0]) => jsonLine(toJson(answer)),
    },
  }
  const here = await openApi(parts, '2024-01-10T09:00:00Z')
  const report = () => 'incident'
  const api = createApi({ ...parts, near: nearest, report, version: '1' }, effects)
  const outside = createApiListener({ host: '127.0.0.1', port: 0, key, api, docs: createDocs(), report })
  local = here.port
  network = (await outside.listen()).port
  closing.push(here.close, outside.close, shop.close, () => engine.close())
})
afterAll(async () => {
  for (const close of closing) await close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (command: string): Promise<string> => {
  const mine = command
    .replaceAll('localhost:3978', `localhost:${local}`)
    .replaceAll('http://analytics.example:3980', `http://127.0.0.1:${network}`)
  const env = { PATH: process.env.PATH, CHARTROOM_API_KEY: key }
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', mine], { cwd: folder, env })
  return stdout
}

/** What stands in a reply, whatever else it holds. */
const body = (printed: string) => printed.slice(Math.max(0, printed.search(/^[[{]/m)))

test('the guide to the API, followed as it is written: every command answers what stands below it', async () => {
  const guide = readFileSync(join(repository, 'docs/guides/api.md'), 'utf8')
  const blocks = fences(guide).filter(({ language }) => ['sh', 'json', 'text'].includes(language))
  const commands = blocks.filter(({ language, text }) => language === 'sh' && text.includes('curl'))
  expect(commands.length).toBeGreaterThan(8)
  let compared = 0
  for (const [i, { language, text }] of blocks.entries()) {
    if (language !== 'sh' || !text.includes('curl')) continue
    const printed = await run(text)
    const shown = blocks[i + 1]
    if (shown?.language === 'json') expect(JSON.parse(body(printed))).toMatchObject(JSON.parse(shown.text))
    else if (shown?.language === 'text')
      for (const line of shown.text.trim().split('\n')) expect(printed.toLowerCase()).toContain(line.toLowerCase())
    else expect(printed, text).toMatch(/^[[{<]|HTTP/)
    compared += shown && shown.language !== 'sh' ? 1 : 0
  }
  expect(compared).toBeGreaterThan(5)
})
