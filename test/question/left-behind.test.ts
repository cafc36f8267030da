import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import type { Domain, Knowledge } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { openGiven } from '#src/open.ts'
import { contenders, read } from '#src/question/read.ts'
import { restate } from '#src/question/restate.ts'
import { makeFiles } from '#test/ingest/made-files.ts'

/** Words of the data that a query does not use, and other words for what it does. */
const day = (i: number) => `2023-0${1 + (i % 6)}-${10 + (i % 15)}`
const rows = (header: string, n: number, line: (i: number) => string) =>
  [header, ...Array.from({ length: n }, (_, i) => line(i))].join('\n')

const tables: Record<string, Record<string, string>> = {
  league: {
    'players.csv': rows('player_id,position,weekly_wage', 20, i => `P${i},p${i % 3},${900 + i}`),
    'injuries.csv': rows('injury_id,player_id,injured_on,injury_type', 30, i => `I${i},P${i % 20},${day(i)},t${i % 3}`),
  },
  phones: {
    'subscribers.csv': rows(
      'subscriber_id,region,activated_on,deactivated_on',
      20,
      i => `S${i},r${i % 3},${day(i)},${i % 2 ? day(i + 1) : ''}`,
    ),
    'calls.csv': rows(
      'call_id,subscriber_id,call_date,call_type,duration_seconds',
      60,
      i => `C${i},S${i % 20},${day(i)},t${i % 2},${30 + i}`,
    ),
  },
  fleet: {
    'vehicles.csv': rows('vehicle_id,make', 20, i => `V${i},m${i % 3}`),
    'rentals.csv': rows('rental_id,vehicle_id,pickup_date,days', 40, i => `R${i},V${i % 20},${day(i)},${1 + (i % 9)}`),
    'fuel_purchases.csv': rows('fuel_id,vehicle_id,filled_on,cost', 40, i => `F${i},V${i % 20},${day(i)},${30 + i}.5`),
  },
  repos: {
    'repos.csv': rows('repo_id,language', 20, i => `R${i},l${i % 3}`),
    'issues.csv': rows(
      'issue_id,repo_id,issue_type,opened_at,closed_at',
      60,
      i => `I${i},R${i % 20},${['bug', 'chore'][i % 2]},${day(i)},${i % 3 ? day(i + 2) : ''}`,
    ),
  },
  clinic: {
    'doctors.csv': rows('doctor_id,specialty,hired_on', 20, i => `D${i},s${i % 3},${day(i)}`),
    'members.csv': rows('member_id,joined_on,status', 20, i => `M${i},${day(i)},${['active', 'cancelled'][i % 2]}`),
    'visits.csv': rows(
      'visit_id,doctor_id,member_id,visit_date,hours,kind,interest_rate',
      60,
      i => `A${i},D${i % 20},M${i % 20},${day(i)},${1 + (i % 3)},${['check-up', 'x-ray'][i % 2]},0.0${1 + (i % 8)}`,
    ),
  },
  bistro: {
    'menu_items.csv': rows('menu_item_id,item_name,price', 20, i => `D${i},Dish ${i},${5 + i}`),
    'checks.csv': rows('check_id,opened_at', 40, i => `K${i},${day(i)}`),
    'check_items.csv': rows(
      'line_id,check_id,menu_item_id,quantity',
      90,
      i => `L${i},K${i % 40},D${i % 20},${1 + (i % 3)}`,
    ),
  },
}

const opened: Record<string, { domain: Domain; knowledge: Knowledge }> = {}
beforeAll(async () => {
  const property = fileURLToPath(new URL('../fixtures/tables/property', import.meta.url))
  const folders = Object.entries(tables).map(([name, files]) => ({ name, ...makeFiles(files) }))
  for (const { name, folder, home } of [...folders, { name: 'property', ...makeFiles({}), folder: property }]) {
    const domain = await openGiven({ data: folder }, { config: readConfig({ CHARTROOM_HOME: home }) }, realEffects)
    opened[name] = { domain, knowledge: await domain.knowledge() }
  }
})
afterAll(async () => {
  for (const { domain } of Object.values(opened)) await domain.close()
})

const outcome = (name: string, text: string): string => {
  const it = opened[name]
  if (!it) throw new Error(`no ${name}`)
  const { domain, knowledge } = it
  const reading = read(text, {
    model: domain.model,
    lexicon: knowledge.lexicon,
    range: knowledge.range,
    today: '2024-06-15',
  })
  if (reading.unused.length > 0) return `asks about ${reading.unused.join(', ')}`
  const [query, ...others] = contenders(reading.candidates)
  if (!query) return `asks: ${reading.gaps[0]?.gap ?? reading.problems[0]?.code}`
  return [query, ...others].map(q => restate(q, domain.model)).join(' | ')
}

describe('a word that the query does not use', () => {
  test.each([
    ['league', 'injured players', 'asks about injured'],
    ['phones', 'call minutes by region', 'asks about minutes'],
    ['fleet', 'how much did rentals cost', 'asks about rentals'],
    ['fleet', 'rental costs by make', 'asks about rental'],
    ['bistro', 'how many dishes sold in 2023', 'asks about sold'],
    ['phones', 'subscribers by type', 'asks about type'],
    ['clinic', 'cancelled doctors', 'asks about cancelled'],
    ['property', 'how much property tax did we pay', 'asks about tax'],
    ['property', 'how many employees do we have', 'asks about employees'],
    ['property', 'which tenant pays the highest rent', 'asks about pays'],
  ])('of %s is asked about: %s', (name, text, want) => {
    expect(outcome(name, text)).toBe(want)
  })
})

describe('other words', () => {
  test.each([
    ['league', 'injuries by type', 'Injuries by injury type'],
    ['phones', 'total talk time by type', 'Total duration by call type'],
    ['phones', 'how many customers left in 2023', 'Subscribers, deactivated on 2023'],
    ['phones', 'churned subscribers by region', 'Subscribers by region, deactivated'],
    ['phones', 'deactivations by region', 'Subscribers by region, by deactivated on, deactivated'],
    ['fleet', 'how much did we spend on fuel in 2023', 'Cost, 2023'],
    ['repos', 'how many bugs are open', 'Issues, issue type bug, open'],
    ['repos', 'how many bugs did we open in 2023', 'Issues, 2023, issue type bug'],
    ['clinic', 'doctor visits in 2023', 'Visits, 2023'],
    ['clinic', 'member visits by specialty', 'Visits by specialty'],
    ['clinic', 'how many doctors saw x-rays in 2023', 'Doctors, visit date 2023, kind x-ray'],
    ['clinic', 'how much interest did we earn', 'asks: measure'],
    ['property', 'how much have we spent on repairs', 'Cost'],
    ['property', 'which city brings in the most rent', 'Top 1 by city: amount Paid'],
    ['property', 'how much rent was paid in March 2024', 'Amount Paid, paid Date March 2024'],
    ['property', 'rent by city', 'List Rent by city | Monthly rent by city'],
    ['property', 'how many repair requests were caused by the tenant', 'Maintenance requests, tenant caused'],
  ])('in %s: %s', (name, text, want) => {
    expect(outcome(name, text)).toBe(want)
  })
})
