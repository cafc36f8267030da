-- weeks from Sunday and fiscal years from July, duckdb
with "part_1" as (select cast(date_trunc('week', "orders"."ordered_at" + interval '1 day') - interval '1 day' as date) as "week", cast(date_trunc('year', "orders"."ordered_at" + interval '6 month') - interval '6 month' as date) as "year", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1, 2),
"result" as (select "part_1"."week" as "week", "part_1"."year" as "year", "part_1"."v1" as "orders"
  from "part_1" )
select "week", "year", "orders"
  from "result"
  order by "week" nulls last, "year" nulls last
-- []

-- weeks from Sunday and fiscal years from July, postgres
with "part_1" as (select cast(date_trunc('week', "orders"."ordered_at" + interval '1 day') - interval '1 day' as date) as "week", cast(date_trunc('year', "orders"."ordered_at" + interval '6 month') - interval '6 month' as date) as "year", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1, 2),
"result" as (select "part_1"."week" as "week", "part_1"."year" as "year", "part_1"."v1" as "orders"
  from "part_1" )
select "week", "year", "orders"
  from "result"
  order by "week" nulls last, "year" nulls last
-- []
