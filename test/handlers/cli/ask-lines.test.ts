import { describe, expect, test } from 'vitest'
import { runCli } from '#handlers/cli/run.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { answered } from '#test/fakes/answers.ts'
import { memoryIo, scriptedTools } from '#test/fakes/cli.ts'
import { scriptedUseCases, untilStopped } from '#test/fakes/use-cases.ts'

const run = async (input: Parameters<typeof memoryIo>[0], script = scriptedUseCases(), argv = ['ask', '-']) => {
  const io = memoryIo(input)
  const { tools, seen } = scriptedTools(script.useCases)
  const code = await runCli(argv, tools, io.io)
  const objects = io.written.out
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
  return { code, objects, err: io.written.err, asked: script.asked, ...seen }
}

/** Answers when told to, so that a test decides the order. */
const gated = () => {
  const waiting: { question: Question; let: () => void }[] = []
  const started: string[] = []
  const script = scriptedUseCases({
    ask: question =>
      new Promise(resolve => {
        started.push(question.text)
        waiting.push({ question, let: () => resolve(answered({ question: question.text })) })
      }),
  })
  const settle = () => new Promise(resolve => setImmediate(resolve))
  const finish = async (text: string) => {
    waiting.find(w => w.question.text === text)!.let()
    await settle()
  }
  return { script, started, finish, settle }
}

