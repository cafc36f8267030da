import type { AnsweredView, AnswerView, FailureView, SentenceView, TableView } from '#renderers/view/view.ts'
import type { Chart } from '#src/vocabulary/chart.ts'

/** Texts that data, a question or a model can hold and that a message must survive. */
export const hostileTexts: readonly string[] = [
  '',
  '   ',
  'Texas',
  '<!channel> <!here> <@U123ABC> <#C123ABC|general> <!subteam^S1|@ops>',
  '<https://evil.example/?q=1|click here> https://evil.example [x](https://evil.example)',
  ':tada: :rotating_light: *bold* _slanted_ ~gone~ `code` ```block```',
  '{{DATE(2024-01-01)}} {{TIME()}}',
  '\u202eexe.gnp\u202c \u2066x\u2069 \u0000\u0007\u001b[31m red',
  'תל אביב: 48 (12%), القاهرة 7',
  '👩‍👩‍👧‍👦'.repeat(200),
  `👩${'\u200d👩'.repeat(3000)}`,
  `z${'\u0301'.repeat(500)}`,
  '\ud800 alone \udc00',
  '&'.repeat(12_000),
  '<'.repeat(4000),
  '"\\'.repeat(3000),
  'Wort'.repeat(3000),
  `${'A sentence of the story with $1,234.50 in it. '.repeat(260)}`,
  '長い文字列'.repeat(600),
  'line\nbreak\r\n\n\n\n\ttab\u2028end',
  '−$999,999,999,999,999,999,999.99',
  '1.7976931348623157e+308',
  '–',
]

export type Chance = () => number

/** Answers of every kind full of {@link hostileTexts}, with more of everything than fits. The same for the same chance. */
export const hostileView = (chance: Chance): AnswerView | FailureView => {
  const kinds = [answered, answered, answered, clarify, refused, empty, told, failed]
  return pick(kinds, chance)(chance)
}

export const hostileAnswered = (chance: Chance): AnsweredView => answered(chance)

const answered = (chance: Chance): AnsweredView => ({
  ...common(chance),
  status: 'answered',
  headline: text(chance),
  summary: some(chance, 4, sentence),
  insights: some(chance, 8, sentence),
  implications: some(chance, 4, sentence),
  chart: chart(chance),
  notes: some(chance, 8, text),
  table: table(chance),
  receipt: receipt(chance),
  sql: sql(chance),
  badge: {
    origin: pick(['certified', 'generated'], chance),
    label: text(chance),
    title: text(chance),
    facts: some(chance, 6, text),
  },
  menus: (['period', 'split', 'chart'] as const).map(name => ({
    name,
    label: text(chance),
    choices: some(chance, 100, () => ({ label: text(chance), question: '', current: chance() < 0.05 })),
  })),
  next: choices(chance, 12),
})

const clarify = (chance: Chance): AnswerView => ({
  ...common(chance),
  status: 'clarify',
  message: text(chance),
  notes: some(chance, 6, text),
  choices: choices(chance, 100),
})

const refused = (chance: Chance): AnswerView => ({
  ...common(chance),
  status: 'refused',
  message: text(chance),
  choices: choices(chance, 20),
})

const empty = (chance: Chance): AnswerView => ({
  ...common(chance),
  status: 'empty',
  message: text(chance),
  notes: some(chance, 6, text),
  receipt: receipt(chance),
  sql: sql(chance),
  choices: choices(chance, 20),
})

const told = (chance: Chance): AnswerView => ({
  ...common(chance),
  status: 'told',
  title: text(chance),
  paragraphs: some(chance, 6, text),
  items: some(chance, 150, () => ({
    term: text(chance),
    text: text(chance),
    ...(chance() < 0.5 && { ask: text(chance) }),
  })),
  choices: choices(chance, 20),
})

const failed = (chance: Chance): FailureView => ({
  status: 'failed',
  message: text(chance),
  next: text(chance),
  retry: chance() < 0.5,
  incident: text(chance),
})

const table = (chance: Chance): TableView => {
  const columns = some(chance, 30, () => ({
    label: text(chance),
    align: pick(['left', 'right'] as const, chance),
    wide: chance() < 0.3,
  }))
  // A row may be shorter than the columns; what is missing is empty.
  const rows = some(chance, 120, () =>
    columns.slice(0, columns.length - (chance() < 0.1 ? 1 : 0)).map(() => text(chance)),
  )
  return { columns, rows, total: rows.length + 400, more: 400, truncated: chance() < 0.5 }
}

const chart = (chance: Chance): Chart => {
  const frame = { title: text(chance), subtitle: text(chance), alt: text(chance) }
  const format = {
    kind: pick(['number', 'percent', 'currency', 'duration', 'integer'] as const, chance),
    unit: text(chance),
  }
  const names = some(chance, 60, text)
  const value = () => pick([0, 1, -5, 0.123, 1e300, -0, Number.NaN, Number.POSITIVE_INFINITY, null], chance)
  const series = some(chance, 14, () => ({
    name: text(chance),
    values: names.map(() => (chance() < 0.8 ? chance() * 1e6 : value())),
  }))
  const whole = some(chance, 14, () => ({ name: text(chance), values: names.map(() => chance() * 1e6) }))
  const points = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      at: `2023-01-${String((i % 28) + 1).padStart(2, '0')}`,
      value: chance() * 100,
    }))
  const charts: Chart[] = [
    {
      ...frame,
      kind: 'bar',
      layout: pick(['single', 'grouped', 'stacked'] as const, chance),
      categories: names,
      series,
      format,
    },
    { ...frame, kind: 'bar', layout: 'grouped', categories: names, series: whole, format },
    {
      ...frame,
      kind: 'line',
      grain: 'week',
      series: [{ name: text(chance), points: points(28) }],
      format,
      partialLast: true,
    },
    {
      ...frame,
      kind: 'area',
      grain: 'day',
      series: some(chance, 3, () => ({ name: text(chance), points: points(9) })),
      format,
    },
    { ...frame, kind: 'donut', slices: some(chance, 14, () => ({ name: text(chance), value: chance() * 9 })), format },
    { ...frame, kind: 'kpi', value: 5, format },
    { ...frame, kind: 'table', columns: [], rows: [], more: 0 },
  ]
  return pick(charts, chance)
}

const common = (chance: Chance) => ({
  id: pick(['a1', '0b7a2f6e-4d3c-4c55-9a0f-2f1f6f6f1c11', 'x'.repeat(300)], chance),
  question: text(chance),
})
const choices = (chance: Chance, most: number) =>
  some(chance, most, () => ({ label: text(chance), question: text(chance) }))
const receipt = (chance: Chance) => some(chance, 12, () => ({ term: text(chance), lines: some(chance, 5, text) }))
const sql = (chance: Chance) => ({
  text: some(chance, 6, text).join('\n'),
  params: some(chance, 120, () => ({ name: '$1', value: text(chance) })),
})
const sentence = (chance: Chance): SentenceView => ({
  text: text(chance),
  tone: pick(['good', 'bad', 'neutral'], chance),
})

const text = (chance: Chance): string => pick(hostileTexts, chance)
const some = <T>(chance: Chance, most: number, make: (chance: Chance) => T): T[] =>
  Array.from({ length: Math.floor(chance() * (most + 1)) }, () => make(chance))
const pick = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)] as T
