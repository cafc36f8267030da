import { describe, expect, it } from 'vitest'
import { loadModel, readModel } from '#src/semantic/load.ts'
import { problemsOf, small } from './problems.ts'

describe('a file that is no model', () => {
  const bomb = [
    'a0: &a0 [x, x]',
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ].join('\n')
  const cases: [string, string, string][] = [
    ['empty', '', 'the file is empty'],
    ['only comments', '# nothing\n', 'the file is empty'],
    ['a list', '- revenue\n', 'the file must be a map of settings (domain, tables, measures …), not a list'],
    ['a single word', 'revenue', 'the file must be a map of settings (domain, tables, measures …), not a single value'],
    [
      'indented with tabs',
      'domain: shop\ntables:\n\torders: {}',
      'line 3: not readable as YAML: indent with spaces, not tabs',
    ],
    [
      'a bomb of aliases',
      bomb,
      'line 1: not readable as YAML: anchors (&) and aliases (*) are not allowed; write it out',
    ],
    [
      'two documents',
      'domain: shop\n---\ndomain: shop',
      'line 2: not readable as YAML: a model is one document; remove the line ---',
    ],
    ['tagged', 'domain: !!js/function "x"', 'line 1: not readable as YAML: tags (!) are not allowed'],
    ['keyed by a list', '? [domain]\n: shop', 'line 1: not readable as YAML: a key must be a word'],
    [
      'missing quotes',
      'domain: shop\nlabel: Shop: the label',
      'line 2: not readable as YAML: a value with ": " in it needs quotes',
    ],
    [
      'huge',
      `domain: shop\n# ${'x'.repeat(1_000_000)}`,
      'the file has 1,000,015 characters; a model has at most 1,000,000',
    ],
  ]
  it.each(cases)('%s: one clear sentence', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  it('with very deep brackets is refused, not fallen over', () => {
    expect(problemsOf('['.repeat(20_000))).toHaveLength(1)
  })

  it('with doubled keys says where both stand', () => {
    expect(problemsOf(small('label: a\nlabel: b'))).toEqual([
      'line 7: "label" stands here a second time (first on line 6)',
    ])
  })

  it('without tables or domain says so', () => {
    expect(problemsOf('label: x')).toEqual(['line 1: needs "domain"', 'line 1: tables: there is no table'])
  })

  it('cannot reach the prototype of objects', () => {
    expect(problemsOf(small('measures: { __proto__: { table: orders, count: rows, description: X. } }'))).toEqual([
      'line 6: not readable as YAML: a key must be a word',
    ])
    expect(problemsOf(small('default_measure: constructor'))).toEqual([
      'line 6: default_measure: unknown measure "constructor"',
    ])
    expect('table' in {}).toBe(false)
  })

  it('is named in the error by the path that was given', () => {
    expect(() => loadModel('', 'sql/domains/x/model.yaml')).toThrow(
      'The semantic model sql/domains/x/model.yaml has a problem:\n  the file is empty',
    )
  })
})

describe('a path without a model file', () => {
  it('is told apart from one that is a folder', async () => {
    await expect(readModel('test/fixtures/models/none.yaml')).rejects.toMatchObject({ code: 'source/missing' })
    await expect(readModel('test/fixtures/models')).rejects.toMatchObject({
      code: 'source/unreadable',
      message: 'test/fixtures/models could not be read: it is a folder.',
    })
  })
})