describe('ask -', () => {
  test('one object a line, in order, for empty lines too; the last line needs no line feed', async () => {
    const { code, objects } = await run('revenue\n\n  orders by state  \r\nlast one')
    expect(code).toBe(0)
    expect(objects.map(o => [o.status, o.question])).toEqual([
      ['answered', 'revenue'],
      ['answered', ''],
      ['answered', 'orders by state'],
      ['answered', 'last one'],
    ])
  })

  test('no line gives no object', async () => {
    expect(await run('')).toMatchObject({ code: 0, objects: [] })
  })

  test('a line may be JSON; the options stand in for what it does not say', async () => {
    const lines = [
      '{"question":" revenue ","thread":"a","domain":"sales"}',
      '{"question":"orders","thread":7,"id":1,"domain":null}',
      'plain',
      '\uFEFF{"question":"units","domain":"","thread":""}',
    ]
    const { asked } = await run(lines.join('\n'), undefined, [
      'ask',
      '-',
      '--domain',
      'ecommerce',
      '--today',
      '2024-01-01',
    ])
    expect(asked.toSorted((a, b) => a.text.localeCompare(b.text))).toEqual([
      { text: 'orders', thread: '7', domain: 'ecommerce', today: '2024-01-01' },
      { text: 'plain', domain: 'ecommerce', today: '2024-01-01' },
      { text: 'revenue', thread: 'a', domain: 'sales', today: '2024-01-01' },
      { text: 'units', domain: 'ecommerce', today: '2024-01-01' },
    ])
  })

  test.each([
    '{',
    '{"question":5}',
    '{"thread":"a"}',
    '{} trailing',
    '{"question":"x","thread":{}}',
    '{"question":null}',
  ])('the line %s fails, the run goes on and ends with 1', async line => {
    const { code, objects, err } = await run(`${line}\nrevenue\n`)
    expect(objects[0]).toEqual({
      status: 'failed',
      code: 'input/not-json',
      message: 'This line looks like JSON but cannot be read as {question, thread, domain}.',
    })
    expect([code, objects[1].status, err]).toEqual([1, 'answered', ''])
  })

  test('a failure and an unforeseen error are objects of their lines', async () => {
    const errors: Record<string, unknown> = { a: ChartroomError.of('engine/busy'), b: new TypeError('secret') }
    const script = scriptedUseCases({
      ask: async ({ text }) => {
        if (errors[text]) throw errors[text]
        return answered({ question: text })
      },
    })
    const { code, objects, reported } = await run('a\nb\nc\n', script)
    expect(objects.map(o => o.code ?? o.question)).toEqual(['engine/busy', 'internal/bug', 'c'])
    expect(objects[1].message).toBe('Something went wrong on our side (incident id-1).')
    expect([code, reported.length]).toEqual([1, 1])
  })

  test('a separator within a line does not end it, and characters may be split between chunks', async () => {
    const bytes = new TextEncoder().encode('Umsatz für\u2028Café\u0085 ☕\nzwei\n')
    const bytewise = async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte)
    }
    const { objects } = await run(bytewise())
    expect(objects.map(o => o.question)).toEqual(['Umsatz für\u2028Café\u0085 ☕', 'zwei'])
  })

  test('commands are read as in every room', async () => {
    const { objects } = await run('kpi\nkpi revenue by state\nhelp\n')
    expect(objects.map(o => [o.status, o.message.split('\n')[0]])).toEqual([
      ['answered', 'KPIs'],
      ['answered', 'Electronics made two thirds of $2,250.75'],
      ['answered', 'What you can ask'],
    ])
  })

  test('four run at once, later ones wait, and the output keeps the order of the lines', async () => {
    const { script, started, finish, settle } = gated()
    const result = run('a\nb\nc\nd\ne\n', script)
    await settle()
    await settle()
    expect(started).toEqual(['a', 'b', 'c', 'd'])
    await finish('c')
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e'])
    for (const text of ['e', 'b', 'd', 'a']) await finish(text)
    expect((await result).objects.map(o => o.question)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('a thread is answered strictly in order and holds up nobody else', async () => {
    const { script, started, finish, settle } = gated()
    const line = (question: string, thread?: string) => `${JSON.stringify({ question, thread })}\n`
    const result = run([line('t1', 't'), line('t2', 't'), line('t3', 't'), line('u1', 'u'), line('x')].join(''), script)
    await settle()
    await settle()
    expect(started).toEqual(['t1', 'u1', 'x'])
    await finish('u1')
    expect(started).toEqual(['t1', 'u1', 'x'])
    await finish('t1')
    expect(started).toEqual(['t1', 'u1', 'x', 't2'])
    for (const text of ['t2', 't3', 'x']) await finish(text)
    expect((await result).objects.map(o => o.question)).toEqual(['t1', 't2', 't3', 'u1', 'x'])
  })

  test('a failure within a thread does not end the thread', async () => {
    const script = scriptedUseCases({
      ask: async ({ text }) => {
        if (text === 'a') throw ChartroomError.of('engine/busy')
        return answered({ question: text })
      },
    })
    const { objects } = await run('{"question":"a","thread":"t"}\n{"question":"b","thread":"t"}\n', script)
    expect(objects.map(o => o.status)).toEqual(['failed', 'answered'])
  })

  test('an answer is printed as soon as it is there, before the next line comes', async () => {
    const io = memoryIo(
      (async function* () {
        yield 'first\n'
        await expect.poll(() => io.written.out).toContain('"question":"first"')
        yield 'second\n'
      })(),
    )
    expect(await runCli(['ask', '-'], scriptedTools().tools, io.io)).toBe(0)
    expect(io.written.out).toContain('"question":"second"')
  })

  test('it reads ahead only a little, however long the input is', async () => {
    let read = 0
    const endless = (async function* () {
      for (;;) yield `${++read}\n`
    })()
    const io = memoryIo(endless)
    const script = scriptedUseCases({ ask: (_, options) => untilStopped(options) })
    const result = runCli(['ask', '-'], scriptedTools(script.useCases).tools, io.io)
    for (let i = 0; i < 500; i++) await new Promise(resolve => setImmediate(resolve))
    expect(read).toBeLessThan(50)
    io.stop()
    expect(await result).toBe(130)
  })

  test('many lines are all answered', async () => {
    const { objects } = await run(
      Array.from({ length: 2000 }, (_, i) => `{"question":"${i}","thread":"${i % 7}"}\n`).join(''),
    )
    expect(objects.map(o => o.question)).toEqual(Array.from({ length: 2000 }, (_, i) => String(i)))
  })

  test('input that cannot be read is told, after what came before it', async () => {
    const broken = (async function* () {
      yield 'first\n'
      throw Object.assign(new Error('EISDIR: /secret'), { code: 'EISDIR' })
    })()
    const { code, objects, err } = await run(broken)
    expect(code).toBe(1)
    expect(objects.map(o => o.status)).toEqual(['answered', 'failed'])
    expect(err).toMatch(/^Standard input could not be read: it is no text stream\./)
  })

  test('an interrupt ends the run: exit code 130, nothing half printed', async () => {
    const io = memoryIo('a\nb\n')
    const script = scriptedUseCases({ ask: (_, options) => untilStopped(options) })
    const result = runCli(['ask', '-'], scriptedTools(script.useCases).tools, io.io)
    setImmediate(io.stop)
    expect(await result).toBe(130)
    expect([io.written.out, io.written.err]).toEqual(['', 'Stopped.\n'])
  })
})
