import type { Made, Output, QueryTree, Source } from '#src/guard/query-tree.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Expression } from './expression.ts'
import type { Model } from './model.ts'

/** A format that a number keeps (money, a duration, a unit), `plain` for counts, ratios and bare numbers, undefined when nothing tells. */
export type Known = Format | 'plain' | undefined

/**
 * What the numbers of a result are, column by column, told by what they are made of: the median of sums of an amount is money, what is counted is
 * not, and money by money is a ratio. `names` are the columns of the result.
 */
export const columnFormats = (tree: QueryTree, model: Model, names: readonly string[]): Known[] => {
  const tables = sourceFormats(model)
  const outputs = outputsOf(tree, { tables, ctes: new Map(), sources: [] })
  const byName = new Map(outputs.map(({ name, known }) => [name, known]))
  return names.map((name, i) => (outputs.length === names.length ? outputs[i]?.known : byName.get(folded(name))))
}

type Tables = ReadonlyMap<string, ReadonlyMap<string, Known>>
type Columns = { name: string; known: Known }[]
type Scope = {
  tables: Tables
  ctes: ReadonlyMap<string, Columns>
  /** Those of the SELECTs around come last. */
  sources: { name: string; columns: Columns }[]
}

const folded = (name: string) => name.toLowerCase()

const outputsOf = (tree: QueryTree, around: Scope): Columns => {
  const ctes = new Map(around.ctes)
  for (const { name, columns, query } of tree.ctes)
    ctes.set(folded(name), renamed(outputsOf(query, { ...around, ctes }), columns))
  const own = tree.from.map(source => sourceIn(source, { ...around, ctes }))
  const scope = { ...around, ctes, sources: [...own, ...around.sources] }
  return tree.outputs.flatMap(output => outputIn(output, { scope, own }))
}

const renamed = (columns: Columns, names: readonly string[]): Columns =>
  columns.map(({ name, known }, i) => ({ name: folded(names[i] ?? name), known }))

const sourceIn = (source: Source, scope: Scope): Scope['sources'][number] => {
  if ('query' in source) {
    const { name, query, columns } = source
    return { name: folded(name), columns: renamed(outputsOf(query, scope), columns) }
  }
  const table = [...(scope.tables.get(folded(source.table)) ?? [])].map(([name, known]) => ({ name, known }))
  return { name: folded(source.name), columns: scope.ctes.get(folded(source.table)) ?? table }
}

const outputIn = (output: Output, { scope, own }: { scope: Scope; own: Scope['sources'] }): Columns => {
  if ('star' in output)
    return own.filter(({ name }) => output.of === undefined || name === folded(output.of)).flatMap(s => s.columns)
  const { made } = output
  const name = output.name ?? (made.by === 'column' ? made.path.at(-1) : undefined) ?? ''
  return [{ name: folded(name), known: knownOf(made, scope) }]
}

const knownOf = (made: Made, scope: Scope): Known => {
  switch (made.by) {
    case 'column':
      return columnIn(made.path.map(folded), scope)
    case 'number':
      return 'plain'
    case 'choice':
      return either(made.of.map(part => knownOf(part, scope)))
    case 'query':
      return outputsOf(made.query, scope)[0]?.known
    case 'call':
      return callOf(
        made.name,
        made.of.map(part => knownOf(part, scope)),
      )
    case 'unknown':
      return undefined
  }
}

const columnIn = (path: string[], { sources }: Scope): Known => {
  const [name, of] = [path.at(-1), path.at(-2)]
  const found = sources.filter(source => of === undefined || source.name === of)
  return found.flatMap(({ columns }) => columns.filter(column => column.name === name))[0]?.known
}

const isFormat = (known: Known): known is Format => known !== undefined && known !== 'plain'

const either = (parts: Known[]): Known =>
  parts.find(isFormat) ?? (parts.every(p => p === 'plain') ? 'plain' : undefined)

const callOf = (name: string, parts: Known[]): Known => {
  const [first, second] = parts
  if (counting.has(name)) return 'plain'
  if (keeping.test(name)) return first
  if (name === '+' || name === '-') return either(parts)
  if (name === '*') return parts.filter(isFormat).length > 1 ? undefined : either(parts)
  if (name === '/' || name === '//') {
    if (second === undefined) return undefined
    return isFormat(first) && isFormat(second) ? 'plain' : second === 'plain' ? first : undefined
  }
  return undefined
}

const counting = new Set(
  'count count_star approx_count_distinct row_number rank dense_rank percent_rank cume_dist ntile length date_diff datediff date_part corr'.split(
    ' ',
  ),
)

/** Functions that give an amount of the same kind as their first argument. */
const keeping =
  /^(sum|avg|mean|min|max|median|mode|mad|favg|fsum|sumkahan|quantile\w*|percentile_(cont|disc)|stddev\w*|first|last|any_value|arg_m(in|ax)|m(in|ax)_by|lag|lead|(first|last|nth)_value|round|floor|ceil|ceiling|trunc|abs|coalesce|ifnull|nullif|greatest|least)$/

/** What the model says of the columns of its tables: as a dimension with a format, or as what a measure adds up. */
const sourceFormats = (model: Model): Tables => {
  const tables = new Map<string, Map<string, Known>>()
  const of = (table: string, column: string) => tables.get(folded(table))?.get(folded(column))
  const put = (table: string, column: string, known: Known) => {
    const columns = tables.get(folded(table)) ?? new Map<string, Known>()
    tables.set(folded(table), columns)
    if (columns.get(folded(column)) === undefined) columns.set(folded(column), known)
  }
  for (const table of Object.values(model.tables))
    for (const column of Object.keys(table.columns ?? {})) put(table.name, column, undefined)
  for (const { table, expression, format } of Object.values(model.dimensions))
    if (expression.kind === 'name') put(expression.table ?? table, expression.name, format && kept(format))
  const sums = Object.values(model.measures).flatMap(m =>
    m.kind === 'base' && m.expression && !/^count/.test(m.aggregation) ? [{ ...m, expression: m.expression }] : [],
  )
  for (const { table, expression, format } of sums)
    if (expression.kind === 'name') put(expression.table ?? table, expression.name, kept(format))
  // Of a number of pieces times a price, the price is money.
  for (const { table, expression, format } of sums) {
    const factors = factorsOf(expression).map(({ table: own = table, name }) => ({ table: own, name }))
    const open = factors.filter(factor => of(factor.table, factor.name) === undefined)
    if (factors.length > 1 && open.length === 1 && !factors.some(f => isFormat(of(f.table, f.name))))
      put(open[0]!.table, open[0]!.name, kept(format))
  }
  return tables
}

/** The names of a product; none when it is something else. */
const factorsOf = (e: Expression): { table?: string; name: string }[] => {
  if (e.kind === 'name') return [e]
  return e.kind === 'binary' && e.op === '*' ? [...factorsOf(e.left), ...factorsOf(e.right)] : []
}

const kept = (format: Format): Known => {
  if (format.kind === 'currency' || format.kind === 'duration' || format.unit !== undefined) return format
  return format.kind === 'percent' ? undefined : 'plain'
}
