-- customers with at least two orders, duckdb
with "part_1" as (select count(distinct "orders"."customer_id") as "v1"
  from "orders"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where "customers"."id" in (with "thing_1" as (select "customers"."id" as "key", count(distinct "orders"."id") as "v1"
  from "orders"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  group by 1)
select "thing_1"."key"
  from "thing_1" 
  where "thing_1"."v1" >= cast($1 as float8))),
"result" as (select "part_1"."v1" as "buyers"
  from "part_1" )
select "buyers"
  from "result"
  order by "buyers" desc nulls last
-- [2]

-- customers with at least two orders, postgres
with "part_1" as (select count(distinct "orders"."customer_id") as "v1"
  from "orders"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where "customers"."id" in (with "thing_1" as (select "customers"."id" as "key", count(distinct "orders"."id") as "v1"
  from "orders"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  group by 1)
select "thing_1"."key"
  from "thing_1" 
  where "thing_1"."v1" >= cast($1 as float8))),
"result" as (select "part_1"."v1" as "buyers"
  from "part_1" )
select "buyers"
  from "result"
  order by "buyers" desc nulls last
-- [2]
