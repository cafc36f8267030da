import { describe, expect, test } from 'vitest'
import { runCli } from '#handlers/cli/run.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { answered, clarify, refused } from '#test/fakes/answers.ts'
import { memoryIo, png, scriptedTools } from '#test/fakes/cli.ts'
import { scriptedUseCases, untilStopped } from '#test/fakes/use-cases.ts'

const run = async (argv: string[], script = scriptedUseCases(), io = memoryIo()) => {
  const { tools, seen } = scriptedTools(script.useCases)
  const code = await runCli(argv, tools, io.io)
  return { code, ...io.written, ...seen, asked: script.asked, kpisAsked: script.kpisAsked }
}

const failing = (error: unknown) => scriptedUseCases({ ask: () => Promise.reject(error) })

describe('chartroom ask', () => {
  test('prints the answer for people, and ends with 0', async () => {
    const { code, out, err, closed } = await run(['ask', 'revenue by category'])
    expect([code, err, closed]).toEqual([0, '', 1])
    expect(out).toContain('Electronics   $1,500.50')
  })

  test('tells a terminal what goes on and what is written so far, in one line that is taken away', async () => {
    const shown: string[] = []
    const io = memoryIo('', { width: 20, progress: line => void shown.push(line) })
    const telling = scriptedUseCases({
      ask: async (_, { onStatus, onStory } = {}) => {
        onStatus?.('Reading orders…')
        onStory?.(['Texas fell.'])
        onStory?.(['Texas fell.', 'Ohio\u001b[2J rose by a lot more than that.'])
        return answered()
      },
    })
    expect((await run(['ask', 'x'], telling, io)).code).toBe(0)
    expect(shown).toEqual(['Reading orders…', 'Texas fell.', 'Ohio␛[2J rose by a…', ''])
    await run(['ask', 'x', '--json'], telling, io)
    expect(shown).toHaveLength(4)
  })

  test('options reach the question; words need no quotes', async () => {
    const { asked, opened } = await run([
      'ask',
      'revenue',
      'by',
      'state',
      '-d',
      'ecommerce',
      '--today=2024-01-01',
      '--thread',
      't1',
      '--data',
      'a.csv',
      '--no-llm',
    ])
    expect(asked).toEqual([{ text: 'revenue by state', domain: 'ecommerce', today: '2024-01-01', thread: 't1' }])
    expect(opened).toEqual([{ data: 'a.csv', llm: false }])
  })

  test('a choice that was offered can be asked as it stands', async () => {
    expect((await run(['ask', 'kpi revenue by state'])).kpisAsked).toEqual([
      { kpi: 'revenue', words: 'by state', text: 'kpi revenue by state' },
    ])
  })

  test('text after -- may look like an option', async () => {
    expect((await run(['ask', '--', '-5% discount'])).asked).toEqual([{ text: '-5% discount' }])
  })

  test('a clarification and a refusal are replies too: exit code 0', async () => {
    const codes = [clarify(), refused()].map(
      async answer => (await run(['ask', 'x'], scriptedUseCases({ ask: async () => answer }))).code,
    )
    expect(await Promise.all(codes)).toEqual([0, 0])
  })

  test('--json prints one object on one line', async () => {
    const { out } = await run(['ask', 'revenue', '--json'])
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(out)).toMatchObject({
      status: 'answered',
      question: 'revenue',
      rows: [{ revenue: 1500.5 }, {}, {}],
    })
  })

  test('--sql shows the statement below the answer', async () => {
    expect((await run(['ask', 'revenue', '--sql'])).out).toMatch(/WHERE day >= \$1\nGROUP BY 1\n$/)
  })

  test('--png writes the chart', async () => {
    const { code, files, out } = await run(['ask', 'revenue', '--png', 'out.png'])
    expect(code).toBe(0)
    expect(files.get('out.png')).toEqual(png)
    expect(out).toContain('$1,500.50')
  })

  test('--png without a result says that nothing was written', async () => {
    const { code, files, err } = await run(
      ['ask', 'x', '--png', 'out.png'],
      scriptedUseCases({ ask: async () => clarify() }),
    )
    expect([code, files.size, err]).toEqual([0, 0, 'There is nothing to draw, so out.png was not written.\n'])
  })

  test('when the picture cannot be written the answer is still printed, and the exit code is 1', async () => {
    const { code, out, err } = await run(['ask', 'revenue', '--png', '/forbidden/out.png'])
    expect(code).toBe(1)
    expect(out).toContain('$1,500.50')
    expect(err).toBe('/forbidden/out.png cannot be written. Check the folder and its rights, or set CHARTROOM_HOME.\n')
  })
})

