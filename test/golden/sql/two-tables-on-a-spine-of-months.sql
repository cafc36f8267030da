-- two tables on a spine of months, duckdb
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1),
"part_2" as (select cast(date_trunc('month', "customers"."signed_on") as date) as "month", count(*) as "v1"
  from "customers" 
  group by 1),
"result" as (select "spine"."month" as "month", coalesce("part_1"."v1", 0) as "orders", coalesce("part_2"."v1", 0) as "signups"
  from (select "month"
  from "part_1" union select "month"
  from "part_2") as "spine"
  left join "part_1" on "spine"."month" is not distinct from "part_1"."month"
  left join "part_2" on "spine"."month" is not distinct from "part_2"."month")
select "month", "orders", "signups"
  from "result"
  order by "month" nulls last
-- []

-- two tables on a spine of months, postgres
with "part_1" as (select cast(date_trunc('month', "orders"."ordered_at") as date) as "month", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1),
"part_2" as (select cast(date_trunc('month', "customers"."signed_on") as date) as "month", count(*) as "v1"
  from "customers" 
  group by 1),
"result" as (select "spine"."month" as "month", coalesce("part_1"."v1", 0) as "orders", coalesce("part_2"."v1", 0) as "signups"
  from (select "month"
  from "part_1" union select "month"
  from "part_2") as "spine"
  left join "part_1" on "spine"."month" is not distinct from "part_1"."month"
  left join "part_2" on "spine"."month" is not distinct from "part_2"."month")
select "month", "orders", "signups"
  from "result"
  order by "month" nulls last
-- []
