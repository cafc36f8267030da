import { expect, test } from 'vitest'
import { kpiInQuestion } from '#src/kpis/support/in-question.ts'

test.each([
  ['how many returning users did the pool bot have in May', 'returning-users', 'pool in May'],
  ['What were the pain points of the landscape bot last month?', 'pain-points', 'landscape last month'],
  ['query categories for pool in Q2 2023', 'query-categories', 'pool in Q2 2023'],
  ['show me the one-time share of the pool bot, in production', 'retention', 'pool in production'],
  ['how long does a pool session last on average in March?', 'session-metrics', 'pool in March'],
  ['on average how many sessions a day did pool have in May', 'volume', 'pool in May'],
  [
    'For landscape: how many power, regular, casual and one-time users were there in June?',
    'segments',
    'landscape in June',
  ],
  ['what percentage of pool users came back in May?', 'retention', 'pool in May'],
  ['how many pool users came back at least once in Q2', 'retention', 'pool in Q2'],
  ['which tool do people use most with the pool bot?', 'tool-usage', 'pool'],
  ['Who was the most active user of the pool bot', 'returning-users', 'pool'],
])('“%s” is about %s', (text, kpi, words) => {
  expect(kpiInQuestion(text)).toEqual({ kpi, words })
})

test.each([
  'revenue by user segments',
  'pool sales last month',
  'how many returning users did we have in May',
  'retention of the pool bot',
  '',
])('“%s” is about none', text => {
  expect(kpiInQuestion(text)).toBeUndefined()
})
