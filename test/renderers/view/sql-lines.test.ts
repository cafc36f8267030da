import { describe, expect, test } from 'vitest'
import { sqlLines } from '#renderers/view/sql-lines.ts'

describe('SQL in lines', () => {
  test('every clause begins a line, and what is in brackets is indented', () => {
    const sql =
      'with "part_1" as (select "c"."x" as "x", sum("o"."amount") as "v1" from "o" left join "c" on "o"."id" = "c"."id" where ("o"."s" not in (cast($1 as varchar), cast($2 as varchar)) or "o"."s" is null) group by 1) select "x", coalesce("v1", 0) from (select "x" from "a" union select "x" from "b") as "spine" left join "part_1" on "spine"."x" is not distinct from "part_1"."x" order by "v1" desc nulls last limit 10'
    expect(sqlLines(sql)).toBe(`with "part_1" as (
  select "c"."x" as "x", sum("o"."amount") as "v1"
  from "o"
  left join "c" on "o"."id" = "c"."id"
  where ("o"."s" not in (cast($1 as varchar), cast($2 as varchar)) or "o"."s" is null)
  group by 1
)
select "x", coalesce("v1", 0)
from (
  select "x"
  from "a"
  union
  select "x"
  from "b"
) as "spine"
left join "part_1" on "spine"."x" is not distinct from "part_1"."x"
order by "v1" desc nulls last
limit 10`)
  })

  test('words within functions, windows and texts begin nothing', () => {
    const sql = `select extract(year from "at"), sum("x") over (partition by "a" order by "b"), 'select from where' from "t"`
    expect(sqlLines(sql)).toBe(
      `select extract(year from "at"), sum("x") over (partition by "a" order by "b"), 'select from where'\nfrom "t"`,
    )
  })

  test.each(['', 'select 1', 'select 1\nfrom x', ')(', "it's unfinished (", '"', `select ${'x,'.repeat(20_000)}`])(
    'no text is lost: %#',
    sql => {
      expect(sqlLines(sql).replace(/\s/g, '')).toBe(sql.replace(/\s/g, ''))
    },
  )
})
