import { readFileSync, writeFileSync } from 'node:fs'
import type { Order, Reply } from '#renderers/chart/painter.ts'

/**
 * A painter for tests of the pool. The title of a chart says what it does: `hang`, `hang-once`, `die`, `refuse`; anything else is
 * answered with its own words. Every order is counted in the file that the subtitle names, when it names one.
 */
const act = ({ id, chart, theme, format }: Order): Reply | undefined => {
  if (chart.subtitle.startsWith('/')) writeFileSync(chart.subtitle, 'x', { flag: 'a' })
  if (chart.title === 'die') process.exit(1)
  if (chart.title === 'environment') return painted(id, Object.keys(process.env).sort().join())
  if (chart.title === 'heap') return painted(id, process.execArgv.join(' '))
  if (chart.title === 'pid') return painted(id, String(process.pid))
  if (chart.title === 'refuse') return { kind: 'failed', id, reason: 'refused' }
  if (chart.title === 'hang') return undefined
  if (chart.title === 'hang-once' && readFileSync(chart.subtitle, 'utf8') === 'x') return undefined
  return painted(id, `${format === 'full' ? '' : `${format} `}${theme} ${chart.title}`)
}

const painted = (id: number, text: string): Reply => ({ kind: 'painted', id, png: Buffer.from(text) })

process.on('disconnect', () => process.exit(0))
process.on('message', (order: Order) => {
  const reply = act(order)
  if (reply) process.send?.(reply)
})
process.send?.({ kind: 'ready' } satisfies Reply)
