-- weekdays in the order of the week, duckdb
with "part_1" as (select dayname("orders"."ordered_at") as "weekday", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1),
"result" as (select "part_1"."weekday" as "weekday", "part_1"."v1" as "orders"
  from "part_1" )
select "weekday", "orders"
  from "result"
  order by case "weekday" when 'Monday' then 1 when 'Tuesday' then 2 when 'Wednesday' then 3 when 'Thursday' then 4 when 'Friday' then 5 when 'Saturday' then 6 when 'Sunday' then 7 end nulls last
-- []

-- weekdays in the order of the week, postgres
with "part_1" as (select to_char("orders"."ordered_at", 'FMDay') as "weekday", count(distinct "orders"."id") as "v1"
  from "orders" 
  group by 1),
"result" as (select "part_1"."weekday" as "weekday", "part_1"."v1" as "orders"
  from "part_1" )
select "weekday", "orders"
  from "result"
  order by case "weekday" when 'Monday' then 1 when 'Tuesday' then 2 when 'Wednesday' then 3 when 'Thursday' then 4 when 'Friday' then 5 when 'Saturday' then 6 when 'Sunday' then 7 end nulls last
-- []
