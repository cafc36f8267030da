import { describe, expect, it } from 'vitest'
import { baseOf, draftFor, draftTable, lines, offered } from './drafted.ts'

/** Numbers that do not repeat and are no sequence. */
const some = (i: number) => ((i * 7919) % 1000) / 10

describe('what a column of numbers is good for, by its name and values', () => {
  const cases: [header: string, value: (i: number) => string | number, aggregation: string, format: object][] = [
    ['Cost Total $', i => i * 3, 'sum', { kind: 'currency', currency: 'USD' }],
    ['US Gross', i => i * 1000, 'sum', { kind: 'currency' }],
    ['umsatz_eur', some, 'sum', { kind: 'currency', currency: 'EUR' }],
    ['unit_cost', some, 'avg', { kind: 'currency' }],
    ['salary', i => 30000 + i, 'avg', { kind: 'currency' }],
    ['list_price', some, 'avg', { kind: 'currency' }],
    ['qty', i => i, 'sum', { kind: 'integer' }],
    ['number_of_guests', i => i % 4, 'sum', { kind: 'integer' }],
    ['IMDB Votes', i => i * 50, 'sum', { kind: 'integer' }],
    ['conversion_rate', i => i / 100, 'avg', { kind: 'percent' }],
    ['growth_pct', i => i, 'avg', { kind: 'number', unit: '%' }],
    ['Miles_per_Gallon', some, 'avg', { kind: 'number' }],
    ['Rating', i => i % 5, 'avg', { kind: 'number' }],
    ['age', i => 20 + i, 'avg', { kind: 'number' }],
    ['temp_max', some, 'avg', { kind: 'number' }],
    ['Weight (kg)', some, 'avg', { kind: 'number', unit: 'kg' }],
    ['flipper_length_mm', some, 'avg', { kind: 'number', unit: 'mm' }],
    ['Speed IAS in knots', some, 'avg', { kind: 'number', unit: 'kn' }],
    ['delay', i => i - 10, 'avg', { kind: 'number' }],
    ['response_time_ms', some, 'avg', { kind: 'number', unit: 'ms' }],
    ['precipitation', some, 'sum', { kind: 'number' }],
    ['gold', i => (i % 9 === 0 ? 2 : 0), 'sum', { kind: 'integer' }],
    ['blorp', some, 'avg', { kind: 'number' }],
  ]
  for (const [header, value, aggregation, format] of cases) {
    it(`${header}: ${aggregation}`, async () => {
      const model = await draftTable(
        'things',
        lines(`"${header}",kind`, 30, i => `${value(i)},k${i % 3}`),
      )
      const measure = baseOf(Object.values(model.measures).find(m => m.kind === 'base' && m.expression))
      expect({ aggregation: measure.aggregation, format: measure.format }).toEqual({ aggregation, format })
    })
  }

  const nothing: [header: string, value: (i: number) => string | number][] = [
    ['customer_id', i => i % 7],
    ['invoice_no', i => 1000 + i],
    ['year', i => 1990 + (i % 5)],
    ['season', i => 1990 + (i % 5)],
    ['month', i => 1 + (i % 12)],
    ['zip', i => 10000 + i],
    ['latitude', i => 50 + i / 10],
    ['sex', i => 1 + (i % 2)],
    ['active', i => i % 2],
  ]
  for (const [header, value] of nothing) {
    it(`${header}: neither summed nor averaged`, async () => {
      const model = await draftTable(
        'things',
        lines(`kind,${header}`, 30, i => `k${i % 3},${value(i)}`),
      )
      const sums = Object.values(model.measures).filter(
        m => m.kind === 'base' && !['count', 'count_distinct'].includes(m.aggregation),
      )
      expect(sums).toEqual([])
    })
  }

  it('does not offer a sum where it makes no sense, and offers it where it may', async () => {
    const model = await draftTable(
      'trips',
      lines('temperature,delay,price,blorp', 30, i => `${some(i)},${i},${some(i + 3)},${some(i + 9)}`),
    )
    expect(baseOf(model.measures.temperature).aggregations).not.toContain('sum')
    expect(baseOf(model.measures.price).aggregations).not.toContain('sum')
    expect(baseOf(model.measures.delay).aggregations).toContain('sum')
    expect(model.confessions.blorp).toContain('it is averaged')
  })

  it('averages levels that each day has anew', async () => {
    const model = await draftTable(
      'stores',
      lines(
        'day,store,stock',
        20,
        i => `2020-01-${String(Math.ceil(i / 2)).padStart(2, '0')},${i % 2 ? 'A' : 'B'},${i * 5}`,
      ),
    )
    expect(model.tables.stores?.primaryKey).toEqual(['day', 'store'])
    expect(baseOf(model.measures.stock).aggregation).toBe('avg')
    expect(model.confessions.stock).toContain('is a level')
  })

  it('compares numbers without offering to split by them', async () => {
    const model = await draftTable(
      'films',
      lines('title,rating', 12, i => `Film ${i},${some(i)}`),
    )
    expect(model.dimensions.rating_value).toMatchObject({ comparable: true, hidden: true, type: 'number' })
    expect(offered(model)).toEqual(['film'])
  })
})

