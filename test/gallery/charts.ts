import type { Chart, TimePoint } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { hardCharts } from './hard-charts.ts'

/** A chart with a name that serves as file name. */
export type Sample = { name: string; chart: Chart }

export const usd: Format = { kind: 'currency', currency: 'USD' }
export const integer: Format = { kind: 'integer' }
export const percent: Format = { kind: 'percent' }

/** Points at the starts of months from `year`-01 on. */
export const monthly = (year: number, values: (number | null)[]): TimePoint[] =>
  values.map((value, i) => ({ at: new Date(Date.UTC(year, i, 1)).toISOString().slice(0, 10), value }))

/** Points on days from `first` on, `step` days apart. */
export const daily = (first: string, values: (number | null)[], step = 1): TimePoint[] =>
  values.map((value, i) => ({
    at: new Date(Date.parse(first) + i * step * 86_400_000).toISOString().slice(0, 10),
    value,
  }))

/** The same pseudo-random numbers (0 … 1) for the same seed; gallery pictures must not change between runs. */
export const noise = (seed: number, count: number): number[] => {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  })
}

/** A wandering line of `count` values from `start`, moving by up to `by` and drifting by `drift` at each step. */
export const wander = (
  seed: number,
  count: number,
  { start, by, drift = 0 }: { start: number; by: number; drift?: number },
): number[] => {
  let at = start
  return noise(seed, count).map(n => {
    at += (n - 0.5) * 2 * by + drift
    return Number(at.toPrecision(6))
  })
}

const stateNames = [
  'California, Texas, Florida, New York, Pennsylvania, Illinois, Ohio, Georgia, North Carolina, Michigan, New Jersey, Virginia',
  'Washington, Arizona, Tennessee, Massachusetts, Indiana, Missouri, Maryland, Wisconsin, Colorado, Minnesota, South Carolina',
  'Alabama, Louisiana, Kentucky, Oregon, Oklahoma, Connecticut, Utah, Iowa, Nevada, Arkansas, Mississippi, Kansas, New Mexico',
  'Nebraska, Idaho, West Virginia, Hawaii, New Hampshire, Maine, Montana, Rhode Island, Delaware, South Dakota, North Dakota',
  'Alaska, District of Columbia, Vermont, Wyoming',
].flatMap(names => names.split(', '))

const channels = ['Organic search', 'Paid social', 'Email', 'Referral', 'Direct', 'Partners', 'Podcast']
const channelRevenue = [184_000, 132_000, 98_300, 61_500, 43_100, 18_900, 7_320]

const gap = (values: number[], from: number, to: number) => values.map((v, i) => (i >= from && i < to ? null : v))

const kpis: Sample[] = [
  {
    name: 'kpi',
    chart: {
      kind: 'kpi',
      title: 'Revenue rose 12% in November',
      subtitle: 'Revenue · November 2023',
      alt: 'Revenue was $1.24M, up 12% on October; the target of $1.2M was reached.',
      value: 1_240_500,
      format: usd,
      change: { ratio: 0.123, versus: 'October 2023', good: 'up' },
      target: { value: 1_200_000, reached: true },
      sparkline: monthly(2022, wander(3, 23, { start: 700_000, by: 60_000, drift: 23_000 })),
    },
  },
  {
    name: 'kpi-bad',
    chart: {
      kind: 'kpi',
      title: 'Return rate is up to 8.4%, above target',
      subtitle: 'Returned orders ÷ orders · last 8 weeks',
      alt: 'The return rate is 8.4%, up 31%.',
      value: 0.084,
      format: percent,
      change: { ratio: 0.31, versus: 'previous 8 weeks', good: 'down' },
      target: { value: 0.06, reached: false },
      sparkline: daily('2023-01-02', wander(9, 40, { start: 0.06, by: 0.004, drift: 0.0006 }), 7),
    },
  },
  {
    name: 'kpi-alone',
    chart: {
      kind: 'kpi',
      title: '10,000 orders in all',
      subtitle: 'Orders · 2022–2023',
      alt: '10,000 orders.',
      value: 10_000,
      format: integer,
    },
  },
]