describe('failures', () => {
  test('are one sentence and a next step on stderr, exit code 1, and everything is closed', async () => {
    const { code, out, err, closed } = await run(
      ['ask', 'x'],
      failing(ChartroomError.of('engine/timeout', { seconds: 30 })),
    )
    expect([code, out, closed]).toEqual([1, '', 1])
    expect(err).toBe('The database did not answer within 30 seconds. Ask for a shorter period or fewer splits.\n')
  })

  test('with --json they are an object too', async () => {
    const { code, out } = await run(
      ['ask', 'x', '--json'],
      failing(ChartroomError.of('engine/timeout', { seconds: 30 })),
    )
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({
      status: 'failed',
      code: 'engine/timeout',
      message: 'The database did not answer within 30 seconds.',
    })
  })

  test('what nobody foresaw is reported once under an id, without a word of it for people', async () => {
    const bug = new Error('password=hunter2 at /home/me/x.ts')
    const { code, err, out, reported } = await run(['ask', 'x', '--json'], failing(bug))
    expect([code, reported]).toEqual([1, [[bug, 'id-1']]])
    expect(err).toBe(
      'Something went wrong on our side (incident id-1). Try again; if it repeats, report the incident id.\n',
    )
    expect(out + err).not.toMatch(/hunter2|x\.ts/)
  })

  test('a thrown thing that is no error is caught too', async () => {
    expect((await run(['ask', 'x'], failing(undefined))).code).toBe(1)
  })

  test('when nothing can be opened the exit code is 1', async () => {
    const { tools } = scriptedTools(undefined, {
      open: () => Promise.reject(ChartroomError.of('source/missing', { path: '\u001b[2Jnope.csv' })),
    })
    const { io, written } = memoryIo()
    expect(await runCli(['ask', 'x', '--data', 'nope.csv'], tools, io)).toBe(1)
    expect(written.err).toBe('There is no file or folder at ␛[2Jnope.csv. Check the path.\n')
  })

  test('a failure of several lines keeps them', async () => {
    const problems = ['PORT must be a number', 'HOST must be set']
    const { err } = await run(['ask', 'x'], failing(ChartroomError.of('config/invalid', { problems })))
    expect(err).toBe(
      'The settings are not right:\n  PORT must be a number\n  HOST must be set\nMend them in .env or the environment; .env.example lists every setting.\n',
    )
  })
})

describe('other commands', () => {
  test('kpi and data go through the command grammar', async () => {
    expect((await run(['kpi', 'revenue', 'last', 'month'])).kpisAsked).toMatchObject([
      { kpi: 'revenue', words: 'last month' },
    ])
    expect((await run(['kpi'])).out).toContain('› kpi average_order_value')
    expect((await run(['data', '--json'])).out).toContain('"status":"answered"')
  })

  test.each([[['help']], [[]], [['--help']], [['ask', '-h']], [['doctor', '--help']]])(
    '%j prints the usage and opens nothing',
    async argv => {
      const { code, out, opened } = await run(argv)
      expect([code, opened]).toEqual([0, []])
      expect(out).toContain('Usage: chartroom <command> [options]')
      expect(out).toMatch(/^ {2}import <file> +Takes in a file\.$/m)
    },
  )

  test('help on a topic tells about it', async () => {
    expect((await run(['help', 'periods'])).out).toMatch(/^Periods\n/)
  })

  test('the version', async () => {
    expect((await run(['--version'])).out).toBe('0.1.0\n')
  })

  test('further commands get their arguments untouched, and their exit code counts', async () => {
    expect((await run(['import', '--strange', 'x'])).code).toBe(2)
    expect((await run(['doctor'])).out).toBe('All is well.\n')
  })
})

