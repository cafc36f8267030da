import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileCache } from '#src/compile-cache.ts'
import { readConfig } from '#src/config.ts'
import { fences } from '#test/docs/markdown.ts'
import { type FakeOpenAi, type ModelCall, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'

const repository = resolve(import.meta.dirname, '../..')
const guide = readFileSync(join(repository, 'docs/guides/model.md'), 'utf8')
const blocks = (wanted: string) => fences(guide).flatMap(({ language, text }) => (language === wanted ? [text] : []))

/** A copy of the program, since the guide changes its texts, with `npx` that runs it. */
let folder: string
let server: FakeOpenAi
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-model-guide-'))
  for (const name of [
    'src',
    'handlers',
    'renderers',
    'prompts',
    'sql',
    'test/questions',
    'test/guides',
    'package.json',
  ])
    cpSync(join(repository, name), join(folder, name), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'bin'))
  const npx = join(folder, 'bin', 'npx')
  writeFileSync(
    npx,
    `#!/bin/sh
shift
exec "${process.execPath}" "${folder}/src/main.ts" "$@"
`,
  )
  chmodSync(npx, 0o755)
  server = await openFakeOpenAi(replyTo)
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A language model that knows the answer to three questions. */
const replyTo = ({ messages }: ModelCall): Scripted => {
  const asked = messages.at(-1)?.content ?? ''
  const found = Object.entries(known).find(([question]) => asked.includes(question))
  const step = found ? { kind: 'sql', says: found[0], sql: found[1] } : { kind: 'decline', why: 'I do not know.' }
  return { json: { thought: '', step }, usage: { input: 5000, output: 275 } }
}

const median = (kept: string) =>
  `WITH amounts AS (SELECT o.order_id, o.customer_id, CAST(sum(i.amount) AS DOUBLE PRECISION) AS amount
     FROM orders o JOIN order_items i ON i.order_id = o.order_id ${kept} GROUP BY 1, 2)
   SELECT c.segment, percentile_cont(0.5) WITHIN GROUP (ORDER BY a.amount) AS median_order_value
   FROM amounts a JOIN customers c ON c.customer_id = a.customer_id GROUP BY c.segment ORDER BY 1`

const known = {
  'Median value of an order by segment, all orders': median(''),
  'Median value of an order by segment': median(`WHERE o.status NOT IN ('cancelled', 'returned')`),
  'how many days lie between the first and the last trip': 'SELECT max(day) - min(day) AS days FROM trips',
}

const run = async (command: string): Promise<string> => {
  const path = `${join(folder, 'bin')}:${process.env.PATH}`
  const env = { PATH: path, CHARTROOM_HOME: join(folder, 'home'), ...compileCache() }
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', command], { cwd: folder, env })
  return stdout
}

test('settings that the guide shows are right', () => {
  const shown = blocks('ini')
  expect(shown.length).toBeGreaterThanOrEqual(6)
  for (const text of shown) expect(() => readConfig({ ...parseEnv(text) })).not.toThrow()
})

test('the guide, followed as it is written, with a model that knows three answers', { timeout: 300_000 }, async () => {
  writeFileSync(join(folder, '.env'), `OPENAI_BASE_URL=${server.url}\nOPENAI_MODEL=gpt-5-mini\n`)
  writeFileSync(join(folder, 'trips.yaml'), blocks('yaml').find(text => text.includes('trips-1')) ?? '')
  const said: string[] = []
  for (const text of blocks('sh')) said.push(await run(text))
  const [asked, asksBack, json, rules, live, scripted, trips, compared] = said
  expect(asked).toContain('SQL written by a model')
  expect(asked).toMatch(/gpt-5-mini, \$0\.00\d\d/)
  expect(asksBack).toContain('I could not make use of “Median”')
  const receipt = (JSON.parse(json ?? '') as { receipt: Record<string, unknown> }).receipt
  expect(receipt).toMatchObject({
    ...{ origin: 'generated', reading: 'Median value of an order by segment' },
    ...{
      // The server here gives plans and no stories.
      steps: [expect.stringContaining('Ran SQL'), expect.stringMatching(/^The story is told by rules/)],
      model: { name: 'gpt-5-mini', prompt: expect.stringMatching(/^plan \d+/) },
    },
  })
  expect(rules).toMatch(/^ecommerce, rules: 129 questions\n/)
  expect(live).toMatch(
    /^ecommerce, rules and gpt-5-mini: 6 questions\n[\s\S]* {2}model +1 +0 +0 +4 +0 +\$0\.0090 +26,375/,
  )
  expect(scripted).toMatch(/^(\d+) of \1 scripts ended as they say\./)
  expect(trips).toMatch(/ {2}rules +1 +0 [\s\S]* {2}model +1 +0 /)
  expect(compared).toContain('next against current: 0 wins, 0 losses, 5 ties\nNeither is better on these questions.')
})

test('every row of the receipt that the guide explains is one of a receipt', () => {
  const receipt = readFileSync(join(repository, 'src/vocabulary/answer.ts'), 'utf8')
  const table = /\| In the receipt \|[\s\S]*?\n\n/.exec(guide)?.[0] ?? ''
  const names = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThanOrEqual(7)
  for (const name of names) expect(receipt).toMatch(new RegExp(`^  ${name}\\??: `, 'm'))
})
