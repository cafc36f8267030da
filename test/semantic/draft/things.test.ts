import { describe, expect, it } from 'vitest'
import { baseOf, draftFor, draftTable, lines, offered } from './drafted.ts'

const people = (n: number) => lines('id,first_name,last_name,team', n, i => `${i},F${i},L${i},t${i % 3}`)
const day = (i: number) => `2024-01-${10 + (i % 15)}`

describe('other words for things', () => {
  it('calls employees people and staff, and their number headcount', async () => {
    const model = await draftTable('employees', people(12))
    expect(model.tables.employees?.synonyms).toEqual(expect.arrayContaining(['person', 'people', 'staff']))
    expect(model.measures.employees?.synonyms).toEqual(expect.arrayContaining(['headcount', 'people']))
    expect(model.tables.employees?.synonyms).not.toContain('headcount')
  })

  it('calls patients people but not staff, and routes neither', async () => {
    const { model } = await draftFor({ patients: people(12), routes: lines('route_id,mode', 9, i => `${i},m${i % 2}`) })
    expect(model.tables.patients?.synonyms).toContain('people')
    expect(model.tables.patients?.synonyms).not.toContain('staff')
    expect(model.tables.routes?.synonyms).not.toContain('people')
  })

  it('leaves a word to the table that is named so', async () => {
    const { model } = await draftFor({ employees: people(12), people: people(9) })
    expect(model.tables.employees?.synonyms).not.toContain('people')
    expect(model.tables.employees?.synonyms).toContain('staff')
  })

  it('calls accounts customers when they are companies', async () => {
    const accounts = lines('account_id,account_name,industry', 9, i => `A${i},Firm ${i},x${i % 3}`)
    const ledger = lines('account_id,account_name,side', 9, i => `A${i},Ledger ${i},x${i % 2}`)
    const firms = await draftTable('accounts', accounts)
    expect(firms.tables.accounts?.synonyms).toContain('customer')
    expect(firms.dimensions.industry?.synonyms).toContain('customer industry')
    expect((await draftTable('accounts', ledger)).tables.accounts?.synonyms).not.toContain('customer')
    const { model } = await draftFor({ accounts, customers: people(5) })
    expect(model.tables.accounts?.synonyms).not.toContain('customer')
  })
})

describe('words of a trade for things', () => {
  const requests = (column: string, value: string) =>
    lines(`request_id,${column},cost`, 12, i => `${i},${i % 2 ? value : `x${i % 3}`},${i}.5`)

  it('calls units apartments and maintenance requests repairs, whose cost is the repair cost', async () => {
    const units = await draftTable(
      'units',
      lines('unit_id,floor', 12, i => `U${i},${i % 3}`),
    )
    expect(units.measures.units?.synonyms).toEqual(expect.arrayContaining(['apartments', 'flats']))
    const { tables, measures } = await draftTable('maintenance_requests', requests('kind', 'roof'))
    expect(tables.maintenance_requests?.synonyms).toEqual(expect.arrayContaining(['repair', 'repair requests']))
    expect(measures.cost?.synonyms).toEqual(expect.arrayContaining(['maintenance request cost', 'repair cost']))
  })

  it('leaves a word to another table, to a column and to a value that is called so', async () => {
    const named = async (column: string, value: string, others = {}) =>
      (await draftFor({ maintenance_requests: requests(column, value), ...others })).model.tables.maintenance_requests
        ?.synonyms
    expect(await named('repair', 'roof')).not.toContain('repair')
    expect(await named('kind', 'Repair')).not.toContain('repair')
    const repairs = { repairs: lines('repair_id,day', 9, i => `${i},${day(i)}`) }
    expect(await named('kind', 'roof', repairs)).not.toContain('repair')
  })

  it('never calls a thing by its neighbour', async () => {
    const { customers } = (await draftTable('customers', people(12))).tables
    for (const other of ['supplier', 'employee', 'patient', 'student']) expect(customers?.synonyms).not.toContain(other)
  })
})

