import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restrictParts } from '#src/access/restrict.ts'
import type { Rights } from '#src/access/rights.ts'
import { readConfig } from '#src/config.ts'
import { type Domain, openDomain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { kpiNames, supportKpis } from '#src/kpis/support/catalogue.ts'
import { askSupportKpi, isSupportKpi, type KpiInWords, supportEntries } from '#src/kpis/support/in-chat.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import { modelPath, openDatabase } from '#src/open.ts'
import { ensureSupportSample } from '#src/sample/support.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import { createThreads } from '#src/threads.ts'
import { classifyByWords, filtersIn } from './logs.ts'

const effects = fixedEffects()
let domain: Domain
const home = mkdtempSync(join(tmpdir(), 'support-chat-'))
beforeAll(async () => {
  const path = join(home, 'support.duckdb')
  await ensureSupportSample({ path, settings: { numInteractions: 1500, numLandscapeInteractions: 700 } })
  const ground = await openDatabase({ path, config: readConfig({ CHARTROOM_HOME: home }) }, effects)
  domain = openDomain({ ...ground, model: completeModel(await readModel(modelPath('support'))), source: 'a test' })
})
afterAll(async () => {
  await domain.close()
  rmSync(home, { recursive: true, force: true })
})

const asking = (narrow = (whole: Domain) => whole) => {
  const threads = createThreads()
  return (words: string, more: Partial<KpiInWords> = {}) =>
    askSupportKpi(
      {
        kpi: 'session-metrics',
        words,
        text: `kpi session metrics ${words}`,
        thread: 't',
        today: '2023-06-15',
        ...more,
      },
      { domain: narrow(domain), threads, classify: classifyByWords, maySeeUsers: false },
      effects,
    )
}

const may = { start_date: '2023-05-01', end_date: '2023-05-31' }

describe('a KPI of the logs, asked in words', () => {
  test('gives the numbers that its function gives, and says how to ask for exactly this again', async () => {
    const answer = await asking()('pool in May 2023')
    const log = { zone: domain.model.zone, run: domain.runOurs }
    const result = await runKpi('session-metrics', filtersIn('UTC', may), {
      ...{ log, classify: classifyByWords, maySeeUsers: false },
    })
    if (answer.status !== 'answered') throw new Error(answer.status)
    expect(answer.table.rows[0]?.[0]).toBe(result.sessions)
    expect(answer.receipt).toMatchObject({
      origin: 'certified',
      reading: 'Session metrics of the pool bot, May 2023',
      command: 'kpi session metrics pool from 2023-05-01 to 2023-05-31',
      sql: expect.stringContaining('interaction_log'),
      freshness: { dataUntil: '2023-06-30' },
    })
    expect(answer.receipt.sql).not.toContain('landscape_interaction_log')
    expect(answer.next[0]).toEqual({
      label: 'The same of the landscape bot',
      question: 'kpi session metrics landscape from 2023-05-01 to 2023-05-31',
    })
  })

  test('without a period is of last month, and an environment narrows it', async () => {
    const ask = asking()
    const all = await ask('pool')
    const some = await ask('pool production')
    if (all.status !== 'answered' || some.status !== 'answered') throw new Error(`${all.status} ${some.status}`)
    expect([all.receipt.period, some.receipt.reading]).toEqual([
      'May 2023',
      'Session metrics of the pool bot, May 2023, environment production',
    ])
  })

  test('without a bot asks back with two buttons, and remembers the bot for the conversation', async () => {
    const ask = asking()
    expect(await ask('in May 2023')).toMatchObject({
      status: 'clarify',
      message: 'Session metrics: of which bot?',
      choices: [
        { label: 'Pool', question: 'kpi session metrics pool in May 2023' },
        { label: 'Landscape', question: 'kpi session metrics landscape in May 2023' },
      ],
    })
    await ask('landscape in May 2023')
    expect(await ask('in April 2023', { kpi: 'volume' })).toMatchObject({
      receipt: { reading: 'Volume of the landscape bot, April 2023' },
    })
    expect((await ask('in April 2023', { thread: 'another' })).status).toBe('clarify')
  })

  test.each(['pool by week', 'pool with pumps', 'pool zebra'])('does not pass over words: %s', async words => {
    expect(await asking()(words)).toMatchObject({
      status: 'clarify',
      message: expect.stringMatching(/^Session metrics can be asked for one bot, one period and one environment/),
    })
  })

  test.each([
    'pool except production',
    'not pool',
    'pool staging and development',
    'pool in May 2023 vs April 2023',
    'pool in May 2023 compared to the month before',
  ])('does not pass over what it cannot do: %s', async words => {
    expect(await asking()(words)).toMatchObject({
      status: 'clarify',
      message: expect.stringMatching(/^Session metrics can be asked for one bot, one period and one environment/),
    })
  })

  test.each([
    ['pool from 2010 to 2023', /^Session metrics cannot be worked out for .*: it is longer than 5 years\.$/],
    ['pool last 10 years', /: it is longer than 5 years\.$/],
    ['pool from 2023-05-31 to 2023-05-01', /This period ends before it begins/],
    ['pool last 2 hours', /shortest period I can look at is a day/],
  ])('says what is wrong with a period: %s', async (words, why) => {
    expect(await asking()(words)).toMatchObject({ status: 'clarify', message: expect.stringMatching(why) })
  })

  test('of all time is of all days that the data has', async () => {
    expect(await asking()('pool all time')).toMatchObject({
      receipt: { command: 'kpi session metrics pool from 2023-01-02 to 2023-06-30' },
    })
  })

  test('with no messages in the period is empty', async () => {
    expect(await asking()('pool in May 2021')).toMatchObject({
      status: 'empty',
      message: 'Nothing was asked of the pool bot in May 2021.',
      choices: [{ label: 'The same over all data', question: 'kpi session metrics pool all time' }],
    })
  })

  test('offers the same KPI of the periods before, as far as there is data, and no splits that it does not have', async () => {
    const of = async (words: string) => {
      const answer = await asking()(words, { kpi: 'retention' })
      return answer.status === 'answered' ? answer.options : answer.status
    }
    expect(await of('pool production in May 2023')).toEqual({
      periods: [
        { label: 'May 2023', question: 'kpi retention pool production from 2023-05-01 to 2023-05-31' },
        { label: 'April 2023', question: 'kpi retention pool production from 2023-04-01 to 2023-04-30' },
        { label: 'March 2023', question: 'kpi retention pool production from 2023-03-01 to 2023-03-31' },
      ],
      splits: [],
      charts: [],
    })
    expect(await of('pool in February 2023')).toMatchObject({
      periods: [{ label: 'February 2023' }, { label: 'January 2023' }],
    })
  })

  test('names nobody to those who may not see it', async () => {
    const answer = await asking()('pool in May 2023', { kpi: 'returning-users' })
    expect(JSON.stringify(answer)).not.toMatch(/U-\d/)
  })

  test('is refused where the columns that it counts by are hidden', async () => {
    const hiding = (whole: Domain): Domain => {
      const table = whole.model.tables.interaction_log
      const { user_id: _, ...columns } = table?.columns ?? {}
      const tables = { ...whole.model.tables, interaction_log: { ...table, columns } as NonNullable<typeof table> }
      return { ...whole, model: { ...whole.model, tables } }
    }
    expect(await asking(hiding)('pool in May 2023')).toMatchObject({ status: 'refused', code: 'access/kpi' })
  })

  test.each(['input', 'user_feedback', 'environment'])(
    'is refused, and does not fail, where the column %s of the log is hidden',
    async column => {
      const hide = { support: [`interaction_log.${column}`] }
      const rights: Rights = { role: 'few', level: 'viewer', kpis: {}, rows: {}, session: {}, hide }
      const hiding = (whole: Domain) => whole.as({ key: column, narrow: parts => restrictParts(parts, rights) })
      for (const kpi of ['session-metrics', 'pain-points'] as const)
        expect(await asking(hiding)('pool in May 2023', { kpi })).toMatchObject({ code: 'access/kpi' })
    },
  )
})

test('all nine stand in the catalogue, with words of their own', async () => {
  expect(supportEntries().map(({ name }) => name)).toEqual(kpiNames)
  expect([isSupportKpi('volume'), isSupportKpi('revenue'), isSupportKpi('toString')]).toEqual([true, false, false])
  for (const kpi of kpiNames) {
    const answer = await asking()('pool in May 2023', { kpi, text: supportKpis[kpi].title })
    expect([kpi, answer.status]).toEqual([kpi, 'answered'])
  }
})
