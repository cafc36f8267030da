import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { type EvalParts, evalCommand } from '#src/eval/command.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openGiven, openSample } from '#src/open.ts'
import { urlOf } from '#test/engines/engines.ts'
import { type FakeOpenAi, type ModelCall, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { createTestDatabase } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-eval-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const servers: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const written = (name: string, text: string): string => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

const questions = () =>
  written(
    'questions.yaml',
    `today: 2023-04-04
questions:
  - { id: q1, kind: plain, question: revenue by channel, sql: "SELECT o.channel, sum(l.amount) FROM lines l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' GROUP BY 1" }
  - { id: q2, kind: plain, question: orders by channel, sql: "SELECT 'web', 99" }
  - { id: q3, kind: riddle, question: which gizmos made the punters happiest, sql: "SELECT channel, count(*) FROM orders GROUP BY 1" }
  - { id: q4, kind: riddle, question: what would the punters say of our gizmos, expect: refused }
`,
  )

/** Runs the command over the tiny shop, with a language model that replies as the script says. */
const run = async (
  args: string[],
  { script, ...more }: Partial<EvalParts> & { script?: (call: ModelCall) => Scripted } = {},
) => {
  const said: { out: string[]; err: string[] } = { out: [], err: [] }
  let language: Awaited<ReturnType<EvalParts['language']>>
  if (script) {
    const server = await openFakeOpenAi(script)
    servers.push(server)
    const attempt = openModel({ baseUrl: server.url, model: 'm', limits: { retries: 0 } }, realEffects)
    const complete: Complete = async (request, options) => {
      const reply = await attempt(request, options?.signal)
      if ('problem' in reply) throw reply.problem
      return { ...reply, use: { ...reply.use, cost: 0.001 } }
    }
    language = { name: 'm', complete }
  }
  const io = {
    out: async (text: string) => void said.out.push(text),
    err: async (text: string) => void said.err.push(text),
    signal: new AbortController().signal,
  }
  const parts: EvalParts = {
    open: async () => ({ find: async () => shop.domain, close: async () => undefined }),
    language: async () => language,
    effects: realEffects,
    ...more,
  }
  return { code: await evalCommand(args, io, parts), out: said.out.join(''), err: said.err.join('') }
}

const sql = (text: string): Scripted => ({
  json: { thought: '', step: { kind: 'sql', sql: text, says: 'Orders by channel' } },
})
const declined: Scripted = { json: { thought: '', step: { kind: 'decline', why: 'There is nothing on that.' } } }
const countByChannel = 'SELECT channel, count(*) AS n, min(id) AS first_id FROM orders GROUP BY 1'
const isRiddle = (call: ModelCall) => /happiest/.test(call.messages.at(-1)?.content ?? '')

describe('chartroom eval', () => {
  test('asks the rules alone, tells right from wrong by the check query, and says where it asked back', async () => {
    const { code, out } = await run([questions()])
    expect(code).toBe(0)
    expect(out).toContain('tiny, rules: 4 questions')
    expect(out).toMatch(/ {2}rules +1 +1 +2 +0 +0 +– +– +\d+/)
    expect(out).toMatch(/ {2}plain +1 +1 +0/)
    expect(out).toMatch(/wrong q2 \[plain, rules\] orders by channel\n.*\n +want \[\["web",99\]\]\n +got {2}\[\[/)
    expect(out).toContain('asked q3 [riddle, rules]')
  })

  test('--live asks the language model what the rules do not read, and counts what that takes', async () => {
    const script = (call: ModelCall) => (isRiddle(call) ? sql(countByChannel) : declined)
    const { out, err } = await run([questions(), '--live'], { script })
    expect(out).toContain('tiny, rules and m: 4 questions')
    expect(out).toMatch(/ {2}model +2 +0 +0 +0 +0 +\$0\.0020 +240 +\d+/)
    expect(err).toMatch(/^1 of 4: right q1\n2 of 4: wrong q2/)
  })

  test('--json gives the same for programs', async () => {
    const script = (call: ModelCall) =>
      isRiddle(call) ? sql('SELECT channel, count(*) + 1 AS n FROM orders GROUP BY 1') : declined
    const { out, err } = await run([questions(), '--live', '--json', '--only', 'riddle'], { script })
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      ...{ domain: 'tiny', today: '2023-04-04', by: 'rules and m' },
      all: { questions: 2, right: 1, wrong: 1, tokens: 240, cost: 0.002 },
      byPlanner: { model: { questions: 2 } },
      questions: [
        { id: 'q3', kind: 'riddle', planner: 'model', verdict: 'wrong', calls: 1 },
        { id: 'q4', verdict: 'right', got: 'refused' },
      ],
    })
  })

  test('a language model that fails is told from one that asks back', async () => {
    const { out } = await run([questions(), '--live', '--only', 'q3'], { script: () => ({ status: 401 }) })
    expect(out).toMatch(/failed q3 .*\n +→ language\/key: The language model did not accept the key\./)
    const asks: Scripted = { json: { thought: '', step: { kind: 'ask', question: 'Which?', choices: ['a', 'b'] } } }
    expect((await run([questions(), '--live', '--only', 'q3'], { script: () => asks })).out).toContain('asked q3')
  })

  test('needs a language model for --live, and says which settings', async () => {
    await expect(run([questions(), '--live'])).rejects.toThrow(/set OPENAI_API_KEY or OPENAI_BASE_URL/)
  })
})

describe('--compare', () => {
  const plan = readFileSync('prompts/plan.md', 'utf8')
  const text = (name: string, head: string) =>
    written(`${name}/prompts/plan.next.md`, `${head}\n${plan.replace(/^---[\s\S]*?---\n/, '')}\nNEXT`)

  test('asks with both texts what the rules do not read, and says which is better', async () => {
    written('both/prompts/plan.md', plan)
    text('both', '---\nversion: 2\nshare: 0\n---')
    const prompt = pathToFileURL(join(folder, 'both/prompts/plan.md'))
    const systems: string[] = []
    const script = (call: ModelCall) => {
      const system = call.messages[0]?.content ?? ''
      systems.push(/NEXT/.test(system) ? 'next' : 'current')
      return isRiddle(call) && !/NEXT/.test(system)
        ? sql('SELECT count(*) AS n FROM orders')
        : isRiddle(call)
          ? sql(countByChannel)
          : declined
    }
    const { out } = await run([questions(), '--live', '--compare'], { script, prompt })
    expect(systems).toEqual(['current', 'current', 'next', 'next'])
    expect(out).toContain('current, m: 2 questions')
    expect(out).toContain('next (version 2), m: 2 questions')
    expect(out).toContain('next against current: 1 wins, 0 losses, 1 ties\n  won: q3\n')
    expect(out).toMatch(/next did better, but .* chance \(100 %\)/)
    const json = JSON.parse((await run([questions(), '--live', '--compare', '--json'], { script, prompt })).out)
    expect(json).toMatchObject({
      wins: ['q3'],
      losses: [],
      ties: 1,
      current: { all: { right: 1 } },
      next: { all: { right: 2 } },
    })
  })

  test('without a second text says so, and without --live too', async () => {
    await expect(run([questions(), '--live', '--compare'], { script: () => declined })).rejects.toThrow(
      'There is no prompts/plan.next.md, so there is nothing to compare.',
    )
    await expect(run([questions(), '--compare'])).rejects.toThrow(/needs --live/)
  })
})

describe('--script', () => {
  test('plays replies and says which questions did not end as written; nothing in it looks like accuracy', async () => {
    const script = written(
      'scripts.yaml',
      `- { id: q3, replies: [{ step: { kind: sql, says: Orders, sql: "${countByChannel}" } }] }
- { id: q4, replies: [{ text: Well }] }
- { id: q2, replies: [{ text: Well }] }
`,
    )
    const { code, out } = await run([questions(), '--script', script])
    expect(code).toBe(1)
    expect(out).toMatch(/^1 of 3 scripts ended as they say\./)
    expect(out).toContain('q2 ended wrong, not right')
    expect(out).toContain('q4 ended failed, not right: language/unreadable')
    expect(out).not.toMatch(/%|accura/)
    const json = JSON.parse((await run([questions(), '--script', script, '--json'])).out)
    expect(json).toMatchObject({ by: 'scripts', scripts: 3, asWritten: 1, off: [{ id: 'q2' }, { id: 'q4' }] })
    expect(json).not.toHaveProperty('all')
  })

  test('replies that were not needed are an error of the script', async () => {
    const reply = `{ step: { kind: decline, why: no } }`
    const script = written('long.yaml', `- { id: q4, replies: [${reply}, ${reply}] }\n`)
    expect((await run([questions(), '--script', script])).out).toContain('q4 took 1 replies, not 2')
  })

  test('a script for a question that is not there is refused', async () => {
    const script = written('lost.yaml', '- { id: q9, replies: [{ text: a }] }\n')
    await expect(run([questions(), '--script', script])).rejects.toThrow(/no question is called q9/)
  })

  test('the shipped scripts all end as they say, over the sample shop', { timeout: 120_000 }, async () => {
    const config = readConfig({ CHARTROOM_HOME: join(folder, 'home') })
    const open: EvalParts['open'] = async () => {
      const domain = await openSample({ config }, realEffects)
      return { find: async () => domain, close: () => domain.close() }
    }
    const { code, out } = await run(['test/questions/beyond.yaml', '--script', 'test/questions/beyond-scripts.yaml'], {
      open,
    })
    expect(out).toMatch(/^(\d+) of \1 scripts ended as they say\.[^\n]*\n$/)
    expect(code).toBe(0)
  })
})

describe('--data asks what somebody has', { timeout: 120_000 }, () => {
  const file = () =>
    written(
      'trips.yaml',
      '- { id: t1, kind: sum, question: guests by city, today: 2024-02-01, sql: "SELECT city, sum(guests) FROM trips GROUP BY 1" }\n',
    )
  const csv = () =>
    written('trips/trips.csv', 'city,day,guests\nOslo,2024-01-02,3\nOslo,2024-01-03,4\nRome,2024-01-03,5\n')
  const open: EvalParts['open'] = async ({ data: given = '', model }) => {
    const config = readConfig({ CHARTROOM_HOME: join(folder, 'home') })
    const domain = await openGiven({ data: given, model }, { config }, realEffects)
    return { find: async () => domain, close: () => domain.close() }
  }

  test('a file, or a folder of files', async () => {
    for (const data of [csv(), join(csv(), '..')])
      expect((await run([file(), '--data', data], { open })).out).toMatch(/ {2}sum +1 +0 +0/)
  })

  test('the address of a PostgreSQL database', async () => {
    const { address, drop } = await createTestDatabase()
    const client = new pg.Client(address)
    await client.connect()
    await client.query(`create table trips (city text, day date, guests integer)`)
    await client.query(
      `insert into trips values ('Oslo', '2024-01-02', 3), ('Oslo', '2024-01-03', 4), ('Rome', '2024-01-03', 5)`,
    )
    await client.end()
    const { out } = await run([file(), '--data', urlOf(address)], { open })
    await drop()
    expect(out).toMatch(/ {2}sum +1 +0 +0/)
  })
})

describe('what is wrong with a file is said', () => {
  test.each<[string, string, RegExp]>([
    ['a key that is not known', '- { id: a, kind: k, question: q, qsl: x }', /line 1: .*qsl/],
    ['no question', 'questions:\n  - id: a\n    kind: k\n', /line 2: questions 0 question/],
    ['a status that is none', '\n- { id: a, kind: k, question: q, expect: perhaps }', /line 2: 0 expect/],
    ['no YAML', '- [', /no file of questions/],
    ['nothing of the kind', 'revenue', /no file of questions/],
  ])('%s', async (name, text, words) => {
    await expect(run([written(`${name}.yaml`, text)])).rejects.toThrow(words)
  })

  test('none there', async () => {
    await expect(run([join(folder, 'none.yaml')])).rejects.toThrow(/there is no such file/)
  })

  test.each([
    ['a table that is not there', 'SELECT a FROM nowhere', /The check query of q does not run: .*nowhere/],
    ['something that is no SELECT', 'DROP TABLE orders', /The check query of q does not run: /],
    ['personal data', 'SELECT name FROM customers', /The check query of q does not run: .*name/],
  ])('a check query with %s', async (name, text, words) => {
    const file = written(`check ${name}.yaml`, `- { id: q, kind: k, question: orders by channel, sql: ${text} }\n`)
    await expect(run([file])).rejects.toThrow(words)
  })
})

describe('what is wrong with the command is said', () => {
  test.each([
    [['--nonsense'], /takes a file of questions, --live/],
    [['a.yaml', 'b.yaml'], /takes one file/],
    [['a.yaml', '--live', '--script', 'b.yaml'], /do not go together/],
    [['a.yaml', '--today', 'soon'], /--today takes a day/],
  ])('%j', async (args, words) => {
    await expect(run(args)).rejects.toThrow(words)
  })

  test('a kind that is not there', async () => {
    await expect(run([questions(), '--only', 'cohorts'])).rejects.toThrow(/The kinds are: plain, riddle\./)
  })
})

test('a run that is stopped ends', async () => {
  const stopped = AbortSignal.abort()
  const io = { out: async () => undefined, err: async () => undefined, signal: stopped }
  const closed: string[] = []
  const parts: EvalParts = {
    open: async () => ({ find: async () => shop.domain, close: async () => void closed.push('closed') }),
    language: async () => undefined,
    effects: realEffects,
  }
  await expect(evalCommand([questions()], io, parts)).rejects.toThrow(/abort/i)
  expect(closed).toEqual(['closed'])
})
