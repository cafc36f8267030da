import { afterAll, expect, test } from 'vitest'
import { makeHome, sales } from './cli/program.ts'

const home = makeHome()
const csv = home.file('sales.csv', sales)
afterAll(() => home.clear())

const said = async (...args: string[]) => {
  const { code, out, err } = await home.run(args)
  expect([code, err.replace(/^(Reading|Finding the types of|Looking at what is in it).*…\n/gm, '')]).toEqual([0, ''])
  return out
}

test('without any data that was brought the terminal says so, and makes no database for it', async () => {
  expect(await said('data', 'rename', 'units', 'to', 'pieces')).toContain('You have brought no data yet.')
})

test('data that was imported is corrected in the terminal, and asked by its new words', {
  timeout: 120_000,
}, async () => {
  await said('import', csv, '--name', 'shop sales')
  expect(await said('data', 'uploads')).toContain('shop sales')
  expect(await said('data', 'rename', 'units', 'to', 'pieces')).toContain('pieces')
  await said('data', 'measure', 'pieces', 'average', '--domain', 'shop_sales')
  await said('data', 'hide', 'region')
  const asked = JSON.parse(await said('ask', 'pieces', '--domain', 'shop_sales', '--json'))
  expect(asked).toMatchObject({
    status: 'answered',
    rows: [{ units: 2.2 }],
    receipt: { measures: [{ label: 'pieces' }] },
  })
  expect(JSON.parse(await said('ask', 'pieces by region', '--domain', 'shop_sales', '--json')).status).toBe('clarify')
})
