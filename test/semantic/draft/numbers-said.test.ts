import { describe, expect, it } from 'vitest'
import { draftFor, draftTable, lines } from './drafted.ts'

const n = 40
const day = (i: number) => `2024-03-${String((i % 28) + 1).padStart(2, '0')}`
type Drafted = Awaited<ReturnType<typeof draftTable>>

/** Phrases that mean the number of a column, besides its label. */
const saidOf = (model: Drafted, column: string): string[] =>
  Object.values(model.measures).find(
    m => m.kind === 'base' && m.expression?.kind === 'name' && m.expression.name === column,
  )?.synonyms ?? []

describe('what a number is called for what its rows are', () => {
  it.each([
    ['calls', 'duration_seconds', 'talk time'],
    ['outages', 'duration_minutes', 'downtime'],
    ['loans', 'outstanding_balance', 'debt'],
    ['claims', 'claim_amount', 'losses'],
    ['claims', 'amount_paid', 'payouts'],
    ['policies', 'sum_insured', 'coverage'],
    ['fields', 'area_ha', 'acreage'],
    ['donations', 'amount', 'gift size'],
  ])('of %s, %s is %s', async (table, column, said) => {
    const model = await draftTable(
      table,
      lines(`row_id,day,${column}`, n, i => `${i},${day(i)},${40 + i}.5`),
    )
    expect(saidOf(model, column)).toContain(said)
  })

  it('is not lent from one column to its neighbour: what was claimed is not what was paid', async () => {
    const model = await draftTable(
      'claims',
      lines('claim_id,claim_date,claim_amount,amount_paid', n, i => `${i},${day(i)},${90 + i},${40 + i}`),
    )
    expect(saidOf(model, 'claim_amount')).not.toContain('payouts')
    expect(saidOf(model, 'amount_paid')).not.toContain('losses')
    const plain = await draftTable(
      'trips',
      lines('trip_id,day,duration_minutes', n, i => `${i},${day(i)},${40 + i}`),
    )
    expect(saidOf(plain, 'duration_minutes')).not.toContain('downtime')
  })

  it('has what the rows are about before it: the fuel cost of fuel purchases', async () => {
    const fuel = lines('fuel_id,filled_on,cost', n, i => `${i},${day(i)},${40 + i}.5`)
    const said = saidOf(await draftTable('fuel_purchases', fuel), 'cost')
    expect(said).toEqual(expect.arrayContaining(['fuel cost', 'fuel spend', 'spent on fuel']))
  })

  it('leaves what another table is called to that table: no loan payment has a loan amount', async () => {
    const { model } = await draftFor({
      loans: lines('loan_id,issued_on,purpose', 20, i => `${i},${day(i)},p${i % 3}`),
      loan_payments: lines('payment_id,loan_id,paid_on,amount', n, i => `${i},${1 + (i % 20)},${day(i)},${40 + i}`),
    })
    expect(saidOf(model, 'amount')).not.toContain('loan amount')
  })
})

describe('costs', () => {
  it('are what was spent, unless another column is called so', async () => {
    const jobs = (columns: string) =>
      draftTable(
        'jobs',
        lines(`job_id,day,${columns}`, n, i => `${i},${day(i)},${40 + i}.5,${20 + i}.5`),
      )
    expect(saidOf(await jobs('cost,hours'), 'cost')).toEqual(expect.arrayContaining(['spend', 'spending', 'expense']))
    expect(saidOf(await jobs('cost,spend'), 'cost')).not.toContain('spend')
  })

  it('are no other word for the rows of expenses', async () => {
    const expenses = await draftTable(
      'expenses',
      lines('expense_id,spent_on,vendor,amount', n, i => `${i},${day(i)},v${i % 3},${40 + i}`),
    )
    expect(expenses.tables.expenses?.synonyms).not.toContain('costs')
    expect(saidOf(expenses, 'amount')).toEqual(expect.arrayContaining(['costs', 'expenses', 'spending']))
  })
})

describe('days', () => {
  it('of an end are when somebody left or churned; nobody left by the day of a birthday', async () => {
    const employees = await draftTable(
      'employees',
      lines('employee_id,hire_date,termination_date', n, i => `${i},${day(i)},${i % 2 ? day(i + 1) : ''}`),
    )
    expect(employees.dimensions.termination_date?.synonyms).toEqual(expect.arrayContaining(['left', 'leaver']))
    expect(employees.dimensions.hire_date?.synonyms).toEqual(expect.arrayContaining(['joined', 'new hire']))
    expect(employees.filters.terminated?.synonyms).toContain('left')
  })

  it('of closing, where some have none, tell what is open; not where a status does', async () => {
    const issues = (status: string) =>
      draftTable(
        'issues',
        lines(
          'issue_id,opened_at,closed_at,state',
          n,
          i => `${i},${day(i)},${i % 3 ? day(i + 1) : ''},${i % 3 ? 'x' : status}`,
        ),
      )
    expect((await issues('y')).filters.open?.filters).toEqual([{ op: 'is_null', dimension: 'closed_at' }])
    expect((await issues('Open')).filters.open).toBeUndefined()
  })
})

describe('a word that two tables would claim', () => {
  it('is said of neither', async () => {
    const { model } = await draftFor({
      projects: lines('project_id,day', 20, i => `${i},${day(i)}`),
      work_orders: lines('order_id,project_id,day', n, i => `${i},${1 + (i % 20)},${day(i)}`),
    })
    expect(model.tables.projects?.synonyms).not.toContain('job')
    expect(model.tables.work_orders?.synonyms).not.toContain('job')
  })
})
