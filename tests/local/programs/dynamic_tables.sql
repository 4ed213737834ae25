-- A pipeline that is declared: raw, then cleaned, then summed up; what is in the middle refreshes for what is behind it.
create or replace database pipes;
create or replace warehouse small;
create or replace table sales (id int, customer int, product int, price number(10, 2), sold timestamp_ntz);
create or replace table customers (id int, name string, info variant);
insert into customers select 1, 'Ada', parse_json('{"city": "London"}') union all select 2, 'Bo', parse_json('{"city": "Oslo"}');
insert into sales values (1, 1, 10, 5, '2026-01-01'), (2, 1, 11, 7.5, '2026-01-02'), (3, 2, 10, 5, '2026-01-02');
create or replace dynamic table enriched target_lag = downstream warehouse = small refresh_mode = auto initialize = on_create as
  select s.id, s.price, s.sold::date as day, c.name, c.info:city::string as city from sales s join customers c on c.id = s.customer;
create or replace dynamic table totals target_lag = '1 minute' warehouse = small comment = 'by city' as
  select city, day, sum(price) as total, count(*) as n from enriched group by city, day;
create or replace dynamic table latest target_lag = '20 minutes' warehouse = small refresh_mode = full as
  select * from sales qualify row_number() over (partition by customer order by sold desc, id desc) = 1;
select city, sum(total), sum(n) from totals group by city order by city
--> [("London", 12.5, 2), ("Oslo", 5, 1)]
insert into sales values (4, 2, 12, 100, '2026-01-03');
alter dynamic table totals refresh;
select sum(total) from totals where city = 'Oslo'
--> [(105,)]
alter dynamic table latest refresh;
select id from latest order by id
--> [(2,), (4,)]
alter dynamic table totals suspend;
show dynamic tables like 'totals';
select "name", "target_lag", "scheduling_state" from table(result_scan(last_query_id()))
--> [("TOTALS", "1 minute", "SUSPENDED")]
alter dynamic table totals resume;
alter dynamic table totals set target_lag = '5 minutes' warehouse = small;
select name from table(information_schema.dynamic_table_graph_history()) order by name
--> error 000002
update sales set price = 0 where id = 4;
create stream totals_changes on dynamic table totals;
alter dynamic table totals refresh;
select metadata$action, total from totals_changes where city = 'Oslo' order by 1
--> [("DELETE", 100), ("INSERT", 0)]
insert into totals values ('x', null, 1, 1)
--> error 002003
create dynamic table wrong target_lag = '10 seconds' warehouse = small as select * from sales
--> error 391917
drop dynamic table latest;
undrop dynamic table latest;
select get_ddl('table', 'totals') ilike 'create or replace dynamic table%'
--> [(True,)]