describe('texts', () => {
  it('hides what is read and not grouped by, and offers the rest', async () => {
    const model = await draftTable(
      'tickets',
      lines(
        'status,description,homepage,channel',
        20,
        i => `s${i % 3},"A long story number ${i} about what went wrong",https://example.com/${i},c${i % 2}`,
      ),
    )
    expect(offered(model)).toEqual(['status', 'channel'])
  })

  it('hides e-mail and IP addresses whatever their header', async () => {
    const model = await draftTable(
      'events',
      lines('who,source,kind', 20, i => `user${i}@example.com,10.0.0.${i},k${i % 3}`),
    )
    expect(
      Object.values(model.dimensions)
        .filter(d => d.personal)
        .map(d => d.name),
    ).toEqual(['who', 'source'])
  })

  it('takes a name for personal in a table of people only', async () => {
    const athletes = await draftTable(
      'athletes',
      lines('id,name,sport', 12, i => `${i},Person ${i},s${i % 3}`),
    )
    expect(athletes.dimensions.name?.personal).toBe(true)
    expect(athletes.tables.athletes?.display).toBe('id')
    const films = await draftTable(
      'films',
      lines('id,name,genre', 12, i => `${i},Film ${i},g${i % 3}`),
    )
    expect(films.dimensions.film).toMatchObject({ personal: false, label: 'Film' })
  })

  it('sees people by two signs when the table does not say so', async () => {
    const model = await draftTable(
      'export',
      lines('name,gender,email', 12, i => `N ${i},${i % 2 ? 'f' : 'm'},a${i}@b.org`),
    )
    expect(model.dimensions.name?.personal).toBe(true)
  })

  it('counts customers where there is no table of them', async () => {
    const model = await draftTable(
      'orders',
      lines('order_id,customer_id,status', 20, i => `${i},${i % 6},s${i % 3}`),
    )
    expect(baseOf(model.measures.customers)).toMatchObject({ aggregation: 'count_distinct', label: 'Customers' })
  })

  it('knows the names of states behind their codes, and no code that is a word', async () => {
    const codes = await draftTable(
      'shops',
      lines('shop,state', 12, i => `S${i},${['TX', 'NY', 'OR'][i % 3]}`),
    )
    expect(codes.dimensions.state).toMatchObject({
      geo: 'us-state',
      valueSynonyms: { TX: ['Texas'], NY: ['New York'], OR: ['Oregon'] },
    })
    const names = await draftTable(
      'shops',
      lines('shop,state', 12, i => `S${i},${['Texas', 'New York', 'Oregon'][i % 3]}`),
    )
    expect(names.dimensions.state?.valueSynonyms).toEqual({ Texas: ['TX'], 'New York': ['NY'] })
  })
})

