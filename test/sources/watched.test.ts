import { expect, test } from 'vitest'
import type { Domain } from '#src/domain.ts'
import { watched } from '#src/sources/watched.ts'
import { given, queryOf, wines } from './world.ts'

test('a domain is in use while anything of it runs, also as somebody else sees it, and closing it closes nothing', async () => {
  const yaml = 'sources: { cellar: { path: wines.csv } }\ndomains: { wine: { source: cellar } }'
  const { sources } = await given({ 'chartroom.yaml': yaml, 'wines.csv': wines })
  const domain = await sources.open()
  let [uses, begun] = [0, 0]
  const seen = watched(domain, () => {
    uses += 1
    begun += 1
    return () => {
      uses -= 1
    }
  })
  const narrowed = seen.as({ key: 'x', narrow: parts => parts })
  const works: ((of: Domain) => Promise<unknown>)[] = [
    of => of.knowledge(),
    of => of.run(queryOf(of, 'wines')),
    of => of.runText('SELECT count(*) FROM wines'),
    of => of.version(),
    of => of.rowCount('wines'),
  ]
  for (const of of [seen, narrowed]) {
    for (const work of works) {
      const running = work(of)
      expect(uses).toBe(1)
      await running
      expect(uses).toBe(0)
    }
  }
  expect(begun).toBe(10)
  await expect(seen.rowCount('nothing')).rejects.toThrow()
  expect(uses).toBe(0)
  await narrowed.close()
  await seen.close()
  expect(await domain.rowCount('wines')).toBe(3)
})