const bars: Sample[] = [
  {
    name: 'bar',
    chart: {
      kind: 'bar',
      title: 'Revenue by channel, October 2026',
      subtitle: 'Organic search brings a third of $545k',
      alt: 'Revenue by channel; organic search leads with $184k.',
      layout: 'single',
      categories: channels,
      series: [{ name: 'Revenue', values: channelRevenue }],
      format: usd,
      highlight: 'Organic search',
    },
  },
  {
    name: 'bar-other',
    chart: {
      kind: 'bar',
      title: 'California and Texas bring a quarter of revenue',
      subtitle: 'Revenue by state · 2023 · USD',
      alt: 'Revenue by state.',
      layout: 'single',
      categories: [...stateNames.slice(0, 9), 'Other'],
      series: [
        {
          name: 'Revenue',
          values: [812_340, 640_100, 402_000, 388_450, 301_200, 288_000, 254_900, 190_000, 155_555, 1_204_000],
        },
      ],
      format: usd,
      other: '42 more states',
    },
  },
  {
    name: 'bar-columns',
    chart: {
      kind: 'bar',
      title: 'Electronics leads with 3,120 orders',
      subtitle: 'Orders by category · last quarter',
      alt: 'Orders by category.',
      layout: 'single',
      categories: ['Electronics', 'Clothing', 'Home', 'Toys', 'Sports'],
      series: [{ name: 'Orders', values: [3120, 2480, 1980, 1210, 880] }],
      format: integer,
      highlight: 'Electronics',
    },
  },
  {
    name: 'bar-hours',
    chart: {
      kind: 'bar',
      title: 'Most orders arrive between 18 and 20 h',
      subtitle: 'Orders by hour of day',
      alt: 'Orders by hour.',
      layout: 'single',
      categories: Array.from({ length: 24 }, (_, i) => String(i)),
      series: [
        {
          name: 'Orders',
          values: noise(4, 24).map((n, i) => Math.round(120 + n * 60 + 400 * Math.exp(-((i - 19) ** 2) / 12))),
        },
      ],
      format: integer,
      highlight: '19',
    },
  },
  {
    name: 'bar-grouped-columns',
    chart: {
      kind: 'bar',
      title: 'Every region grew on last year',
      subtitle: 'Revenue by region · 2022 and 2023 · USD',
      alt: 'Revenue by region and year.',
      layout: 'grouped',
      categories: ['North', 'South', 'East', 'West'],
      series: [
        { name: '2022', values: [410_000, 380_200, 295_000, 512_300] },
        { name: '2023', values: [468_000, 401_900, 322_800, 604_100] },
      ],
      format: usd,
    },
  },
  {
    name: 'bar-grouped-rows',
    chart: {
      kind: 'bar',
      title: 'Refunds fell in every product family but furniture',
      subtitle: 'Refunds by product family · H1 and H2',
      alt: 'Refunds by product family.',
      layout: 'grouped',
      categories: [
        'Garden furniture',
        'Kitchen appliances',
        'Office supplies',
        'Consumer electronics',
        'Outdoor clothing',
        'Board games',
      ],
      series: [
        { name: 'First half', values: [312, 640, 210, 980, 455, 90] },
        { name: 'Second half', values: [401, 520, 180, 720, 402, 61] },
      ],
      format: integer,
    },
  },
  {
    name: 'bar-stacked',
    chart: {
      kind: 'bar',
      title: 'Delivery carries the downtown stores',
      subtitle: 'Orders by store and channel · March 2025',
      alt: 'Orders by store and channel.',
      layout: 'stacked',
      categories: ['Downtown', 'Airport', 'University', 'Mall', 'Harbour'],
      series: [
        { name: 'Dine in', values: [820, 1210, 640, 930, 310] },
        { name: 'Delivery', values: [1480, 210, 720, 460, 280] },
        { name: 'Pickup', values: [410, 380, 505, 240, null] },
      ],
      format: integer,
    },
  },
  {
    name: 'bar-stacked-rows',
    chart: {
      kind: 'bar',
      title: 'Credit cards pay for half of every category',
      subtitle: 'Revenue by category and payment method',
      alt: 'Revenue by category and payment method.',
      layout: 'stacked',
      categories: ['Electronics', 'Clothing', 'Home & Garden', 'Toys', 'Sports', 'Books', 'Beauty', 'Grocery'],
      series: [
        { name: 'Credit card', values: [410_000, 322_000, 280_000, 190_000, 166_000, 120_000, 99_000, 50_000] },
        { name: 'PayPal', values: [210_000, 180_000, 120_000, 90_000, 66_000, 52_000, 40_000, 22_000] },
        { name: 'Bank transfer', values: [80_000, 60_000, 72_000, 30_000, 21_000, 19_000, 12_000, 9_000] },
        { name: 'Gift card', values: [30_000, 44_000, 22_000, 38_000, 11_000, 24_000, 18_000, 3_000] },
      ],
      format: usd,
    },
  },
  {
    name: 'bar-negative',
    chart: {
      kind: 'bar',
      title: 'Three product lines lose money',
      subtitle: 'Profit by product line · 2023 · USD',
      alt: 'Profit by product line.',
      layout: 'single',
      categories: ['Cables', 'Switches', 'Lighting', 'Tools', 'Batteries', 'Solar kits', 'Smart home'],
      series: [{ name: 'Profit', values: [88_000, 45_300, 21_000, 4_200, -3_100, -18_400, -52_000] }],
      format: usd,
      highlight: 'Smart home',
    },
  },
  {
    name: 'bar-negative-columns',
    chart: {
      kind: 'bar',
      title: 'Growth turned negative in Q3',
      subtitle: 'Revenue growth on the quarter before',
      alt: 'Growth by quarter.',
      layout: 'single',
      categories: ['Q1', 'Q2', 'Q3', 'Q4'],
      series: [{ name: 'Growth', values: [0.082, 0.031, -0.064, 0.012] }],
      format: percent,
      highlight: 'Q3',
    },
  },
]

