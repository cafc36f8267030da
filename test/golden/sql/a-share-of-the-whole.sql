-- a share of the whole, duckdb
with "part_1" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null) and "customers"."region" in (cast($2 as varchar))),
"part_2" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($3 as varchar)) or "orders"."status" is null)),
"result" as (select (cast("part_1"."v1" as float8) / nullif(cast("part_2"."v1" as float8), 0)) as "revenue_share"
  from "part_1"
  left join "part_2" on true)
select "revenue_share"
  from "result"
  order by "revenue_share" desc nulls last
-- ["cancelled","South","cancelled"]

-- a share of the whole, postgres
with "part_1" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  left join "customers" as "customers" on "orders"."customer_id" = "customers"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null) and "customers"."region" in ($2)),
"part_2" as (select sum("lines"."amount") as "v1"
  from "lines"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($3) or "orders"."status" is null)),
"result" as (select (cast("part_1"."v1" as float8) / nullif(cast("part_2"."v1" as float8), 0)) as "revenue_share"
  from "part_1"
  left join "part_2" on true)
select "revenue_share"
  from "result"
  order by "revenue_share" desc nulls last
-- ["cancelled","South","cancelled"]
