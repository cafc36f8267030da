import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import { type Ask, createAsk } from '#src/ask.ts'
import { createForAudience } from '#src/audience.ts'
import { fixedEffects } from '#src/effects.ts'
import { createKeeping, storedKept } from '#src/keeping.ts'
import { createRouted } from '#src/route.ts'
import { storedAnswers } from '#src/store/answers.ts'
import type { Database } from '#src/store/database.ts'
import { storedFeedback } from '#src/store/feedback.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { scriptedUseCases } from '#test/fakes/use-cases.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from './store/database.ts'

const shop = worldOf('shop', shopTables)

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'ANN', place: 'C1' }
const bob: Asker = { ...ann, user: 'BOB' }

/** The whole of it as the program puts it together, in a channel. Ann is the admin. */
const channel = () => {
  const effects = fixedEffects('2023-04-04T10:00:00Z')
  const threads = createThreads()
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const domains = async () => [{ name: 'tiny', label: 'Tiny' }]
  const { find, said, verified, remembering, useCases } = createKeeping(
    storedKept(database, effects),
    {
      ...{ find: async () => shop.domain, domains, threads, warn },
      mayManage: ({ asker }) => asker?.user === ann.user,
      isOwner: async () => false,
    },
    effects,
  )
  const core = createAsk({ domain: find, threads, said, warn, effects })
  const routed = createRouted(verified(core), { domains, threads, said, warn })
  const ask: Ask = remembering(createForAudience(routed, { seesMore: () => false }))
  const answers = storedAnswers(database, {}, effects)
  let count = 0
  return {
    feedback: storedFeedback(database, effects),
    say: async (text: string, asker: Asker, thread = 'c'): Promise<Answer> => {
      const turn = { thread, asker, audience: 'place' as const, today: '2023-04-04' }
      const all = { ...scriptedUseCases().useCases, ...useCases, ask }
      const answer = await runCommand({ command: parseCommand(text), ...turn }, all, effects)
      const kept = { ...answer, id: `00000000-0000-0000-0000-00000000000${++count}` }
      effects.advance(1)
      const { platform, tenant, user } = asker
      await answers.put({ answer: kept, owner: { platform, tenant, user }, thread })
      return kept
    },
  }
}

const clickOn = (answer: Answer, label: RegExp): string => {
  const choices = 'choices' in answer ? answer.choices : answer.next
  const found = choices.find(choice => label.test(choice.label))
  if (!found) throw new Error(`${label} is not among ${choices.map(choice => choice.label)}`)
  return found.question
}

test('from a wrong answer to a word that everybody may use and an answer that is verified, by commands and clicks alone', async () => {
  const { say, feedback } = channel()
  const wrong = await say('revenue by gizmo', bob)
  expect(wrong.status).toBe('clarify')
  await feedback({ answerId: wrong.id, verdict: 'down', reason: 'gizmos are products', by: bob })
  await say('revenue by product', bob)

  expect(await say('data review', bob)).toMatchObject({ status: 'refused', code: 'access/admins-only' })
  const list = await say('data review', ann, 'a')
  expect(list).toMatchObject({ onlyForAsker: true, items: [{ text: expect.stringContaining('gizmos are products') }] })
  const one = await say(list.status === 'told' ? (list.items[0]?.ask ?? '') : '', ann, 'a')
  expect(await say(clickOn(one, /“gizmo” means/), ann, 'a')).toMatchObject({ title: '“gizmo” now means product' })
  expect(await say('data review', ann, 'a')).toMatchObject({ title: 'Nothing is left to look at' })

  const right = await say('revenue by gizmo', bob, 'd')
  expect(right).toMatchObject({ status: 'answered', receipt: { reading: 'Revenue by product' } })
  expect(await say('data verify as Finance', bob, 'd')).toMatchObject({ code: 'access/admins-only' })
  const done = await say('data verify as Finance', ann, 'd')
  expect(done).toMatchObject({ title: 'Verified: revenue by gizmo', onlyForAsker: true })
  expect(await say('Revenue by gizmos!', bob, 'e')).toMatchObject({
    receipt: { verified: { by: 'Finance', at: '2023-04-04' } },
  })
  await say(clickOn(done, /Undo/), ann, 'd')
  expect(await say('revenue by gizmo', bob, 'f')).not.toMatchObject({ receipt: { verified: expect.anything() } })
})

test('where nothing is kept there is nothing to verify or review, and conversations are remembered all the same', async () => {
  const effects = fixedEffects()
  const plain = async () => shop.domain
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const { find, said, verified, remembering, useCases } = createKeeping(
    undefined,
    {
      ...{ find: plain, domains: async () => [], threads: createThreads(), warn },
      ...{ mayManage: () => true, isOwner: async () => true },
    },
    effects,
  )
  expect([find, useCases]).toEqual([plain, {}])
  const ask = remembering(verified(createAsk({ domain: find, threads: createThreads(), warn, effects })))
  await ask({ text: 'revenue by region', thread: 't', today: '2023-04-04' })
  expect(await said.of('t', { domain: 'tiny' })).toMatchObject([{ question: 'revenue by region' }])
})
