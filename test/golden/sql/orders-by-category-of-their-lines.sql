-- orders by category of their lines, duckdb
with "part_1" as (select "products"."category" as "category", count(distinct "orders"."id") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  group by 1),
"result" as (select "part_1"."category" as "category", "part_1"."v1" as "orders"
  from "part_1" )
select "category", "orders"
  from "result"
  order by "orders" desc nulls last, "category" nulls last
-- []

-- orders by category of their lines, postgres
with "part_1" as (select "products"."category" as "category", count(distinct "orders"."id") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  group by 1),
"result" as (select "part_1"."category" as "category", "part_1"."v1" as "orders"
  from "part_1" )
select "category", "orders"
  from "result"
  order by "orders" desc nulls last, "category" nulls last
-- []
