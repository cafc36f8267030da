import { flushCompileCache } from 'node:module'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import { registerFonts } from './fonts.ts'
import { paint } from './paint.ts'
import type { PictureFormat } from './theme.ts'

/** What the parent asks for and what it gets. The first message is `ready`, or `broken` when this machine cannot draw. */
export type Order = { id: number; chart: Chart; theme: Theme; format: PictureFormat }
export type Reply =
  | { kind: 'ready' }
  | { kind: 'broken'; reason: string }
  | { kind: 'painted'; id: number; png: Uint8Array }
  | { kind: 'failed'; id: number; reason: string }

const reply = (message: Reply): void => {
  process.send?.(message)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const work = async ({ id, chart, theme, format }: Order): Promise<void> => {
  try {
    reply({ kind: 'painted', id, png: await paint(chart, theme, format) })
  } catch (error) {
    reply({ kind: 'failed', id, reason: reasonOf(error) })
  }
}

const start = async (): Promise<void> => {
  try {
    registerFonts()
    await warmUp()
    process.on('message', (order: Order) => void work(order))
    reply({ kind: 'ready' })
    // The parent may end this process with a signal, at which Node keeps nothing.
    flushCompileCache()
  } catch (error) {
    reply({ kind: 'broken', reason: reasonOf(error) })
  }
}

const frame = { title: 'Self-test', subtitle: 'Ready', alt: '' }
const format = { kind: 'number' } as const
const points = [1, 3, 2, 5].map((value, i) => ({ at: `2024-0${i + 1}-01`, value }))
const samples: Chart[] = [
  { kind: 'bar', ...frame, layout: 'single', categories: ['A', 'B'], series: [{ name: 's', values: [1, 2] }], format },
  { kind: 'line', ...frame, grain: 'month', series: [{ name: 's', points }], format },
  { kind: 'kpi', ...frame, value: 5, format, sparkline: points },
]

/** Paints a few pictures, which also warms the compiler, and makes sure that something was drawn: without fonts it would be nearly nothing. */
const warmUp = async (): Promise<void> => {
  for (const sample of [...samples, ...samples]) {
    const png = await paint(sample, 'light')
    if (png.length < 7_000) throw new Error(`self-test picture has only ${png.length} bytes`)
  }
}

process.on('disconnect', () => process.exit(0))
void start()
