/** WCAG 2.2 contrast of two `#RRGGBB` colours, 1 … 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Whichever of the two reads better on `ground`. */
export const readable = (ground: string, [dark, light]: readonly [string, string]): string =>
  contrast(ground, dark) >= contrast(ground, light) ? dark : light

/** The colour at `share` (0 … 1) of a ramp of at least two colours. */
export const rampColour = (ramp: readonly string[], share: number): string => {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1)
  const from = Math.min(ramp.length - 2, Math.floor(place))
  return mix(ramp[from] ?? '#000000', ramp[from + 1] ?? '#000000', place - from)
}

/** `a` with `share` (0 … 1) of `b` in it. */
export const mix = (a: string, b: string, share: number): string => {
  const [from, to] = [channels(a), channels(b)]
  return `#${from.map((c, i) => hex(c + ((to[i] ?? 0) - c) * share)).join('')}`
}

const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = channels(colour)
    .map(c => c / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const channels = (colour: string): number[] => [1, 3, 5].map(i => Number.parseInt(colour.slice(i, i + 2), 16))

const hex = (c: number): string => Math.round(c).toString(16).padStart(2, '0')
