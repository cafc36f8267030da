const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of a value among values up to `most`, to an eighth of a cell; below zero it is shaded. Something above zero always shows. */
export const bar = (value: number | null, most: number, width: number): string => {
  if (value === null || value === 0 || most <= 0) return ''
  const units = Math.max(1, Math.round((Math.abs(value) / most) * width * 8))
  if (value < 0) return '▒'.repeat(Math.ceil(units / 8))
  return '█'.repeat(Math.floor(units / 8)) + eighths[units % 8]!
}

const levels = [...'▁▂▃▄▅▆▇█']

/** One mark per value from the lowest to the highest; a gap is "·". More values than `width` are averaged in neighbours. */
export const sparkline = (values: readonly (number | null)[], width: number): string => {
  const shown = thinned(values, width)
  const known = shown.filter(v => v !== null)
  const low = Math.min(...known)
  const range = Math.max(...known) - low
  return shown.map(v => (v === null ? '·' : levels[range > 0 ? Math.round(((v - low) / range) * 7) : 3]!)).join('')
}

const thinned = (values: readonly (number | null)[], width: number) => {
  if (values.length <= width) return values
  return Array.from({ length: width }, (_, i) =>
    mean(values.slice(Math.floor((i * values.length) / width), Math.floor(((i + 1) * values.length) / width))),
  )
}

const mean = (values: (number | null)[]) => {
  const known = values.filter(v => v !== null)
  return known.length > 0 ? known.reduce((sum, v) => sum + v, 0) / known.length : null
}
