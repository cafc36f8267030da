-- a ratio of two tables, duckdb
with "part_1" as (select "products"."category" as "category", sum("lines"."amount") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null)
  group by 1),
"part_2" as (select "products"."category" as "category", count(distinct "orders"."id") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($2 as varchar)) or "orders"."status" is null)
  group by 1),
"result" as (select "spine"."category" as "category", (cast(coalesce("part_1"."v1", 0) as float8) / nullif(cast(coalesce("part_2"."v1", 0) as float8), 0)) as "average_order"
  from (select "category"
  from "part_1" union select "category"
  from "part_2") as "spine"
  left join "part_1" on "spine"."category" is not distinct from "part_1"."category"
  left join "part_2" on "spine"."category" is not distinct from "part_2"."category")
select "category", "average_order"
  from "result"
  order by "average_order" desc nulls last, "category" nulls last
-- ["cancelled","cancelled"]

-- a ratio of two tables, postgres
with "part_1" as (select "products"."category" as "category", sum("lines"."amount") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null)
  group by 1),
"part_2" as (select "products"."category" as "category", count(distinct "orders"."id") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($2) or "orders"."status" is null)
  group by 1),
"result" as (select "spine"."category" as "category", (cast(coalesce("part_1"."v1", 0) as float8) / nullif(cast(coalesce("part_2"."v1", 0) as float8), 0)) as "average_order"
  from (select "category"
  from "part_1" union select "category"
  from "part_2") as "spine"
  left join "part_1" on "spine"."category" is not distinct from "part_1"."category"
  left join "part_2" on "spine"."category" is not distinct from "part_2"."category")
select "category", "average_order"
  from "result"
  order by "average_order" desc nulls last, "category" nulls last
-- ["cancelled","cancelled"]
