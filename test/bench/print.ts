type Line = readonly (string | number)[]

/** Prints a table: the first column to the left, the others to the right. */
export const printTable = (title: string, head: Line, lines: readonly Line[]): void => {
  const texts = [head, ...lines].map(line => line.map(String))
  const widths = head.map((_, i) => Math.max(...texts.map(line => line[i]?.length ?? 0)))
  const row = (line: readonly string[]) =>
    line.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ')
  const [names = [], ...body] = texts
  print('', title, row(names), widths.map(width => '─'.repeat(width)).join('  '), ...body.map(row))
}

export const print = (...lines: readonly string[]): void => {
  for (const line of lines) console.log(line.trimEnd())
}

/** Milliseconds for people: whole ones, or one decimal below ten. */
export const ms = (value: number): string => (Number.isFinite(value) ? value.toFixed(value < 10 ? 1 : 0) : '–')

/** The same with two decimals below one. */
export const fine = (value: number): string => (value < 1 ? value.toFixed(2) : ms(value))

export const times = (ratio: number): string => (Number.isFinite(ratio) ? `${ratio.toFixed(1)}×` : '–')

/** One line of the summary: what was to be reached, and whether it was. */
export type Target = { name: string; measured: number; limit: number; unit: string; better: 'less' | 'more' }

export const printTargets = (targets: readonly Target[]): void =>
  printTable(
    'Targets',
    ['', 'measured', 'target', ''],
    targets.map(({ name, measured, limit, unit, better }) => [
      name,
      Number.isFinite(measured) ? shown(measured, unit) : 'not measured',
      `${better === 'less' ? '≤' : '≥'} ${shown(limit, unit)}`,
      verdict(measured, limit, better),
    ]),
  )

const shown = (value: number, unit: string) =>
  `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })}${unit}`

const verdict = (measured: number, limit: number, better: 'less' | 'more') => {
  if (!Number.isFinite(measured)) return ''
  return (better === 'less' ? measured <= limit : measured >= limit) ? 'met' : 'MISSED'
}
