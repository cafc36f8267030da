/**
 * The shape of PostgreSQL's parse tree as far as it is allowed. Per kind of node its fields; `field=Kind` is a node that is written there
 * without its name, as `libpg-query` does for types, windows and aliases. A kind or field that is not here is refused, which is how
 * SELECT INTO and FOR UPDATE are: they are fields of an ordinary SELECT. Left out on purpose: recursive WITH, samples, NATURAL joins,
 * names for whole joins, ONLY, COLLATE, fields of row values, XML and SQL/JSON constructors, lists of column definitions, VARIADIC.
 * https://github.com/pganalyze/libpg_query/blob/17-latest/protobuf/pg_query.proto
 */
const shapes = {
  SelectStmt:
    'distinctClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause valuesLists ' +
    'sortClause limitOffset limitCount limitOption withClause=WithClause op all larg=SelectStmt rarg=SelectStmt',
  WithClause: 'ctes location',
  CommonTableExpr: 'ctename aliascolnames ctematerialized ctequery location',
  ResTarget: 'name val location',
  RangeVar: 'catalogname schemaname relname inh relpersistence alias=Alias location',
  RangeSubselect: 'lateral subquery alias=Alias',
  RangeFunction: 'lateral ordinality is_rowsfrom functions alias=Alias',
  JoinExpr: 'jointype larg rarg usingClause quals rtindex',
  Alias: 'aliasname colnames',
  SortBy: 'node sortby_dir sortby_nulls location',
  WindowDef: 'name refname partitionClause orderClause frameOptions startOffset endOffset location',
  GroupingSet: 'kind content location',
  ColumnRef: 'fields location',
  A_Star: '',
  A_Const: 'ival fval boolval sval bsval isnull location',
  A_Expr: 'kind name lexpr rexpr rexpr_list_start rexpr_list_end location',
  A_ArrayExpr: 'elements list_start list_end location',
  A_Indirection: 'arg indirection',
  A_Indices: 'is_slice lidx uidx',
  BoolExpr: 'boolop args location',
  BooleanTest: 'arg booltesttype location',
  CaseExpr: 'arg args defresult location',
  CaseWhen: 'expr result location',
  CoalesceExpr: 'args location',
  FuncCall:
    'funcname args agg_order agg_filter over=WindowDef agg_within_group agg_star agg_distinct funcformat location',
  GroupingFunc: 'args location',
  MinMaxExpr: 'op args location',
  NamedArgExpr: 'arg name argnumber location',
  NullTest: 'arg nulltesttype location',
  ParamRef: 'number location',
  RowExpr: 'args row_format location',
  SQLValueFunction: 'op typmod location',
  SubLink: 'subLinkType testexpr operName subselect location',
  TypeCast: 'arg typeName=TypeName location',
  TypeName: 'names typmods typemod arrayBounds location',
  List: 'items',
  String: 'sval',
  Integer: 'ival',
}

/** Fields of a kind; a field maps to the kind that is written there without its name, if any. */
export type Shape = ReadonlyMap<string, string | undefined>

const shape = (fields: string): Shape =>
  new Map(
    fields
      .split(' ')
      .filter(Boolean)
      .map(field => field.split('=') as [string, string?])
      .map(([field, kind]) => [field, kind]),
  )

export const shapeOf: ReadonlyMap<string, Shape> = new Map(
  Object.entries(shapes).map(([kind, fields]) => [kind, shape(fields)]),
)

export const kinds: ReadonlySet<string> = new Set(Object.keys(shapes))
