import type { Chart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'

const usd: Format = { kind: 'currency', currency: 'USD' }
const integer: Format = { kind: 'integer' }
const number: Format = { kind: 'number' }

const bar = (title: string, categories: string[], values: (number | null)[], format: Format = integer): Chart => ({
  ...{ kind: 'bar', title, subtitle: 'Value by name', alt: title, layout: 'single', categories, format },
  series: [{ name: 'Value', values }],
})

const months = (values: (number | null)[]) =>
  values.map((value, i) => ({ at: `2023-${String(i + 1).padStart(2, '0')}-01`, value }))

const line = (
  title: string,
  series: { name: string; points: { at: string; value: number | null }[] }[],
  format: Format = integer,
): Chart => ({
  ...{ kind: 'line', title, subtitle: 'By month · 2023', alt: title, grain: 'month', series, format },
})

const zalgo = `Z${'\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(12)}algo`

/** What charts must survive: too much, too little, too long, too large, every script, and strings made to break things. */
export const hardCharts: { name: string; chart: Chart }[] = [
  {
    name: 'hard-long-names',
    chart: bar(
      'The headline itself is also rather long, because it names the product with its whole name and says what happened to it in the last quarter of the year',
      [
        'International Business Machines Corporation Holdings GmbH & Co. KG',
        'The Worshipful Company of Fishmongers of the City of London',
        'Short one',
        'Donaudampfschifffahrtsgesellschaftskapitänsmütze',
        'Wide Wide World of Widgets and Whatchamacallits',
      ],
      [9120, 7410, 5090, 2210, 400],
    ),
  },
  {
    name: 'hard-60-categories',
    chart: bar(
      'Sixty products, each sold at least once',
      Array.from({ length: 60 }, (_, i) => `Product ${String(i + 1).padStart(2, '0')}`),
      Array.from({ length: 60 }, (_, i) => Math.round(5000 / (1 + i * 0.2))),
    ),
  },
  {
    name: 'hard-60-grouped',
    chart: {
      ...{
        kind: 'bar',
        title: 'Sixty products in three years',
        subtitle: 'Orders',
        alt: 'Sixty products.',
        layout: 'grouped',
        format: integer,
      },
      categories: Array.from({ length: 60 }, (_, i) => `Product ${i + 1}`),
      series: ['2021', '2022', '2023'].map((name, s) => ({
        name,
        values: Array.from({ length: 60 }, (_, i) => 900 - i * 10 + s * 60),
      })),
    },
  },
  {
    name: 'hard-12-series',
    chart: line(
      'Twelve lines at once',
      Array.from({ length: 15 }, (_, s) => ({
        name: `Territory ${s + 1}`,
        points: months(Array.from({ length: 12 }, (_, i) => 200 + s * 8 + ((i * (s + 3) * 7) % 40))),
      })),
    ),
  },
  { name: 'hard-one-row', chart: bar('Only Texas has orders', ['Texas'], [412], integer) },
  { name: 'hard-no-rows', chart: bar('No orders in this period', [], []) },
  { name: 'hard-all-null', chart: line('No ratings yet', [{ name: 'Rating', points: months([null, null, null]) }]) },
  { name: 'hard-one-point', chart: line('One month of data', [{ name: 'Orders', points: months([1234]) }]) },
  { name: 'hard-all-zero', chart: bar('Nothing was returned', ['January', 'February', 'March'], [0, 0, 0]) },
  { name: 'hard-equal', chart: line('Flat as a board', [{ name: 'Price', points: months([5, 5, 5, 5, 5, 5]) }], usd) },
  {
    name: 'hard-some-null',
    chart: bar(
      'Two stores have not reported',
      ['Downtown', 'Airport', 'University', 'Mall'],
      [820, null, 640, null],
      usd,
    ),
  },
  {
    name: 'hard-islands',
    chart: line('Measured only now and then', [
      { name: 'Sensor A', points: months([5, null, 7, null, 6, 8, null, null, 9, 4, null, 3]) },
      { name: 'Sensor B', points: months([null, null, 3, 2, null, null, 4, 5, 6, null, null, null]) },
    ]),
  },
  {
    name: 'hard-huge-and-tiny',
    chart: bar(
      'From a billionth to a quintillion',
      ['Huge', 'Large', 'One', 'Tiny', 'Tiniest'],
      [4.2e18, 8.1e15, 1, 0.0003, 1.5e-9],
      number,
    ),
  },
  {
    name: 'hard-extreme',
    chart: bar(
      'As large as numbers go',
      ['Max', 'Min', 'Infinite', 'None', 'Small'],
      [1.7e308, -1.7e308, Number.POSITIVE_INFINITY, Number.NaN, 12],
      number,
    ),
  },
  {
    name: 'hard-tiny-line',
    chart: line(
      'Drift in parts per billion',
      [{ name: 'Drift', points: months([1e-9, 3e-9, 2e-9, 5e-9, 4e-9]) }],
      number,
    ),
  },
  {
    name: 'hard-narrow-line',
    chart: line(
      'Uptime moves by hundredths',
      [{ name: 'Uptime', points: months([0.9991, 0.9993, 0.9989, 0.9995, 0.9994, 0.9996]) }],
      { kind: 'percent' },
    ),
  },
  {
    name: 'hard-negative-line',
    chart: line(
      'Cash flow crosses zero twice',
      [
        {
          name: 'Cash flow',
          points: months([12_000, 4_000, -8_500, -15_200, -2_000, 6_400, 9_100, 3_000, -1_000, 2_500, 11_000, 14_000]),
        },
      ],
      usd,
    ),
  },
  {
    name: 'hard-arabic',
    chart: bar(
      'المبيعات حسب المنطقة في عام ٢٠٢٣',
      ['القاهرة', 'الإسكندرية', 'دبي', 'الرياض', 'بيروت (٢٤ فرعاً)'],
      [5120, 4410, 3090, 2210, 1400],
      usd,
    ),
  },
  {
    name: 'hard-hebrew',
    chart: bar(
      'מכירות לפי אזור: תל אביב מובילה',
      ['תל אביב', 'ירושלים', 'חיפה', 'באר שבע (24 סניפים)'],
      [5120, 4410, 3090, 2210],
    ),
  },
  {
    name: 'hard-chinese',
    chart: bar(
      '2023年各地区销售额：上海领先',
      ['上海', '北京', '深圳市南山区', '广州'],
      [512_000, 441_000, 309_000, 221_000],
    ),
  },
  {
    name: 'hard-japanese',
    chart: bar(
      '地域別の売上高：東京が首位です',
      ['東京', '大阪', 'なごや', 'サッポロ・ビール園'],
      [512_000, 441_000, 309_000, 221_000],
    ),
  },
  {
    name: 'hard-korean',
    chart: bar(
      '지역별 매출: 서울이 1위',
      ['서울특별시', '부산', '대구', '인천광역시'],
      [512_000, 441_000, 309_000, 221_000],
    ),
  },
  {
    name: 'hard-emoji',
    chart: bar(
      '🚀 Sales by mood',
      ['😀 Happy', '😡 Angry', '🇩🇪 Deutschland', '👩‍👩‍👧‍👦 Families', '☕️ Coffee'],
      [512, 441, 309, 221, 90],
    ),
  },
  {
    name: 'hard-europe',
    chart: bar(
      'Πωλήσεις, продажи, sprzedaż',
      ['Łódź', 'Москва', 'Αθήνα', 'São Paulo', 'İstanbul', 'Reykjavík'],
      [512, 441, 309, 221, 150, 90],
    ),
  },
  {
    name: 'hard-hostile',
    chart: bar(
      'Line one\nline two\u0000\u0007\u001b[31m red \u202Ereversed\u202C <script>alert(1)</script>',
      [
        'a\r\nb\tc',
        '\u0000\u0001\u0002',
        zalgo,
        '"; DROP TABLE orders; --',
        '\uD83D lone surrogate',
        'x'.repeat(10_000),
        '{{datum.value}}',
        '\u200B\u200B\u200B',
        '=cmd|calc',
      ],
      [9, 8, 7, 6, 5, 4, 3, 2, 1],
    ),
  },
  {
    name: 'hard-donut-many',
    chart: {
      ...{
        kind: 'donut',
        title: 'Twelve slices, one negative, one zero',
        subtitle: 'Orders',
        alt: 'Slices.',
        format: integer,
      },
      slices: Array.from({ length: 14 }, (_, i) => ({
        name: `Supplier number ${i + 1}`,
        value: i === 12 ? 0 : i === 13 ? -5 : 140 - i * 10,
      })),
    },
  },
  {
    name: 'hard-donut-one',
    chart: {
      kind: 'donut',
      title: 'All orders were paid by card',
      subtitle: 'Orders by payment',
      alt: 'One slice.',
      format: usd,
      slices: [{ name: 'Credit card', value: 1204 }],
    },
  },
  {
    name: 'hard-area-12',
    chart: {
      ...{
        kind: 'area',
        title: 'Twelve parts of a whole',
        subtitle: 'By month',
        alt: 'Twelve areas.',
        grain: 'month',
        format: usd,
      },
      series: Array.from({ length: 12 }, (_, s) => ({
        name: `Department ${s + 1}`,
        points: months(Array.from({ length: 12 }, (_, i) => 4000 + ((i * 7 + s * 3) % 9) * 300)),
      })),
    },
  },
  {
    name: 'hard-line-5000',
    chart: {
      ...{
        kind: 'line',
        title: 'Five thousand days',
        subtitle: 'Daily since 2010',
        alt: 'Many days.',
        grain: 'day',
        format: integer,
      },
      series: [
        {
          name: 'Visits',
          points: Array.from({ length: 5000 }, (_, i) => ({
            at: new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10),
            value: 1000 + i * 0.4 + Math.sin(i / 58) * 300 + ((i * 7919) % 100),
          })),
        },
      ],
    },
  },
  {
    name: 'hard-annotations',
    chart: {
      ...{
        kind: 'line',
        title: 'Six things happened in half a year',
        subtitle: 'Orders by day',
        alt: 'Six annotations.',
        grain: 'day',
        format: integer,
      },
      series: [
        {
          name: 'Orders',
          points: Array.from({ length: 180 }, (_, i) => ({
            at: new Date(Date.UTC(2023, 6, 1 + i)).toISOString().slice(0, 10),
            value: 300 + ((i * 37) % 50),
          })),
        },
      ],
      annotations: ['2023-07-01', '2023-08-10', '2023-08-16', '2023-10-01', '2023-12-20', '2023-12-27'].map(
        (at, i) => ({
          at,
          text:
            [
              'Launch',
              'PayPal down for two hours',
              'Price change',
              'New warehouse in Ohio opened',
              'Holiday sale',
              'Outage',
            ][i] ?? '',
        }),
      ),
    },
  },
  {
    name: 'hard-kpi-huge',
    chart: {
      ...{
        kind: 'kpi',
        title: 'A very large loss',
        subtitle: 'Net result',
        alt: 'A loss.',
        value: -123_456_789_012,
        format: { kind: 'currency', currency: 'CHF' },
      },
      change: { ratio: -14.2, versus: 'the same quarter of the year before the last one', good: 'up' },
      target: { value: 1e12, reached: false },
      sparkline: months([1, null, -4, -9, null, null, -20]),
    },
  },
  {
    name: 'hard-kpi-null',
    chart: {
      kind: 'kpi',
      title: 'No rating yet',
      subtitle: 'Average rating',
      alt: 'No value.',
      value: null,
      format: number,
      sparkline: months([null, null]),
    },
  },
  {
    name: 'hard-heatmap-large',
    chart: {
      ...{
        kind: 'heatmap',
        title: 'Forty stores in fifty-three weeks',
        subtitle: 'Orders by store and week',
        alt: 'Many cells.',
        format: integer,
      },
      columns: Array.from({ length: 53 }, (_, i) => `W${i + 1}`),
      rows: Array.from({ length: 40 }, (_, i) => `Store in the ${i + 1}th district`),
      values: Array.from({ length: 40 }, (_, r) =>
        Array.from({ length: 53 }, (_, c) => ((r * 31 + c * 17) % 97) + (c > 44 ? 60 : 0)),
      ),
    },
  },
  {
    name: 'hard-table-wide',
    chart: {
      ...{
        kind: 'table',
        title: 'Fourteen columns',
        subtitle: 'Everything about the latest orders',
        alt: 'A wide table.',
        more: 0,
      },
      columns: Array.from({ length: 14 }, (_, i) => ({
        label: `Column number ${i + 1}`,
        align: i % 2 === 0 ? ('left' as const) : ('right' as const),
      })),
      rows: Array.from({ length: 4 }, (_, r) =>
        Array.from({ length: 14 }, (_, c) => (c % 2 === 0 ? `Some text ${r}` : String(r * 1000 + c))),
      ),
    },
  },
  {
    name: 'hard-facet-one',
    chart: {
      ...{
        kind: 'facet',
        title: 'One panel with gaps',
        subtitle: 'By month',
        alt: 'One panel.',
        grain: 'month',
        format: usd,
      },
      panels: [
        { name: 'Only store', points: months([4, 5, null, 6, null, 8, 9, -3, 2]) },
        { name: 'Empty store', points: months([null, null]) },
      ],
    },
  },
  {
    name: 'hard-scatter-one',
    chart: {
      kind: 'scatter',
      title: 'A single point',
      subtitle: 'Price and quantity',
      alt: 'One point.',
      x: { label: 'Price', format: usd },
      y: { label: 'Quantity', format: integer },
      points: [{ name: 'The only product', x: 19.9, y: 40 }],
    },
  },
  {
    name: 'hard-histogram-one',
    chart: {
      kind: 'histogram',
      title: 'All orders cost the same',
      subtitle: 'Orders by value',
      alt: 'One bin.',
      x: { label: 'Order value', format: usd },
      bins: [{ from: 10, to: 10, count: 812 }],
    },
  },
]
