import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPlan } from '#src/sources/read-plan.ts'
import { folderWith } from './written-files.ts'

const environment = { WAREHOUSE_URL: 'postgres://reader:p%40ss@db.example.com/shop', PASSWORD: 'a:b@c/d', EMPTY: ' ' }

const read = (text: string | Uint8Array, more: Record<string, string> = {}) =>
  readPlan({ path: join(folderWith({ 'chartroom.yaml': text, ...more }), 'chartroom.yaml'), environment })

const plan = async (text: string, more: Record<string, string> = {}) => {
  const found = await read(text, more)
  if ('problems' in found) throw new Error(found.problems.join('\n'))
  return found.plan
}

const problems = async (text: string | Uint8Array, more: Record<string, string> = {}) => {
  const found = await read(text, more)
  return 'problems' in found ? found.problems : []
}

const model =
  'domain: m\ntables:\n  t: { columns: { a: text } }\nmeasures:\n  n: { table: t, count: a, description: How many }\n'

describe('chartroom.yaml', () => {
  test('names sources and domains; paths count from the file, references from the environment', async () => {
    const found = await plan(
      `default: sales
sources:
  shop: { sample: ecommerce }
  files: { path: ./data/wines }
  warehouse: { postgres: \${WAREHOUSE_URL}, schemas: [sales, public], without: [stg_*] }
domains:
  wines: { source: files }
  sales: { source: warehouse, model: models/sales.yaml, label: Sales }
  shop: { source: shop }
`,
      { 'models/sales.yaml': model },
    )
    expect(found.default).toBe('sales')
    expect(found.sources.get('shop')).toEqual({ kind: 'sample', sample: 'ecommerce' })
    expect(found.sources.get('files')).toEqual({ kind: 'files', path: expect.stringMatching(/\/data\/wines$/) })
    expect(found.sources.get('warehouse')).toEqual({
      kind: 'postgres',
      url: environment.WAREHOUSE_URL,
      schemas: ['sales', 'public'],
      tables: undefined,
      without: ['stg_*'],
    })
    expect([...found.domains.keys()]).toEqual(['wines', 'sales', 'shop'])
    expect(found.domains.get('sales')).toMatchObject({ label: 'Sales', model: { domain: 'm' } })
    expect(found.domains.get('shop')?.model?.domain).toBe('ecommerce')
    expect(found.domains.get('wines')?.model).toBeUndefined()
    expect(found.settings).toEqual({ roles: { default: 'analyst', guests: 'refused', external: 'refused' }, rooms: {} })
  })

  test('takes the first domain when none is said to be the default one', async () => {
    expect((await plan('sources: { a: { path: x } }\ndomains: { b: { source: a }, c: { source: a } }')).default).toBe(
      'b',
    )
  })

  test('encodes a password that is put into an address, and leaves the rest of it as it is', async () => {
    const { sources } = await plan(
      `sources: { a: { postgres: "postgres://reader:\${PASSWORD}@db:5432/shop" } }\ndomains: { b: { source: a } }`,
    )
    expect(sources.get('a')).toMatchObject({ url: 'postgres://reader:a%3Ab%40c%2Fd@db:5432/shop' })
  })

  test('is read with a byte order mark and the lines of Windows', async () => {
    expect((await plan('\uFEFFsources:\r\n  a: { path: x }\r\ndomains:\r\n  b: { source: a }\r\n')).default).toBe('b')
  })

  test('has its roles and rooms in the shapes of those', async () => {
    const { settings } = await plan(
      `sources: { a: { path: x } }
domains: { b: { source: a } }
roles: { default: viewer, south: { base: viewer, people: ['slack:T1:U1'] } }
rooms: { 'slack:T1:C1': { domains: [b], audience: south } }`,
    )
    expect(settings.roles).toMatchObject({ default: 'viewer', south: { base: 'viewer', people: ['slack:T1:U1'] } })
    expect(settings.rooms).toEqual({ 'slack:T1:C1': { domains: ['b'], audience: 'south' } })
  })
})

