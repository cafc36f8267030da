import { isObject } from '../arguments.ts'
import type { Json } from '../world.ts'
import { known } from './objects.ts'
import { kinds, list, number, object, type Shape, text } from './shape.ts'

/**
 * Charts (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block). The page says six series and segments;
 * twelve are accepted (https://docs.openclaw.ai/channels/slack/rich-messages).
 */
const label = text(20)
const amount = number({ whole: false })

const segment = object({ label, value: amount }, {}, ({ value }, at, { report }) => {
  if (typeof value === 'number' && value <= 0) report('must be greater than 0', `${at}/value`)
})

const series = object({ name: label, data: list(object({ label, value: amount }), { max: 20 }) })

const plotted = object(
  {
    type: known,
    series: list(series, { max: 12 }),
    axis_config: object({ categories: list(label, { max: 20 }) }, { x_label: text(50), y_label: text(50) }),
  },
  {},
  (chart, at, check) => {
    const categories = textsOf(isObject(chart.axis_config) ? chart.axis_config.categories : [])
    const drawn = listOf(chart.series)
    if (hasTwice(categories)) check.report('categories must be unique', `${at}/axis_config/categories`)
    if (hasTwice(drawn.map(s => String(s.name)))) check.report('series names must be unique', `${at}/series`)
    drawn.forEach((s, i) => {
      const labels = listOf(s.data).map(point => String(point.label))
      const isComplete = labels.length === categories.length && categories.every(c => labels.includes(c))
      if (!isComplete) check.report('must have exactly one data point for each category', `${at}/series/${i}/data`)
    })
  },
)

export const charts: Record<string, Shape> = {
  data_visualization: object(
    {
      type: known,
      title: text(50),
      chart: kinds({
        pie: object({ type: known, segments: list(segment, { max: 12 }) }),
        bar: plotted,
        line: plotted,
        area: plotted,
      }),
    },
    { block_id: text(255) },
  ),
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const hasTwice = (words: string[]) => new Set(words).size < words.length
