-- one number in a period, duckdb
with "part_1" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)),
"result" as (select "part_1"."v1" as "revenue"
  from "part_1" )
select "revenue"
  from "result"
  order by "revenue" desc nulls last
-- ["cancelled","2023-01-01","2024-01-01"]

-- one number in a period, postgres
with "part_1" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)),
"result" as (select "part_1"."v1" as "revenue"
  from "part_1" )
select "revenue"
  from "result"
  order by "revenue" desc nulls last
-- ["cancelled","2023-01-01","2024-01-01"]
