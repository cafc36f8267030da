import { expect, test } from 'vitest'
import type { Who } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { createOffered } from '#src/offered.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { answered, told } from './fakes/answers.ts'
import { query, shopTables, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

/** The shop, in which only one dimension is left for whoever reads with everybody. */
const looking = () => {
  const asked: Who[] = []
  const find = async (_: string | undefined, who: Who): Promise<Domain> => {
    asked.push(who)
    const { domain } = shop
    const left = Object.entries(domain.model.dimensions).filter(([name]) => name === 'region')
    return who.audience === 'place'
      ? { ...domain, model: { ...domain.model, dimensions: Object.fromEntries(left) } }
      : domain
  }
  return { find, asked }
}

const guest: Asker = { platform: 'slack', tenant: 'T1', user: 'U1', place: 'C1', standing: 'guest', groups: ['S1'] }
const answer = answered({ query: query({ measures: [{ measure: 'orders' }] }) })
const splitsOf = (given: Awaited<ReturnType<ReturnType<typeof createOffered>>>) =>
  given.status === 'answered' ? given.options?.splits.flatMap(({ query: q }) => q?.splits ?? []) : undefined

test('menus under an answer that everybody reads name only what everybody may see', async () => {
  const { find, asked } = looking()
  const ask = createOffered(async () => answer, { find })
  const splits = splitsOf(await ask({ text: '', asker: guest, audience: 'place' }))
  expect(splits?.filter(split => 'dimension' in split)).toEqual([{ dimension: 'region' }])
  expect(asked).toEqual([{ asker: guest, audience: 'place' }])
})

test('menus under an answer for the asker alone are theirs, with all that is known of them', async () => {
  const { find, asked } = looking()
  const ask = createOffered(async () => ({ ...answer, onlyForAsker: true }), { find })
  const splits = splitsOf(await ask({ text: '', asker: guest, audience: 'place' }))
  expect(splits?.length).toBeGreaterThan(1)
  expect(asked).toEqual([{ asker: guest, audience: 'asker' }])
})

test('what has no rows has no menus, and nothing is looked up for it', async () => {
  const { find, asked } = looking()
  const words = told({ id: 't' })
  expect(await createOffered(async () => words, { find })({ text: 'help' })).toBe(words)
  expect(asked).toEqual([])
})
