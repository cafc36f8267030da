import { createCanvas } from 'canvas'
import { type Loader, type LoggerInterface, parse, type Spec, View, Warn } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import { problemsOf } from './check.ts'
import { draw } from './draw.ts'
import { encodePng } from './encode-png.ts'
import { registerFontsFor } from './fonts.ts'
import type { Picture } from './spec.ts'
import { size } from './theme.ts'

const pixels = { width: size.width * size.scale, height: size.height * size.scale }

/** Draws a chart to a PNG of 1200 × 720 pixels. Fonts must be registered. Throws when the spec is not one of ours or loads anything. */
export const paint = async (chart: Chart, theme: Theme): Promise<Uint8Array> => {
  const spec = draw(chart, theme)
  const problems = problemsOf(spec)
  if (problems.length > 0) throw new Error(`spec refused: ${problems.slice(0, 5).join('; ')}`)
  registerFontsFor(wordsOf(spec))
  return encodePng(await pixelsOf(spec), pixels.width, pixels.height)
}

const wordsOf = ({ data }: Picture): string =>
  data.flatMap(d => d.values.map(row => (typeof row.text === 'string' ? row.text : ''))).join(' ')

const canvas = createCanvas(pixels.width, pixels.height)
const context = canvas.getContext('2d')

/** One canvas serves all pictures: the background is opaque and covers what was there. */
const pixelsOf = async (spec: Picture): Promise<Uint8ClampedArray> => {
  const complaints: string[] = []
  const runtime = parse(spec as Spec, undefined, { ast: true })
  const view = new View(runtime, { renderer: 'none', loader: refusing, expr: expressionInterpreter })
  view.logger(keeping(complaints))
  context.resetTransform()
  await view.toCanvas(size.scale, { externalContext: context })
  view.finalize()
  if (complaints.length > 0) throw new Error(`drawing complained: ${complaints[0]}`)
  return context.getImageData(0, 0, pixels.width, pixels.height).data
}

/** Vega only warns when a load fails or data make no sense; here that is an error. */
const keeping = (complaints: string[]): LoggerInterface => {
  const keep = (...words: readonly unknown[]): LoggerInterface => {
    complaints.push(words.join(' '))
    return logger
  }
  const ignore = (): LoggerInterface => logger
  const level = ((value?: number) => (value === undefined ? Warn : logger)) as LoggerInterface['level']
  const logger: LoggerInterface = { level, error: keep, warn: keep, info: ignore, debug: ignore }
  return logger
}

const refuse = (): Promise<never> => Promise.reject(new Error('loading is not allowed'))
const refusing: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }
