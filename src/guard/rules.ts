import type { Rule, TextRule } from './rule.ts'
import { characters } from './rules/characters.ts'
import { columns } from './rules/columns.ts'
import { complexity } from './rules/complexity.ts'
import { cteNames } from './rules/cte-names.ts'
import { functions } from './rules/functions.ts'
import { hiddenColumns } from './rules/hidden-columns.ts'
import { lengths } from './rules/lengths.ts'
import { names } from './rules/names.ts'
import { nodeKinds } from './rules/node-kinds.ts'
import { oneSelect } from './rules/one-select.ts'
import { params } from './rules/params.ts'
import { series } from './rules/series.ts'
import { sessionWords } from './rules/session-words.ts'
import { size } from './rules/size.ts'
import { tables } from './rules/tables.ts'
import { types } from './rules/types.ts'

/** Checked before the text reaches a parser. */
export const textRules: readonly TextRule[] = [size, characters]

/** Checked on what the parser read. All of them are asked, so that whoever mends the SQL sees everything at once. */
export const rules: readonly Rule[] = [
  oneSelect,
  nodeKinds,
  tables,
  cteNames,
  names,
  functions,
  series,
  lengths,
  types,
  sessionWords,
  params,
  columns,
  hiddenColumns,
  complexity,
]
