import { describe, expect, test } from 'vitest'
import { readMermaid } from '#src/diagram/mermaid.ts'

const edge = (from: string, to: string, label?: string) => ({ from, to, ...(label && { label }) })

describe('a text in Mermaid', () => {
  test.each<[string, string, [string, string][], object[]]>([
    [
      'a flowchart',
      'flowchart TD\n  a[Cart filled] --> b{Paid?}\n  b -->|yes| c([Shipped])\n  b -- no --> d["Reminded (twice)"]',
      [
        ['a', 'Cart filled'],
        ['b', 'Paid?'],
        ['c', 'Shipped'],
        ['d', 'Reminded (twice)'],
      ],
      [edge('a', 'b'), edge('b', 'c', 'yes'), edge('b', 'd', 'no')],
    ],
    [
      'a chain and boxes side by side',
      'graph LR; a --> b & c --> d_e',
      [
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'c'],
        ['d_e', 'd e'],
      ],
      [edge('a', 'b'), edge('a', 'c'), edge('b', 'd_e'), edge('c', 'd_e')],
    ],
    [
      'states',
      'stateDiagram-v2\n[*] --> Created\nCreated --> Paid : card accepted\n%% a remark\nPaid --> [*]',
      [
        ['[*]', 'Start'],
        ['Created', 'Created'],
        ['Paid', 'Paid'],
        ['[*] end', 'End'],
      ],
      [edge('[*]', 'Created'), edge('Created', 'Paid', 'card accepted'), edge('Paid', '[*] end')],
    ],
    [
      'entities',
      'erDiagram\nCUSTOMER ||--o{ ORDER : places\nORDER {\n int id\n string status\n}\nSTORE',
      [
        ['CUSTOMER', 'CUSTOMER'],
        ['ORDER', 'ORDER'],
        ['STORE', 'STORE'],
      ],
      [edge('CUSTOMER', 'ORDER', 'places')],
    ],
    [
      'dotted and thick arrows',
      '```mermaid\nflowchart LR\na -.-> b\nb ==> c\nc -. later .-> a\n```',
      [
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'c'],
      ],
      [edge('a', 'b'), edge('b', 'c'), edge('c', 'a', 'later')],
    ],
  ])('%s is read', (_, text, nodes, edges) => {
    expect(readMermaid(text)).toEqual({ nodes: nodes.map(([id, label]) => ({ id, label })), edges })
  })

  test('with a long label is cut', () => {
    const drawn = readMermaid(`flowchart TD\na[${'x'.repeat(80)}]`)
    expect(drawn).toEqual({ nodes: [{ id: 'a', label: `${'x'.repeat(59)}…` }], edges: [] })
  })

  test.each<[string, string, RegExp]>([
    ['prose', 'An order flows from the cart to the customer.', /does not begin/],
    ['nothing', '', /does not begin/],
    ['another kind', 'pie\n"a": 3', /does not begin/],
    ['no boxes', 'flowchart TD', /no boxes/],
    ['a click', 'flowchart TD\na-->b\nclick a "https://evil.example"', /not drawn: click/],
    ['a script', 'flowchart TD\na["<img src=x onerror=alert(1)>"]', /markup/],
    ['a style', 'flowchart TD\na-->b\nstyle a fill:#f9f', /not drawn/],
    ['a directive', '%%{init: {"theme": "dark"}}%%\nflowchart TD\na-->b', /does not begin/],
    ['a directive within', 'flowchart TD\n%%{init: {}}%%\na-->b', /not drawn/],
    ['an open bracket', 'flowchart TD\na[Cart --> b', /not understood/],
    [
      'too many boxes',
      `flowchart TD\n${Array.from({ length: 41 }, (_, i) => `n${i}`).join('\n')}`,
      /more than 40 boxes/,
    ],
    ['no end', `flowchart TD\n${'a-->b\n'.repeat(2000)}`, /longer than/],
  ])('that holds %s is not drawn', (_, text, problem) => {
    expect(readMermaid(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('is read in time that does not explode with its length', () => {
    const hostile = `flowchart TD\na[${'-'.repeat(7000)}`
    expect(readMermaid(hostile)).toHaveProperty('problem')
  })
})