const lines: Sample[] = [
  {
    name: 'line',
    chart: {
      kind: 'line',
      title: 'Revenue grew 62% over two years',
      subtitle: 'Revenue by month · 2022–2023 · USD',
      alt: 'Revenue by month.',
      grain: 'month',
      series: [{ name: 'Revenue', points: monthly(2022, wander(7, 24, { start: 310_000, by: 26_000, drift: 9_000 })) }],
      format: usd,
    },
  },
  {
    name: 'line-series-gap-note',
    chart: {
      kind: 'line',
      title: 'Active accounts by plan',
      subtitle: 'Daily, June – October 2026 · gap: tracking outage on Free',
      alt: 'Active accounts by plan.',
      grain: 'day',
      series: [
        { name: 'Pro', points: daily('2026-06-01', wander(11, 150, { start: 820, by: 14, drift: 1.2 })) },
        { name: 'Team', points: daily('2026-06-01', wander(12, 150, { start: 520, by: 11, drift: 2.2 })) },
        { name: 'Free', points: daily('2026-06-01', gap(wander(13, 150, { start: 410, by: 9 }), 61, 75)) },
      ],
      format: integer,
      annotations: [{ at: '2026-09-04', text: 'Team plan launch' }],
    },
  },
  {
    name: 'line-forecast',
    chart: {
      kind: 'line',
      title: 'MRR is on track for $46k by April',
      subtitle: 'Monthly recurring revenue · 50% and 90% forecast bands',
      alt: 'MRR with forecast.',
      grain: 'month',
      series: [
        {
          name: 'MRR',
          points: monthly(
            2025,
            [
              21.8, 22.4, 23.5, 24.9, 26.1, 27.4, 28.2, 28.4, 28.4, 28.6, 30.1, 31.8, 33.2, 34.1, 36.0, 37.2, 38.1,
              38.4,
            ].map(v => v * 1000),
          ),
        },
      ],
      format: usd,
      forecast: {
        points: [39.8, 41.1, 42.4, 43.7, 45.1, 46.4].map((v, i) => ({
          at: `2026-${String(7 + i).padStart(2, '0')}-01`,
          value: v * 1000,
          ...{ low50: (v - 1 - i * 0.6) * 1000, high50: (v + 1 + i * 0.6) * 1000 },
          ...{ low90: (v - 2.6 - i * 1.4) * 1000, high90: (v + 2.6 + i * 1.4) * 1000 },
        })),
      },
    },
  },
  {
    name: 'line-partial',
    chart: {
      kind: 'line',
      title: 'Orders per week are steady; this week is still open',
      subtitle: 'Orders by week · since October 2023',
      alt: 'Orders by week.',
      grain: 'week',
      series: [
        {
          name: 'Orders',
          points: daily('2023-10-02', [101, 96, 108, 112, 99, 105, 121, 160, 142, 131, 118, 104, 52], 7),
        },
      ],
      format: integer,
      partialLast: true,
    },
  },
  {
    name: 'line-quarters',
    chart: {
      kind: 'line',
      title: 'Margin holds at about a third',
      subtitle: 'Gross margin by quarter and region',
      alt: 'Margin by quarter.',
      grain: 'quarter',
      series: ['Europe', 'Americas', 'Asia-Pacific'].map((name, s) => ({
        name,
        points: Array.from({ length: 10 }, (_, i) => ({
          at: `${2021 + Math.floor(i / 4)}-${['01', '04', '07', '10'][i % 4]}-01`,
          value: 0.3 + s * 0.012 + (noise(s + 5, 10)[i] ?? 0) * 0.03,
        })),
      })),
      format: percent,
    },
  },
  {
    name: 'line-hours',
    chart: {
      kind: 'line',
      title: 'Chats peak at noon',
      subtitle: 'Conversations by hour · 5–6 March 2025',
      alt: 'Conversations by hour.',
      grain: 'hour',
      series: [
        {
          name: 'Chats',
          points: Array.from({ length: 48 }, (_, i) => ({
            at: new Date(Date.UTC(2025, 2, 5, i)).toISOString(),
            value: Math.round(40 + 90 * Math.exp(-(((i % 24) - 12) ** 2) / 20) + (noise(2, 48)[i] ?? 0) * 14),
          })),
        },
      ],
      format: integer,
      annotations: [
        { at: '2025-03-05T12:00:00Z', text: 'Newsletter' },
        { at: '2025-03-06T11:00:00Z', text: 'PayPal down' },
      ],
    },
  },
  {
    name: 'line-years',
    chart: {
      kind: 'line',
      title: 'Passengers more than doubled since 1990',
      subtitle: 'Passengers by year · millions',
      alt: 'Passengers by year.',
      grain: 'year',
      series: [
        {
          name: 'Passengers',
          points: wander(21, 34, { start: 410, by: 22, drift: 17 }).map((v, i) => ({
            at: `${1990 + i}-01-01`,
            value: v * 1e6,
          })),
        },
      ],
      format: integer,
    },
  },
]

