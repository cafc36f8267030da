import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importCommand } from '#src/datasets/command.ts'
import { type OpenedForTest, openForTest } from './opened.ts'

let opened: OpenedForTest
let folder: string
beforeAll(async () => {
  opened = await openForTest()
  folder = join(opened.home, 'given')
  mkdirSync(folder)
})
afterAll(() => opened.close())

const run = async (...args: string[]) => {
  const written: string[] = []
  const io = {
    out: async (text: string) => void written.push(text),
    err: async () => undefined,
    signal: new AbortController().signal,
  }
  const open = async () => ({ datasets: opened.datasets, close: async () => undefined })
  const code = await importCommand(args, io, open)
  return { code, text: written.join('') }
}

const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const sales = (rows: string) => `day,region,amount\n${rows}`

test('a file becomes a dataset; what was made, what was kept aside and questions are printed', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, '0')},${i % 2 ? 'N' : 'S'},${i}`,
  )
  const { code, text } = await run(file('sales 2024.csv', sales(`${rows.join('\n')}\n2024-01-01,N,5,\u001b[2Jx\n`)))
  expect(code).toBe(0)
  const [head, aside, questions] = text.split('\n\n')
  expect(head).toBe(
    [
      'sales 2024 can be asked now.',
      '60 rows and 3 columns from sales 2024.csv.',
      'sales 2024.csv: 1 line was left out (line 62): not as many fields as the header, or a quote that is not closed.',
      '  sales 2024: 60 rows: day, region, amount.',
    ].join('\n'),
  )
  expect(aside).toBe('Kept aside (1):\n  line 62: more fields than the header: 2024-01-01,N,5, [2Jx')
  expect(questions?.split('\n').slice(0, 4)).toEqual([
    'Ask it:',
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^ {2}npx chartroom ask "[^"]+" --domain sales_2024$/)),
  ])
})

test('--into makes a version, --name another name; the same content is there already', async () => {
  const next = file('next.csv', sales('2024-02-01,N,1\n2024-02-02,S,2\n'))
  expect((await run(next, '--into', 'sales 2024')).text).toMatch(/^sales 2024 is now version 2\.\n2 rows and 3 columns/)
  expect((await run(next)).text).toMatch(/^That file is there already: sales 2024, version 2\./)
  const other = file('x.csv', sales('2024-03-01,N,1\n2024-03-02,S,2\n'))
  expect((await run(other, '--name', 'March')).text).toMatch(/^March can be asked now\.[\s\S]*--domain march\n$/)
})

test('what is wrong is said', async () => {
  const usage = { code: 'command/usage' }
  await expect(run()).rejects.toMatchObject(usage)
  await expect(run('a.csv', 'b.csv')).rejects.toMatchObject(usage)
  await expect(run('a.csv', '--nmae', 'x')).rejects.toMatchObject(usage)
  await expect(run('a.csv', '--name', 'x', '--into', 'y')).rejects.toMatchObject(usage)
  await expect(run(file('y.csv', 'a\n1\n'), '--into', 'nothing')).rejects.toMatchObject({
    code: 'dataset/unknown',
    message: 'There is no dataset called nothing. There is: march, sales_2024.',
  })
  await expect(run(join(folder, 'gone.csv'))).rejects.toMatchObject({ code: 'source/missing' })
  await expect(run(folder)).rejects.toMatchObject({ code: 'source/unreadable' })
})
