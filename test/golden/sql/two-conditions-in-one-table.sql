-- two conditions in one table, duckdb
with "part_1" as (select "orders"."channel" as "channel", sum("lines"."amount") as "v1", coalesce(sum("lines"."amount") filter (where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null)), 0) as "v2"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  group by 1),
"result" as (select "part_1"."channel" as "channel", "part_1"."v1" as "gross", "part_1"."v2" as "revenue"
  from "part_1" )
select "channel", "gross", "revenue"
  from "result"
  order by "gross" desc nulls last, "channel" nulls last
-- ["cancelled"]

-- two conditions in one table, postgres
with "part_1" as (select "orders"."channel" as "channel", sum("lines"."amount") as "v1", coalesce(sum("lines"."amount") filter (where ("orders"."status" not in ($1) or "orders"."status" is null)), 0) as "v2"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  group by 1),
"result" as (select "part_1"."channel" as "channel", "part_1"."v1" as "gross", "part_1"."v2" as "revenue"
  from "part_1" )
select "channel", "gross", "revenue"
  from "result"
  order by "gross" desc nulls last, "channel" nulls last
-- ["cancelled"]
