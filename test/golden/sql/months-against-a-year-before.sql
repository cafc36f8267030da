-- months against a year before, duckdb
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)
  group by 1),
"part_2" as (select cast(date_trunc('month', ("orders"."ordered_at" + interval '1 year')) as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($4 as varchar)) or "orders"."status" is null) and "orders"."ordered_at" >= cast($5 as date) and "orders"."ordered_at" < cast($6 as date)
  group by 1),
"result" as (select "part_1"."month" as "month", coalesce("part_1"."v1", 0) as "revenue", "part_2"."v1" as "revenue_previous"
  from "part_1"
  left join "part_2" on "part_1"."month" is not distinct from "part_2"."month")
select "month", "revenue", "revenue_previous"
  from "result"
  order by "month" nulls last
-- ["cancelled","2023-01-01","2024-01-01","cancelled","2022-01-01","2023-01-01"]

-- months against a year before, postgres
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)
  group by 1),
"part_2" as (select cast(date_trunc('month', ("orders"."ordered_at" + interval '1 year')) as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($4) or "orders"."status" is null) and "orders"."ordered_at" >= cast($5 as date) and "orders"."ordered_at" < cast($6 as date)
  group by 1),
"result" as (select "part_1"."month" as "month", coalesce("part_1"."v1", 0) as "revenue", "part_2"."v1" as "revenue_previous"
  from "part_1"
  left join "part_2" on "part_1"."month" is not distinct from "part_2"."month")
select "month", "revenue", "revenue_previous"
  from "result"
  order by "month" nulls last
-- ["cancelled","2023-01-01","2024-01-01","cancelled","2022-01-01","2023-01-01"]
