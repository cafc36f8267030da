import { createCanvas } from 'canvas'
import { type Loader, type LoggerInterface, parse, type Spec, View, Warn } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'
import { problemsOf } from './check.ts'
import { draw } from './draw.ts'
import { encodeIndexedPng } from './encode-indexed-png.ts'
import { encodePng } from './encode-png.ts'
import { registerFontsFor } from './fonts.ts'
import type { Picture } from './spec.ts'
import { type PictureFormat, size } from './theme.ts'

/** Draws a chart to a PNG. Fonts must be registered. Throws when the spec is not one of ours or loads anything. */
export const paint = async (chart: Chart, theme: Theme, format: PictureFormat = 'full'): Promise<Uint8Array> => {
  const spec = draw(chart, theme)
  const problems = problemsOf(spec)
  if (problems.length > 0) throw new Error(`spec refused: ${problems.slice(0, 5).join('; ')}`)
  registerFontsFor(wordsOf(spec))
  if (format === 'small') return small(spec)
  const { rgba, width, height } = await pixelsOf(spec, size.scale)
  return encodePng(rgba, width, height)
}

/** So many bytes go into a message even where base64 in UTF-16 should count against its size. */
const smallBytes = 24_000

/** From fine to coarse; the last is taken whatever it weighs. */
const smallSteps = [
  { scale: 1.7, tolerances: [4, 10, 16] },
  { scale: 4 / 3, tolerances: [10, 16] },
  { scale: 1, tolerances: [10, 16, 24] },
]

const small = async (spec: Picture): Promise<Uint8Array> => {
  let png: Uint8Array = new Uint8Array()
  for (const { scale, tolerances } of smallSteps) {
    const { rgba, width, height } = await pixelsOf(spec, scale)
    for (const tolerance of tolerances) {
      png = encodeIndexedPng(rgba, { width, height, tolerance })
      if (png.length <= smallBytes) return png
    }
  }
  return png
}

const wordsOf = ({ data }: Picture): string =>
  data.flatMap(d => d.values.map(row => (typeof row.text === 'string' ? row.text : ''))).join(' ')

const canvas = createCanvas(size.width * size.scale, size.height * size.scale)
const context = canvas.getContext('2d')

type Pixels = { rgba: Uint8ClampedArray; width: number; height: number }

/** One canvas serves all pictures: the background is opaque and covers what was there. */
const pixelsOf = async (spec: Picture, scale: number): Promise<Pixels> => {
  const complaints: string[] = []
  const runtime = parse(spec as Spec, undefined, { ast: true })
  const view = new View(runtime, { renderer: 'none', loader: refusing, expr: expressionInterpreter })
  view.logger(keeping(complaints))
  context.resetTransform()
  await view.toCanvas(scale, { externalContext: context })
  view.finalize()
  if (complaints.length > 0) throw new Error(`drawing complained: ${complaints[0]}`)
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)]
  return { rgba: context.getImageData(0, 0, width, height).data, width, height }
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
