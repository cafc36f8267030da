import { describe, expect, test } from 'vitest'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { parseClusters, readClusters } from '#src/kpis/support/cluster/clusters.ts'
import { isPartNumber, readTokens } from '#src/kpis/support/cluster/text-tokens.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { measureClusters, parts, readLabelled } from '#test/questions/clusters.ts'

const classify = createRulesClassifier()
const clusterOf = async (text: string) => (await classify([text])).clusters.get(text)

describe('the file of the clusters', () => {
  test('has the five, the catch-all among them, each with a description and examples', () => {
    const { clusters, catchAll, rules } = readClusters()
    expect(clusters.map(({ id, name }) => `${id} ${name}`)).toEqual([
      '0 Branch hours, orders, pool questions',
      '1 Pump recommendations',
      '2 Replacement filter parts',
      '3 Stock by part number',
      '4 DE filter assembly',
    ])
    expect(catchAll).toBe(0)
    expect(rules).toContain('belongs to the first of them that is in 1 to 4')
    for (const { description, examples } of clusters) {
      expect(description).not.toMatch(/^$|\n- /)
      expect(examples.length).toBeGreaterThan(20)
    }
  })

  test('has no text that is labelled: what is measured was not learnt by heart', () => {
    const examples = new Set(readClusters().clusters.flatMap(c => c.examples.map(e => e.toLowerCase())))
    const labelled = parts.flatMap(readLabelled).filter(({ text }) => text.trim().length > 20)
    expect(labelled.filter(({ text }) => examples.has(text.toLowerCase()))).toEqual([])
  })

  test.each([
    ['---\nversion: 1\n---\n', /catch_all/],
    ['---\nversion: 1\ncatch_all: 7\n---\n## 0. A\n\nText.\n', /No cluster has the number 7/],
    ['---\nversion: 1\ncatch_all: 0\n---\n## A\n\nText.\n', /no cluster: ## A/],
  ])('is refused when it is not right: %j', (text, problem) => {
    expect(() => parseClusters(text)).toThrow(problem)
  })
})

describe('the classifier without a key', () => {
  test.each([
    ['What time do you open tomorrow?', 0],
    ['Which pump do you recommend for a 20,000 gallon pool?', 1],
    ['I need a replacement cartridge for my filter', 2],
    ['is 59016200 in stock', 3],
    ['how do i put my DE filter back together', 4],
    ['Welche Poolpumpe empfehlen Sie?', 1],
    ['Ersatzkartusche für den Filter', 2],
    ['Ist 360031 auf Lager?', 3],
    ['DE-Filter zusammenbauen', 4],
    ['recomended pmup for my pool', 1],
    ['replacment catridge filter', 2],
    ['W3SP2610X15', 3],
  ])('%s → %i', async (text, cluster) => {
    expect(await clusterOf(text)).toBe(cluster)
  })

  test.each([
    '',
    '   ',
    '?',
    '👍👍',
    '\u0000',
    '\u202e',
    'qqq zzz xxx',
    '你好',
    'مرحبا',
    '<b>&nbsp;</b>',
    '💧'.repeat(20_000),
  ])('what nobody can place belongs to the catch-all: %j', async text => {
    expect(await clusterOf(text)).toBe(0)
  })

  test('gives every text exactly one cluster, once, and says that rules did it', async () => {
    const { clusters, by, leftToRules } = await classify(['hello', 'hello', 'stock 340039', ''])
    expect([...clusters]).toEqual([
      ['hello', 0],
      ['stock 340039', 3],
      ['', 0],
    ])
    expect([by, leftToRules]).toEqual(['rules', undefined])
  })

  test('says the same again, also when it has learnt anew', async () => {
    const texts = readLabelled('development').map(({ text }) => text)
    expect([...(await createRulesClassifier()(texts)).clusters]).toEqual([...(await classify(texts)).clusters])
  })

  test('does not take a person’s number for a part number', async () => {
    expect(await clusterOf('call me at (813) 555-0134')).toBe(0)
  })

  test('stops when it is told to', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `text number ${i}`)
    const stopped = createRulesClassifier()(texts, { signal: AbortSignal.abort() })
    await expect(stopped).rejects.toThrow(ChartroomError.of('engine/cancelled').message)
  })

  test('a text of a megabyte is placed by how it begins', async () => {
    expect(await clusterOf(`is 59016200 in stock ${'x1-'.repeat(350_000)}`)).toBe(3)
  })

  test('does on labelled texts what the decision about clusters says', async () => {
    const measured = await Promise.all(parts.map(part => measureClusters(part, classify)))
    expect(measured.map(({ right, of }) => [right, of])).toEqual([
      [173, 178],
      [179, 184],
      [105, 120],
    ])
  })
})

describe('numbers in a text', () => {
  test.each([
    '25357-000-000',
    'R0357200',
    'SP2610X15',
    '340039',
    '14971-SM10E4',
    '42001-0060S',
    'W3-T-CELL-15',
    'C-7483',
    '27001-0119',
  ])('%s is a part number', text => {
    expect(isPartNumber(text)).toBe(true)
  })

  test.each(['15000', '20000', '1.5', '4x8', '18k', 'de', 'filter', '30', 'x', 'o-ring', 'co-op', 'DE60'])(
    '%s is none',
    text => {
      expect(isPartNumber(text)).toBe(false)
    },
  )

  test('what an order or a zip code is called is no part number', () => {
    const kinds = readTokens('order 5512907, zip 33602, Rechnung 340039, part 340039').map(({ kind }) => kind)
    expect(kinds).toEqual(['word', 'number', 'word', 'number', 'word', 'number', 'word', 'part'])
  })

  test('amounts and their units, models and signs are told apart', () => {
    expect(readTokens('1.5hp DE4820 for 40m³? 👍 o-ring').map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      'number:1.5',
      'word:hp',
      'part:de4820',
      'word:for',
      'number:40',
      'word:m3',
      'sign:?',
      'sign:👍',
      'word:o',
      'word:ring',
    ])
  })
})
