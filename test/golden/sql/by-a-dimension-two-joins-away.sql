-- by a dimension two joins away, duckdb
with "part_1" as (select "customers"."region" as "region", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null)
  group by 1),
"result" as (select "part_1"."region" as "region", "part_1"."v1" as "revenue"
  from "part_1" )
select "region", "revenue"
  from "result"
  order by "revenue" desc nulls last, "region" nulls last
-- ["cancelled"]

-- by a dimension two joins away, postgres
with "part_1" as (select "customers"."region" as "region", sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null)
  group by 1),
"result" as (select "part_1"."region" as "region", "part_1"."v1" as "revenue"
  from "part_1" )
select "region", "revenue"
  from "result"
  order by "revenue" desc nulls last, "region" nulls last
-- ["cancelled"]