describe('what cannot be read', () => {
  test.each([
    [['aks', 'revenue'], 'There is no command "aks"; did you mean "ask"?'],
    [['docter'], 'There is no command "docter"; did you mean "doctor"?'],
    [['flurb'], 'There is no command "flurb".'],
    [['ask'], '`chartroom ask` needs a question, or "-" to read one a line.'],
    [['ask', 'x', '--domian', 'y'], 'There is no option --domian; did you mean --domain?'],
    [['ask', 'x', '--frobnicate'], 'There is no option --frobnicate; a question that holds it belongs in quotes.'],
    [['ask', 'top', '-5', 'states'], 'There is no option -5; a question that holds it belongs in quotes.'],
    [['ask', 'x', '--domain'], '--domain needs a value.'],
    [['ask', 'x', '--domain', '--json'], '--domain needs a value.'],
    [['ask', 'x', '--data='], '--data needs a value.'],
    [['ask', 'x', '--json=yes'], '--json takes no value, but there is "yes".'],
    [['ask', 'x', '--today', '2024-02-30'], '--today must be a day such as 2024-01-31, not "2024-02-30".'],
    [['ask', 'x', '--today', 'tomorrow'], '--today must be a day such as 2024-01-31, not "tomorrow".'],
    [['ask', '-', '--png', 'x.png'], '`--png` goes with one question, not with `ask -`.'],
    [['doctor', 'strange'], '`chartroom doctor` takes no arguments, but there is "strange".'],
    [['__proto__'], 'There is no command "__proto__".'],
    [['ask', 'x', '--constructor'], 'There is no option --constructor; a question that holds it belongs in quotes.'],
  ])('%j: %s', async (argv, problem) => {
    const { code, err, opened } = await run(argv)
    expect([code, opened]).toEqual([1, []])
    expect(err).toBe(`${problem} Run \`chartroom help\`.\n`)
  })

  test('words without a command are a question', async () => {
    expect((await run(['how many orders in May'])).asked).toEqual([{ text: 'how many orders in May' }])
    expect((await run(['how', 'many', 'orders'])).asked).toEqual([{ text: 'how many orders' }])
  })
})

describe('stopping', () => {
  test('an interrupt cancels the running question: exit code 130', async () => {
    let cancelled = false
    const script = scriptedUseCases({
      ask: (_, options) =>
        untilStopped(options).finally(() => {
          cancelled = true
        }),
    })
    const io = memoryIo()
    const result = run(['ask', 'x'], script, io)
    setImmediate(io.stop)
    expect(await result).toMatchObject({ code: 130, out: '', err: 'Stopped.\n', closed: 1 })
    expect(cancelled).toBe(true)
  })

  test('even when the work does not listen', async () => {
    const io = memoryIo()
    const result = run(['ask', 'x', '--json'], scriptedUseCases({ ask: () => new Promise(() => {}) }), io)
    setImmediate(io.stop)
    expect(await result).toMatchObject({ code: 130, out: '', closed: 1 })
  })

  test('what comes up after the interrupt is closed again', async () => {
    const io = memoryIo()
    const { tools, seen } = scriptedTools()
    const slow = {
      ...tools,
      open: (o: { llm: boolean }) => new Promise(r => setTimeout(r, 20)).then(() => tools.open(o)),
    }
    const result = runCli(['ask', 'x'], slow, io.io)
    io.stop()
    expect(await result).toBe(130)
    expect(seen.closed).toBe(1)
  })

  test('when nobody reads any more it ends quietly with 0', async () => {
    const io = memoryIo()
    const result = run(['ask', 'x'], scriptedUseCases({ ask: (_, options) => untilStopped(options) }), io)
    setImmediate(() => io.stop('closed'))
    expect(await result).toMatchObject({ code: 0, out: '', err: '' })
  })

  test('an answer that came before is printed', async () => {
    expect((await run(['ask', 'x'], scriptedUseCases({ ask: async () => answered() }))).out).not.toBe('')
  })
})
