-- two ends of a flight, in a zone, duckdb
with "part_1" as (select "airports_origin"."city" as "origin_city", "airports_destination"."city" as "destination_city", cast(date_trunc('day', timezone('America/New_York', "flights"."left_at")) as date) as "day", max("flights"."delay") as "v1"
  from "flights"
  left join "airports" as "airports_origin" on "flights"."origin" = "airports_origin"."code"
  left join "airports" as "airports_destination" on "flights"."destination" = "airports_destination"."code"
  group by 1, 2, 3),
"result" as (select "part_1"."origin_city" as "origin_city", "part_1"."destination_city" as "destination_city", "part_1"."day" as "day", "part_1"."v1" as "max_delay"
  from "part_1" )
select "origin_city", "destination_city", "day", "max_delay"
  from "result"
  order by "origin_city" nulls last, "destination_city" nulls last, "day" nulls last
-- []

-- two ends of a flight, in a zone, postgres
with "part_1" as (select "airports_origin"."city" as "origin_city", "airports_destination"."city" as "destination_city", cast(date_trunc('day', timezone('America/New_York', "flights"."left_at")) as date) as "day", max("flights"."delay") as "v1"
  from "flights"
  left join "airports" as "airports_origin" on "flights"."origin" = "airports_origin"."code"
  left join "airports" as "airports_destination" on "flights"."destination" = "airports_destination"."code"
  group by 1, 2, 3),
"result" as (select "part_1"."origin_city" as "origin_city", "part_1"."destination_city" as "destination_city", "part_1"."day" as "day", "part_1"."v1" as "max_delay"
  from "part_1" )
select "origin_city", "destination_city", "day", "max_delay"
  from "result"
  order by "origin_city" nulls last, "destination_city" nulls last, "day" nulls last
-- []
