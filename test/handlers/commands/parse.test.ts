import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'

describe('the command grammar', () => {
  test.each([
    ['revenue by state', { kind: 'ask', question: 'revenue by state' }],
    ['ask revenue by state', { kind: 'ask', question: 'revenue by state' }],
    ['ASK: revenue', { kind: 'ask', question: 'revenue' }],
    ['ask kpi', { kind: 'ask', question: 'kpi' }],
    ['ask', { kind: 'ask', question: '' }],
    ['', { kind: 'ask', question: '' }],
    ['kpi', { kind: 'kpi', words: '' }],
    ['/KPI', { kind: 'kpi', words: '' }],
    ['kpis?', { kind: 'kpi', words: '' }],
    ['  kpi   Revenue last month by region ', { kind: 'kpi', words: 'Revenue last month by region' }],
    ['kpi\nrevenue\tlast month', { kind: 'kpi', words: 'revenue\tlast month' }],
    ['data', { kind: 'data', topic: '' }],
    ['data what?', { kind: 'data', topic: '' }],
    ['/data fresh', { kind: 'data', topic: 'fresh' }],
    ['data how fresh?', { kind: 'data', topic: 'fresh' }],
    ['data average order value?', { kind: 'data', topic: 'average order value' }],
    ['help', { kind: 'help', topic: '' }],
    ['Help!!', { kind: 'help', topic: '' }],
    ['help periods', { kind: 'help', topic: 'periods' }],
  ])('%j is %j', (text, command) => {
    expect(parseCommand(text)).toEqual({ ...command, text: text.trim() })
  })

  test.each([
    'help me find the late orders',
    'data on returned orders in March by state',
    'kpi-revenue',
    'database size',
    'asked orders',
    'what are the kpis',
    'what can you do',
    '/unknown thing',
    `data ${'x'.repeat(200)}`,
  ])('%j is a question that only looks like a command', text => {
    expect(parseCommand(text)).toEqual({ kind: 'ask', text, question: text })
  })
})
