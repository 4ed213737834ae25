-- Orders land as JSON, a stream tells what is new, and tasks clean it, sum it up and tidy away what is old.
create or replace database orders_db;
create or replace schema raw;
create or replace warehouse transforming warehouse_size = xsmall;
create or replace table landing (payload variant, file varchar default 'none', at timestamp_ntz default current_timestamp());
create or replace table clean (id number, customer string, item string, quantity number, price number(10, 2), at timestamp_ntz);
create or replace table daily (day date, customer string, total number(12, 2), primary key (day, customer));
create or replace stream landing_stream on table landing append_only = true;
create or replace stream clean_stream on table clean;
create or replace task ingest
  warehouse = transforming
  schedule = '5 minute'
  when system$stream_has_data('landing_stream')
as
  insert into clean
  select s.payload:id::number, s.payload:customer.name::string, i.value:sku::string, i.value:qty::number,
    i.value:price::number(10, 2), s.payload:ordered_at::timestamp_ntz
  from landing_stream s, lateral flatten(input => s.payload:items) i;
create or replace task sum_up
  warehouse = transforming
  after ingest
  when system$stream_has_data('clean_stream')
as
  merge into daily d
  using (
    select date_trunc('day', at)::date as day, customer, sum(quantity * price) as total
    from clean_stream where metadata$action = 'INSERT' group by 1, 2
  ) s on d.day = s.day and d.customer = s.customer
  when matched then update set total = d.total + s.total
  when not matched then insert (day, customer, total) values (s.day, s.customer, s.total);
create or replace procedure tidy(days float) returns string language javascript execute as caller as
$$
  var done = snowflake.execute({sqlText: "delete from landing where at < dateadd(day, -" + DAYS + ", current_timestamp())"});
  done.next();
  return done.getColumnValue(1) + " rows";
$$;
create or replace task tidying warehouse = transforming after sum_up as call tidy(7);
alter task tidying resume;
alter task sum_up resume;
alter task ingest resume;
insert into landing (payload) select parse_json('{"id": 1, "customer": {"name": "Ada"}, "ordered_at": "2026-01-05 10:00:00",
  "items": [{"sku": "a", "qty": 2, "price": 1.5}, {"sku": "b", "qty": 1, "price": 4}]}');
insert into landing (payload) select parse_json(column1) from values
  ('{"id": 2, "customer": {"name": "Bo"}, "ordered_at": "2026-01-05 11:00:00", "items": [{"sku": "a", "qty": 10, "price": 1.5}]}'),
  ('{"id": 3, "customer": {"name": "Ada"}, "ordered_at": "2026-01-06 11:00:00", "items": []}');
select count(*) from landing_stream
--> [(3,)]
--> advance 6
select customer, item, quantity from clean order by 1, 2
--> [("Ada", "a", 2), ("Ada", "b", 1), ("Bo", "a", 10)]
select day::varchar, customer, total from daily order by 1, 2
--> [("2026-01-05", "Ada", 7), ("2026-01-05", "Bo", 15)]
select system$stream_has_data('landing_stream')
--> [(False,)]
insert into landing (payload) select parse_json('{"id": 4, "customer": {"name": "Ada"}, "ordered_at": "2026-01-05 12:00:00",
  "items": [{"sku": "c", "qty": 1, "price": 100}]}');
--> advance 6
select total from daily where customer = 'Ada'
--> [(107,)]
select name, state, count(*) from table(information_schema.task_history(scheduled_time_range_start =>
  dateadd('hour', -1, current_timestamp()), result_limit => 100)) where state = 'SUCCEEDED' group by all order by name
--> [("INGEST", "SUCCEEDED", 2), ("SUM_UP", "SUCCEEDED", 2), ("TIDYING", "SUCCEEDED", 2)]
alter task ingest suspend;
alter task ingest modify as insert into clean select 0, 'nobody', 'x', 0, 0, current_timestamp() from landing_stream;
alter task ingest set schedule = 'USING CRON 0 9-17 * * MON-FRI Europe/Berlin';
show tasks in schema raw;
select "name", "state", "schedule" from table(result_scan(last_query_id())) where "name" = 'INGEST'
--> [("INGEST", "suspended", "USING CRON 0 9-17 * * MON-FRI Europe/Berlin")]
