import type { Cell } from '#src/vocabulary/table.ts'

export type Comparing = {
  /** Whether the order of rows counts. */
  ordered?: boolean
  /** `prefix`: further columns behind the wanted ones do no harm; `any`: further columns anywhere. Absent: none may be there. */
  columns?: 'prefix' | 'any'
}

/** Rows are the same when their values are, whatever the columns are called and in which order they stand. */
export const sameRows = (got: Cell[][], want: Cell[][], { ordered, columns }: Comparing): boolean => {
  const width = want[0]?.length ?? 0
  if (columns === 'any') return got.length === want.length && holds({ got, want }, { ordered })
  const lines = (rows: Cell[][]) => rows.map(row => (columns ? row.slice(0, width) : row).map(canonical).sort())
  const [a, b] = [lines(got), lines(want)].map(all => all.map(line => line.join('|')))
  return inOrder(a ?? [], ordered) === inOrder(b ?? [], ordered)
}

const inOrder = (lines: string[], ordered = false) => (ordered ? lines : lines.toSorted()).join('\n')

/**
 * What a value is told as: numbers to nine digits, a day without its midnight. Numbers are made larger by nearly nothing first: sums that are added
 * up in another order then do not end on either side of a half.
 */
export const canonical = (value: Cell): string => {
  if (value === null) return '∅'
  const text = String(value)
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return Number((Number(text) * nearlyOne).toPrecision(9)).toString()
  return text.replace(/[ T]00:00:00(\.0+)?(Z|\+00(:00)?)?$/, '').replace(/^(\d{4}-\d\d-\d\d)T(?=\d\d:)/, '$1 ')
}

const nearlyOne = 1 + 1e-12

type Both = { got: Cell[][]; want: Cell[][] }

/** Whether there is a column of its own for every wanted one, with which the rows are the same. */
const holds = ({ got, want }: Both, { ordered }: Comparing): boolean => {
  const [have, wanted] = [columnsOf(got), columnsOf(want)]
  const asked = inOrder(want.map(joined), ordered)
  const inner = (chosen: readonly number[]): boolean => {
    const column = wanted[chosen.length]
    if (!column)
      return (
        inOrder(
          got.map(row => joined(chosen.map(i => row[i] ?? null))),
          ordered,
        ) === asked
      )
    return have.some((other, i) => !chosen.includes(i) && other === column && inner([...chosen, i]))
  }
  return inner([])
}

const joined = (row: readonly Cell[]) => row.map(canonical).join('|')

/** The values of each column, however the rows are ordered. */
const columnsOf = (rows: Cell[][]): string[] =>
  (rows[0] ?? []).map((_, i) =>
    rows
      .map(row => canonical(row[i] ?? null))
      .toSorted()
      .join('\n'),
  )