describe('weights', () => {
  it('of goods are added up, which is confessed; those of people are averaged', async () => {
    const parcels = await draftTable(
      'parcels',
      lines('parcel_id,weight_kg', 12, i => `${i},${i}.5`),
    )
    expect(baseOf(parcels.measures.weight_kg).aggregation).toBe('sum')
    expect(parcels.confessions.weight_kg).toBe(
      'Weight is taken for a quantity of each parcel, so it is added up; ask for the average to average it.',
    )
    const patients = await draftTable(
      'patients',
      lines('patient_id,weight_kg', 12, i => `${i},${60 + i}.5`),
    )
    expect(baseOf(patients.measures.weight_kg).aggregations).toEqual(['avg', 'min', 'max', 'median'])
  })
})

describe('words for amounts', () => {
  it('say what was done with them', async () => {
    const payments = await draftTable(
      'payments',
      lines('payment_id,paid_on,amount_usd,fee_usd', 12, i => `${i},${day(i)},${i}.5,${i}.1`),
    )
    expect(payments.measures.amount_usd?.synonyms).toContain('collected')
    expect(payments.measures.fee_usd?.synonyms).not.toContain('collected')
    const bills = await draftTable(
      'billing',
      lines('bill_no,billed_on,Amount Billed,Patient Paid', 12, i => `${i},${day(i)},$${i}.50,$${i}.10`),
    )
    expect(bills.measures.amount_billed?.synonyms).toContain('total billed')
    expect(bills.measures.patient_paid?.synonyms).not.toContain('total paid')
  })

  it('do not repeat themselves', async () => {
    const model = await draftTable(
      'loads',
      lines('load_id,freight_cost', 12, i => `${i},${i}.5`),
    )
    expect(model.measures.freight_cost?.synonyms).toContain('shipping cost')
    expect(model.measures.freight_cost?.synonyms).not.toContain('shipping cost cost')
  })
})

describe('the measure meant when none is named', () => {
  it('is the total of money in one currency, not the amounts of the larger table that mixes them', async () => {
    const { model } = await draftFor({
      invoices: lines(
        'invoice_id,issued_on,amount,currency',
        20,
        i => `${i},${day(i)},${i}.5,${['USD', 'EUR'][i % 2]}`,
      ),
      payments: lines('payment_id,invoice_id,paid_on,amount_usd', 15, i => `${i},${i},${day(i)},${i}.75`),
    })
    expect(model.defaultMeasure).toBe('amount_usd')
  })
})

describe('flags', () => {
  it('are called by what they say', async () => {
    const model = await draftTable(
      'routes',
      lines('route_id,is_active', 12, i => `${i},${i % 2 ? 'Y' : 'N'}`),
    )
    expect(model.dimensions.is_active).toMatchObject({ label: 'Active', type: 'boolean' })
    expect(model.dimensions.is_active?.synonyms).toContain('is active')
    expect(model.filters.active?.filters).toEqual([{ op: 'in', dimension: 'is_active', values: [true] }])
  })
})

describe('a column that surely refers to a table with names', () => {
  it('is not offered beside the name', async () => {
    const { model } = await draftFor({
      departments: 'code,name\nENG,Engineering\nSAL,Sales\nSUP,Support\n',
      employees: lines('employee_id,department,grade', 18, i => `${i},${['ENG', 'SAL', 'SUP'][i % 3]},g${i % 2}`),
    })
    expect(model.joins.map(j => `${j.from}.${j.fromColumns} → ${j.to}.${j.toColumns}`)).toEqual([
      'employees.department → departments.code',
    ])
    expect(offered(model).filter(d => d.includes('department'))).toEqual(['department'])
    expect(model.dimensions.department).toMatchObject({ table: 'departments', expression: { name: 'name' } })
  })

  it('stays where some of its values are unknown', async () => {
    const { model } = await draftFor({
      departments: lines('code,name', 19, i => `D${i},Name ${i}`),
      employees: lines('employee_id,department,grade', 60, i => `${i},D${1 + (i % 20)},g${i % 2}`),
    })
    expect(model.joins).toHaveLength(1)
    expect(offered(model).map(d => model.dimensions[d]?.label)).toEqual([
      'Department',
      'Employee',
      'Employee department',
      'Grade',
    ])
  })
})
