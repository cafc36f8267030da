import type { ColumnRef, Model, ModelTable } from '#src/semantic/model.ts'

type Rest = Pick<Model, 'dimensions' | 'measures'>
type Keeping = { model: Model; rest: Rest; isHidden: (ref: ColumnRef) => boolean }

/** The tables that are seen, without what is hidden of them. */
export const keptTables = (names: readonly string[], { model, rest, isHidden }: Keeping): Record<string, ModelTable> =>
  Object.fromEntries(names.map(name => [name, kept(model.tables[name]!, { rest, isHidden })]))

const kept = (table: ModelTable, { rest, isHidden }: Omit<Keeping, 'model'>): ModelTable => {
  const { time, display, value, columns, ...others } = table
  const sees = (column: string) => !isHidden({ table: table.name, column })
  return {
    ...others,
    primaryKey: table.primaryKey.every(sees) ? table.primaryKey : [],
    ...ifThere('time', time, rest.dimensions),
    ...ifThere('display', display, rest.dimensions),
    ...ifThere('value', value, rest.measures),
    ...(columns ? { columns: Object.fromEntries(Object.entries(columns).filter(([name]) => sees(name))) } : {}),
  }
}

const ifThere = (
  key: 'time' | 'display' | 'value',
  name: string | undefined,
  among: Readonly<Record<string, unknown>>,
) => (name !== undefined && Object.hasOwn(among, name) ? { [key]: name } : {})