describe('what is wrong', () => {
  test('is told all at once, each with its line, and with names that are near', async () => {
    const text = `defalt: sales
default: slaes
sources:
  shop: { sample: ecomerce }
  files: { path: ~/wines, schemas: [public] }
  warehouse: { postgres: \${WAREHOSE_URL} }
  both: { path: a, sample: ecommerce }
  none: {}
  wrong: { postgres: mysql-address }
  odd name: { path: x }
  far: { pth: x, path: [1] }
domains:
  sales: { source: warehose }
  wines: { model: a.yaml }
  bare: files
  lost: { source: files, model: models/none.yaml }
  broken: { source: files, model: models/broken.yaml }
roles:
  defualt: viewer
  south: { base: 3, poeple: [] }
rooms:
  slak:T1: { domains: [sales] }
`
    expect(await problems(text, { 'models/broken.yaml': 'domain: x\ntabels: {}\n' })).toEqual([
      'line 1: unknown setting "defalt"; did you mean "default"?',
      'line 2: default: unknown domain "slaes"; did you mean "sales"?',
      'line 4: sources.shop.sample: unknown value "ecomerce"; did you mean "ecommerce"?',
      'line 5: sources.files.schemas: is only for postgres',
      'line 5: sources.files.path: must be a path without "~", which is not expanded here',
      'line 6: sources.warehouse.postgres: WAREHOSE_URL is not set in the environment or in .env; did you mean "WAREHOUSE_URL"?',
      'line 7: sources.both: needs one of sample, path and postgres, and has sample and path',
      'line 8: sources.none: needs one of sample, path and postgres',
      expect.stringMatching(/^line 9: sources.wrong.postgres: must be an address such as postgres:/),
      'line 10: sources.odd name: a name has letters, digits, - and _, at most 60, and begins with a letter',
      'line 11: sources.far.path: must be text, not a list',
      'line 11: sources.far: unknown setting "pth"; did you mean "path"?',
      'line 13: domains.sales.source: unknown source "warehose"; did you mean "warehouse"?',
      'line 14: domains.wines: needs "source"',
      'line 15: domains.bare: must be a map, not text',
      'line 16: domains.lost.model: There is no file or folder at models/none.yaml.',
      `line 17: domains.broken.model: The semantic model models/broken.yaml has 2 problems:
    line 1: tables: there is no table
    line 2: unknown setting "tabels"; did you mean "tables"?`,
      'line 19: roles.defualt: must be a map, not text',
      'line 20: roles.south.base: must be text, not 3',
      'line 20: roles.south: unknown setting "poeple"; did you mean "people"?',
      'line 22: rooms.slak:T1: must be a workspace (slack:T123), a tenant (teams:…) or a channel in one',
    ])
  })

  test('is also what roles and rooms say of domains, and of models that somebody wrote', async () => {
    const text = `sources: { shop: { sample: ecommerce }, files: { path: x } }
domains: { shop: { source: shop }, files: { source: files } }
roles:
  south:
    base: viwer
    hide: { shop: [orders.discont], files: [whatever] }
    rows: { shop: { stat: Texas } }
    kpis: { shop: [revnue], shp: [] }
rooms: { 'slack:T1': { domains: [shopp] } }`
    expect(await problems(text)).toEqual([
      'line 5: roles.south.base: unknown role "viwer"; did you mean "viewer"?',
      expect.stringMatching(/^line 6: roles.south.hide.shop\[1\]: unknown column "discont"; did you mean "discount"\?/),
      expect.stringMatching(
        /^line 7: roles.south.rows.shop.stat: unknown dimension or table.column "stat"; did you mean "state"/,
      ),
      'line 8: roles.south.kpis.shp: unknown domain "shp"; did you mean "shop"?',
      expect.stringMatching(/^line 8: roles.south.kpis.shop\[1\]: unknown KPI "revnue"; did you mean "revenue"\?/),
      'line 9: rooms.slack:T1.domains[1]: unknown domain "shopp"; did you mean "shop"?',
    ])
  })

  test.each([
    ['', 'the file is empty'],
    ['# nothing\n', 'the file is empty'],
    ['- a\n- b', 'the file must be a map of settings (sources, domains …), not a list'],
    ['hello', 'the file must be a map of settings (sources, domains …), not a single value'],
    ['sources:\n\ta: {}', 'line 2: not readable as YAML: indent with spaces, not tabs'],
    ['a: 1\n---\nb: 2', 'line 2: not readable as YAML: chartroom.yaml is one document; remove the line ---'],
    [
      'sources: &x { a: { path: b } }\ndomains: *x',
      'line 1: not readable as YAML: anchors (&) and aliases (*) are not allowed; write it out',
    ],
    ['sources: !!js/function x', 'line 1: not readable as YAML: tags (!) are not allowed'],
    ['a: b: c', 'line 1: not readable as YAML: a value with ": " in it needs quotes'],
    [new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0xfe]), 'it is not text in UTF-8'],
    ['# '.padEnd(1_000_001, 'x'), 'it has more than 1 MB'],
  ])('%j', async (text, problem) => {
    expect(await problems(text)).toEqual([problem])
  })

  test('in a file of many laughs is told without laughing', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`)
    expect((await problems(`l0: &l0 ha\n${laughs.join('\n')}`))[0]).toContain(
      'anchors (&) and aliases (*) are not allowed',
    )
  })

  test('is also a key that stands there twice, and a file without sources', async () => {
    expect(
      await problems('sources: { a: { path: x } }\nsources: { b: { path: y } }\ndomains: { c: { source: b } }'),
    ).toEqual(['line 2: "sources" stands here a second time (first on line 1)'])
    expect(await problems('default: a')).toEqual(['line 1: needs "sources"', 'line 1: needs "domains"'])
    expect(await problems('sources: {}\ndomains: []')).toEqual([
      'line 1: sources: must name one at least',
      'line 2: domains: must be a map, not a list',
    ])
  })

  test('is a file that is a folder, or not there', async () => {
    const folder = folderWith({})
    expect(await readPlan({ path: folder, environment })).toEqual({ problems: ['it is not a file'] })
    expect(await readPlan({ path: join(folder, 'x.yaml'), environment })).toEqual({
      problems: ['there is no such file'],
    })
  })
})

describe('a secret in the file', () => {
  const secret = 'hunter2-very-secret'
  const address = `postgres://reader:${secret}@db.example.com/shop`

  test('is refused', async () => {
    const text = `sources:\n  a: { postgres: '${address}' }\n  b: { postgres: 'postgres://db/shop?user=x&password=${secret}' }\ndomains: { c: { source: a } }`
    const found = await problems(text)
    const sentence = `holds a password; put the address into the environment or .env, and write ${'$'}{NAME} here`
    expect(found).toEqual([`line 2: sources.a.postgres: ${sentence}`, `line 3: sources.b.postgres: ${sentence}`])
  })

  test('may be left out of the file where the server asks for none', async () => {
    const { sources } = await plan(
      'sources: { a: { postgres: postgres://reader@db/shop } }\ndomains: { b: { source: a } }',
    )
    expect(sources.get('a')).toMatchObject({ url: 'postgres://reader@db/shop' })
  })

  test.each([
    `sources: { a: { sample: '${address}' } }`,
    `sources: { a: { '${address}': x } }`,
    `sources: { '${address}': { path: x } }`,
    `default: '${address}'`,
    `sources: { a: { path: '${address}' } }\ndomains: { b: { source: '${address}' } }`,
    `sources: { a: { postgres: ['${address}'] } }`,
    `${address}: x`,
    `sources: ${address}: x`,
    `sources: { a: { postgres: ${address}`,
    `sources: "${address}`,
    `sources: |${address}`,
    `sources: !${address} x`,
    `sources: *${address}`,
    `sources: { a: { postgres: ${secret} } }`,
    `sources: { a: { postgres: { password: ${secret} } } }`,
    `sources: [a\n${secret}: ${secret}`,
    `%${secret}\n---\na: b`,
    `rooms: { '${address}': {} }`,
    `roles: { x: { people: ['${address}'] } }`,
  ])('is not repeated, however the file is broken: %#', async text => {
    const found = await problems(text)
    expect(found).not.toEqual([])
    expect(found.join('\n')).not.toContain(secret)
  })
})