describe('words for columns', () => {
  const synonyms = async (header: string, value: (i: number) => string) => {
    const model = await draftTable(
      'strikes',
      lines(`"${header}",other`, 12, i => `${value(i)},o${i % 3}`),
    )
    const found = [...Object.values(model.measures), ...Object.values(model.dimensions)].find(
      x => x.label !== 'Strikes' && x.label !== 'Other',
    )
    return found?.synonyms ?? []
  }
  it('turns a name round', async () => {
    expect(await synonyms('temp_max', i => String(some(i)))).toEqual(
      expect.arrayContaining(['max temp', 'max temperature', 'maximum temperature']),
    )
    expect(await synonyms('Cost Repair', i => String(i * 2))).toEqual(expect.arrayContaining(['repair cost', 'cost']))
    expect(await synonyms('Phase of flight', i => `p${i % 3}`)).toEqual(
      expect.arrayContaining(['flight phase', 'phase']),
    )
  })
  it('does not call a part of the sales the revenue', async () => {
    expect(await synonyms('US DVD Sales', i => String(i * 1000))).not.toContain('revenue')
  })
  it('knows what happened on a date', async () => {
    expect(await synonyms('Release Date', i => `2020-01-${10 + i}`)).toContain('released')
  })
})

describe('names of tables', () => {
  it('takes noise off, splits compounds, and counts what has no plural as rows', async () => {
    const { model } = await draftFor({
      'flights-10k': 'a,b\nx,1\ny,2\n',
      dim_customer: 'a,b\nx,1\ny,2\n',
      birdstrikes: 'a,b\nx,1\ny,2\n',
      'city-weather': 'a,b\nx,1\ny,2\n',
    })
    expect(Object.values(model.tables).map(t => t.label)).toEqual(['birdstrike', 'city weather', 'customer', 'flight'])
    expect(model.tables.birdstrikes?.synonyms).toContain('bird strike')
    expect(model.measures.city_weather_rows?.label).toBe('City weather rows')
  })

  it('knows that a row is a day', async () => {
    const model = await draftTable(
      'weather',
      lines('date,rain', 28, i => `2020-02-${String(i).padStart(2, '0')},${some(i)}`),
    )
    expect(model.tables.weather?.synonyms).toContain('day')
    expect(model.tables.weather?.primaryKey).toEqual(['date'])
  })

  it('shows prices of stocks by their symbol', async () => {
    const model = await draftTable(
      'stocks',
      lines(
        'symbol,date,price',
        20,
        i => `${i % 2 ? 'AAPL' : 'MSFT'},2020-01-${String(Math.ceil(i / 2)).padStart(2, '0')},${some(i)}`,
      ),
    )
    expect(model.tables.stocks).toMatchObject({ primaryKey: ['symbol', 'date'], display: 'symbol', time: 'date' })
    expect(model.confessions.stocks).toBe('Stocks counts rows; there are only 2 different ones by symbol.')
  })

  it('gives no dimension a name that is a grain, nor one that a measure has', async () => {
    const model = await draftTable(
      'plans',
      lines('year,time,plans', 12, i => `${2000 + (i % 3)},t${i % 2},${some(i)}`),
    )
    const names = [...Object.keys(model.dimensions), ...Object.keys(model.measures)]
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(['plan_year', 'plan_time']))
  })

  it('warns of rows that sum up others', async () => {
    const model = await draftTable(
      'disasters',
      lines(
        'entity,year,deaths',
        12,
        i => `${['All disasters', 'Flood', 'Storm'][i % 3]},${2000 + Math.ceil(i / 3)},${i * 7}`,
      ),
    )
    expect(model.confessions.deaths).toBe(
      '“All disasters” in entity looks like a sum of other rows; a total over all rows counts these twice.',
    )
  })
})
