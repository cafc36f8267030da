-- the best three of each category, duckdb
with "part_1" as (select "products"."category" as "category", "products"."name" as "product", sum("lines"."amount") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in (cast($1 as varchar)) or "orders"."status" is null)
  group by 1, 2),
"result" as (select "part_1"."category" as "category", "part_1"."product" as "product", "part_1"."v1" as "revenue"
  from "part_1" )
select "category", "product", "revenue"
  from (select *, row_number() over (partition by "category"
  order by "revenue" desc nulls last, "category" nulls last, "product" nulls last) as "place"
  from "result"
  where "category" is not null and "product" is not null) as "ranked"
  where "place" <= 3
  order by "category", "place"
-- ["cancelled"]

-- the best three of each category, postgres
with "part_1" as (select "products"."category" as "category", "products"."name" as "product", sum("lines"."amount") as "v1"
  from "lines"
  left join "products" as "products" on "lines"."product_id" = "products"."id"
  left join "orders" as "orders" on "lines"."order_id" = "orders"."id"
  where ("orders"."status" not in ($1) or "orders"."status" is null)
  group by 1, 2),
"result" as (select "part_1"."category" as "category", "part_1"."product" as "product", "part_1"."v1" as "revenue"
  from "part_1" )
select "category", "product", "revenue"
  from (select *, row_number() over (partition by "category"
  order by "revenue" desc nulls last, "category" nulls last, "product" nulls last) as "place"
  from "result"
  where "category" is not null and "product" is not null) as "ranked"
  where "place" <= 3
  order by "category", "place"
-- ["cancelled"]
