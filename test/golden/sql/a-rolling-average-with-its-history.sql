-- a rolling average with its history, duckdb
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)
  group by 1),
"result" as (select "part_1"."month" as "month", avg("part_1"."v1") over (order by "part_1"."month" range between interval '2 month' preceding and current row) as "revenue_rolling_3"
  from "part_1" )
select "month", "revenue_rolling_3"
  from "result"
  where "month" >= cast($4 as date)
  order by "month" nulls last
-- ["cancelled","2022-11-01","2024-01-01","2023-01-01"]

-- a rolling average with its history, postgres
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null) and "orders"."ordered_at" >= cast($2 as date) and "orders"."ordered_at" < cast($3 as date)
  group by 1),
"result" as (select "part_1"."month" as "month", avg("part_1"."v1") over (order by "part_1"."month" range between interval '2 month' preceding and current row) as "revenue_rolling_3"
  from "part_1" )
select "month", "revenue_rolling_3"
  from "result"
  where "month" >= cast($4 as date)
  order by "month" nulls last
-- ["cancelled","2022-11-01","2024-01-01","2023-01-01"]