const others: Sample[] = [
  {
    name: 'area',
    chart: {
      kind: 'area',
      title: 'The app overtook the web in August',
      subtitle: 'Sessions by device · 2023',
      alt: 'Sessions by device.',
      grain: 'month',
      series: [
        {
          name: 'Desktop',
          points: monthly(
            2023,
            [52, 51, 50, 48, 47, 46, 45, 41, 40, 39, 38, 37].map(v => v * 1000),
          ),
        },
        {
          name: 'Mobile web',
          points: monthly(
            2023,
            [31, 31, 32, 31, 30, 31, 29, 28, 27, 27, 26, 26].map(v => v * 1000),
          ),
        },
        {
          name: 'App',
          points: monthly(
            2023,
            [9, 11, 14, 18, 22, 26, 29, 43, 47, 50, 53, 57].map(v => v * 1000),
          ),
        },
        {
          name: 'Kiosk',
          points: monthly(
            2023,
            [2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0, null].map(v => (v === null ? null : v * 1000)),
          ),
        },
      ],
      format: integer,
    },
  },
  {
    name: 'donut',
    chart: {
      kind: 'donut',
      title: 'Sessions by device',
      subtitle: 'Last 28 days',
      alt: 'Desktop 47%, mobile web 31%.',
      slices: [
        { name: 'Desktop', value: 47_500 },
        { name: 'Mobile web', value: 31_300 },
        { name: 'iOS app', value: 12_100 },
        { name: 'Android app', value: 7_050 },
        { name: 'Other', value: 2_050 },
      ],
      format: integer,
      centre: '101k sessions',
    },
  },
  {
    name: 'donut-seven-uneven',
    chart: {
      kind: 'donut',
      title: 'One carrier moves almost everything',
      subtitle: 'Share of shipments by carrier · 2023',
      alt: 'Shares by carrier.',
      slices: [
        { name: 'Federal Shipping & Logistics International', value: 880 },
        { name: 'Speedy Express', value: 40 },
        { name: 'United Package', value: 30 },
        { name: 'Northern Freight', value: 20 },
        { name: 'Harbour Line', value: 15 },
        { name: 'Bike courier', value: 9 },
        { name: 'Other', value: 6 },
      ],
      format: integer,
    },
  },
  {
    name: 'scatter',
    chart: {
      kind: 'scatter',
      title: 'Bigger discounts do not bring bigger orders',
      subtitle: 'Products by average discount and order value',
      alt: 'Discount against order value.',
      x: { label: 'Average discount', format: percent },
      y: { label: 'Average order value', format: usd },
      points: [
        'Laptop',
        'Phone',
        'Desk',
        'Chair',
        'Lamp',
        'Bottle',
        'Tent',
        'Jacket',
        'Boots',
        'Camera',
        'Console',
        'Blender',
        'Kettle',
        'Rug',
      ].map((name, i) => ({
        name,
        x: Math.round((noise(31, 14)[i] ?? 0) * 300) / 1000,
        y: 40 + Math.round((noise(47, 14)[i] ?? 0) ** 2 * 900),
      })),
    },
  },
  {
    name: 'scatter-2000',
    chart: {
      kind: 'scatter',
      title: 'Long delays mean low ratings',
      subtitle: '2,000 orders by delivery days and rating',
      alt: 'Delay against rating.',
      x: { label: 'Delivery days', format: { kind: 'number' } },
      y: { label: 'Rating', format: { kind: 'number' } },
      points: noise(5, 2000).map((n, i) => ({
        name: `Order ${i}`,
        x: 1 + n * n * 30,
        y: Math.max(1, 5 - n * 3 - (noise(6, 2000)[i] ?? 0) * 1.4),
      })),
    },
  },
  {
    name: 'heatmap',
    chart: {
      kind: 'heatmap',
      title: 'Retention by signup month',
      subtitle: 'Share of accounts active n months after signup',
      alt: 'Retention.',
      columns: ['0', '1', '2', '3', '4', '5'],
      rows: ['May 26', 'Jun 26', 'Jul 26', 'Aug 26', 'Sep 26', 'Oct 26'],
      values: [
        [1, 0.61, 0.48, 0.44, 0.36, 0.32],
        [1, 0.67, 0.56, 0.43, 0.35, null],
        [1, 0.64, 0.55, 0.41, null, null],
        [1, 0.66, 0.53, null, null, null],
        [1, 0.7, null, null, null, null],
        [1, null, null, null, null, null],
      ],
      format: percent,
    },
  },
  {
    name: 'heatmap-week',
    chart: {
      kind: 'heatmap',
      title: 'Friday evening is the busiest time',
      subtitle: 'Orders by weekday and hour · 2023',
      alt: 'Orders by weekday and hour.',
      columns: Array.from({ length: 24 }, (_, i) => `${i}h`),
      rows: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
      values: Array.from({ length: 7 }, (_, d) =>
        noise(d + 1, 24).map((n, h) =>
          Math.round(
            n * 20 + 90 * Math.exp(-((h - 19) ** 2) / 14) * (d === 4 ? 1.6 : 1) + 40 * Math.exp(-((h - 12) ** 2) / 8),
          ),
        ),
      ),
      format: integer,
    },
  },
  {
    name: 'heatmap-negative',
    chart: {
      kind: 'heatmap',
      title: 'The west shrank while the north grew',
      subtitle: 'Change on last year by region and quarter',
      alt: 'Change by region and quarter.',
      columns: ['Q1', 'Q2', 'Q3', 'Q4'],
      rows: ['North', 'South', 'East', 'West'],
      values: [
        [0.12, 0.18, 0.22, 0.25],
        [0.02, 0.01, -0.01, 0.03],
        [-0.04, 0.06, 0.08, null],
        [-0.08, -0.14, -0.21, -0.17],
      ],
      format: percent,
    },
  },
  {
    name: 'histogram',
    chart: {
      kind: 'histogram',
      title: 'Most orders are below $100',
      subtitle: 'Orders by value · 2023',
      alt: 'Order values.',
      x: { label: 'Order value', format: usd },
      bins: [1210, 2480, 1630, 880, 420, 260, 140, 75, 33, 12].map((count, i) => ({
        from: i * 50,
        to: (i + 1) * 50,
        count,
      })),
    },
  },
  {
    name: 'histogram-many',
    chart: {
      kind: 'histogram',
      title: 'Response times have a long tail',
      subtitle: 'Conversations by time to first answer',
      alt: 'Response times.',
      x: { label: 'Time to first answer', format: { kind: 'duration' } },
      bins: Array.from({ length: 40 }, (_, i) => ({
        from: i * 15,
        to: (i + 1) * 15,
        count: Math.round(900 * Math.exp(-((i - 6) ** 2) / 40) + 60 * Math.exp(-i / 14)),
      })),
    },
  },
  {
    name: 'facet',
    chart: {
      kind: 'facet',
      title: 'Orders by country',
      subtitle: 'Per week, same scale',
      alt: 'Orders by country.',
      grain: 'week',
      panels: ['France', 'Germany', 'Italy', 'Japan', 'Poland', 'Spain'].map((name, i) => ({
        name,
        points: daily(
          '2026-05-04',
          wander(i + 40, 26, { start: [55, 42, 60, 84, 78, 58][i] ?? 50, by: 3, drift: i === 5 ? -0.5 : 0.1 }),
          7,
        ),
      })),
      format: integer,
    },
  },
  {
    name: 'facet-24',
    chart: {
      kind: 'facet',
      title: 'Revenue by state, the 24 largest',
      subtitle: 'By month · 2023 · same scale',
      alt: 'Revenue by state.',
      grain: 'month',
      panels: stateNames.slice(0, 30).map((name, i) => ({
        name,
        points: monthly(2023, wander(i + 70, 12, { start: 90_000 - i * 2_500, by: 9_000 })),
      })),
      format: usd,
    },
  },
  {
    name: 'tilemap',
    chart: {
      kind: 'tilemap',
      title: 'California, Texas and Florida lead',
      subtitle: 'Revenue by state · 2023 · USD',
      alt: 'Revenue by state.',
      values: stateNames.map((state, i) => ({ state, value: Math.round(820_000 / (1 + i * 0.35)) })),
      format: usd,
    },
  },
  {
    name: 'tiles',
    chart: {
      kind: 'tiles',
      title: '1,284 users came back to the pool bot in May 2023',
      subtitle: 'Users with more than one session · May 2023',
      alt: 'Figures: returning users 1,284, sessions each 3.42, most sessions of one user 61, average days 12.6, longest span 30 days.',
      tiles: [
        { label: 'Returning users', value: 1284, format: integer, note: '▲ 8.1% vs April', tone: 'good' },
        { label: 'Sessions per returning user', value: 3.42, format: { kind: 'number' } },
        { label: 'Sessions of the most active user', value: 61, format: integer, note: 'U-104711' },
        { label: 'Average days from first to last chat', value: 12.6, format: { kind: 'number', unit: 'days' } },
        { label: 'Longest span', value: 30, format: { kind: 'number', unit: 'days' } },
      ],
    },
  },
  {
    name: 'tiles-few',
    chart: {
      kind: 'tiles',
      title: 'Half of the sessions got no answer that helped',
      subtitle: 'Sessions and feedback · 12 May 2023',
      alt: 'Figures: sessions 48,211, with negative feedback 50.4%, average duration 5 min 30 s, revenue unknown.',
      tiles: [
        { label: 'Sessions', value: 48_211, format: integer },
        { label: 'With negative feedback', value: 0.504, format: percent, note: '▲ 12.2 points', tone: 'bad' },
        { label: 'Average duration', value: 330, format: { kind: 'duration' } },
        { label: 'Revenue of those sessions', value: null, format: usd },
      ],
    },
  },
  {
    name: 'diagram',
    chart: {
      kind: 'diagram',
      title: 'How an order flows',
      subtitle: 'From the cart to the customer',
      alt: 'An order is paid, packed and delivered, or canceled.',
      nodes: [
        ['cart', 'Cart filled'],
        ['paid', 'Paid?'],
        ['packed', 'Packed in a distribution center'],
        ['shipped', 'Shipped'],
        ['delivered', 'Delivered'],
        ['returned', 'Returned'],
        ['canceled', 'Canceled'],
        ['refunded', 'Refunded'],
      ].map(([id = '', label = '']) => ({ id, label })),
      edges: [
        ['cart', 'paid'],
        ['paid', 'packed', 'yes'],
        ['paid', 'canceled', 'no'],
        ['packed', 'shipped'],
        ['shipped', 'delivered'],
        ['delivered', 'returned', 'within 30 days'],
        ['returned', 'refunded'],
        ['canceled', 'cart', 'tried again'],
        ['packed', 'canceled'],
      ].map(([from = '', to = '', label]) => ({ from, to, ...(label && { label }) })),
    },
  },
  {
    name: 'diagram-tables',
    chart: {
      kind: 'diagram',
      title: 'Tables of the shop',
      subtitle: 'Each arrow leads from many to one',
      alt: 'Order items belong to orders, products and users.',
      nodes: [
        { id: 'order_items', label: 'Order items', detail: '11 columns' },
        { id: 'orders', label: 'Orders', detail: '9 columns' },
        { id: 'users', label: 'Users', detail: '12 columns' },
        { id: 'products', label: 'Products', detail: '9 columns' },
        { id: 'inventory', label: 'Inventory items', detail: '12 columns' },
        { id: 'centers', label: 'Distribution centers', detail: '4 columns' },
        { id: 'events', label: 'Events', detail: '13 columns' },
      ],
      edges: [
        ['order_items', 'orders'],
        ['order_items', 'products'],
        ['order_items', 'inventory'],
        ['orders', 'users'],
        ['inventory', 'products'],
        ['products', 'centers'],
        ['events', 'users'],
      ].map(([from = '', to = '']) => ({ from, to })),
    },
  },
  {
    name: 'tilemap-some',
    chart: {
      kind: 'tilemap',
      title: 'Deliveries are late mostly in the south',
      subtitle: 'Share of late deliveries',
      alt: 'Late deliveries by state.',
      values: [
        ['TX', 0.21],
        ['LA', 0.24],
        ['MS', 0.22],
        ['FL', 0.19],
        ['ga', 0.16],
        ['new york', 0.05],
        ['WA', 0.03],
        ['Ontario', 0.1],
        ['Puerto Rico', 0.3],
      ].map(([state, value]) => ({ state: String(state), value: Number(value) })),
      format: percent,
    },
  },
  {
    name: 'table',
    chart: {
      kind: 'table',
      title: 'The ten latest orders over $500',
      subtitle: 'Orders · 12 December 2023',
      alt: 'A table of orders.',
      columns: [
        { label: 'Order', align: 'left' },
        { label: 'Customer', align: 'left' },
        { label: 'State', align: 'left' },
        { label: 'Items', align: 'right' },
        { label: 'Total', align: 'right' },
      ],
      rows: Array.from({ length: 20 }, (_, i) => [
        `#${10_480 - i}`,
        ['Maria Anders', 'Thomas Hardy', 'Christina Berglund-Johansson', 'Ana Trujillo'][i % 4] ?? '',
        ['Texas', 'North Carolina', 'Ohio'][i % 3] ?? '',
        String((i % 5) + 1),
        `$${(1804.5 - i * 61.25).toFixed(2)}`,
      ]),
      more: 35,
    },
  },
]

/** Every kind in its usual forms, then the hard cases. Each is painted light and dark. */
export const galleryCharts: Sample[] = [...kpis, ...bars, ...lines, ...others, ...hardCharts]
