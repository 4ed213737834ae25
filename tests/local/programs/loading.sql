-- Files of several forms, looked at before they are loaded, loaded with mistakes, and loaded again.
create or replace database loads;
create or replace file format csv_format type = 'CSV' field_delimiter = ',' skip_header = 1 null_if = ('NULL', '') empty_field_as_null = true
  field_optionally_enclosed_by = '"' compression = gzip trim_space = true error_on_column_count_mismatch = false;
create or replace stage files file_format = csv_format comment = 'what comes';
create or replace table trips (id int, station string, seconds int, started timestamp_ntz, member boolean);
copy into @files/2024/trips_1.csv.gz from (select column1 as id, column2, column3, column4, column5 from values
  (1, 'Main, St', 300, '2024-01-01 10:00:00', 'true'), (2, 'Oak "Ave"', 420, '2024-01-01 11:00:00', 'false'))
  file_format = (type = csv compression = gzip field_optionally_enclosed_by = '"') header = true single = true overwrite = true;
copy into @files/2024/trips_2.csv.gz from (select column1 as id, column2, column3, column4, column5 from values
  ('3', 'Elm', '60', '2024-01-02 10:00:00', 'true'), ('x', 'Bad', '1', '2024-01-02', 'true'), ('5', 'Fir', 'NULL', '2024-01-03', 'no'))
  file_format = (type = csv compression = gzip ) header = true single = true overwrite = true;
list @files pattern = '.*2024.*';
select count(*) from table(result_scan(last_query_id()))
--> [(2,)]
select t.$1, t.$2, metadata$filename, metadata$file_row_number from @files/2024/trips_1.csv.gz t order by 1
--> [("1", "Main, St", "2024/trips_1.csv.gz", 1), ("2", 'Oak "Ave"', "2024/trips_1.csv.gz", 2)]
copy into trips from @files/2024/ pattern = '.*trips_1.*' validation_mode = 'RETURN_5_ROWS';
select count(*) from trips
--> [(0,)]
copy into trips from @files/2024/ pattern = '.*trips_2.*'
--> error 100038
copy into trips from @files/2024/ on_error = continue;
select id, station, seconds, member from trips order by id
--> [(1, "Main, St", 300, True), (2, 'Oak "Ave"', 420, False), (3, "Elm", 60, True), (5, "Fir", None, False)]
select file_name, row_count, error_count, status from table(information_schema.copy_history(table_name => 'TRIPS',
  start_time => dateadd(hours, -1, current_timestamp()))) order by 1
--> [("trips_1.csv.gz", 2, 0, "Loaded"), ("trips_2.csv.gz", 2, 1, "Partially loaded")]
select count(*) from table(validate(trips, job_id => '_last'))
--> [(1,)]
copy into trips from @files/2024/ file_format = (format_name = csv_format) on_error = 'skip_file'
--> [("Copy executed with 0 files processed.",)]
truncate table trips;
copy into trips (id, station, started) from (select $1, upper($2), $4::timestamp_ntz from @files/2024/trips_1.csv.gz) force = true purge = false;
select id, station, seconds from trips order by id
--> [(1, "MAIN, ST", None), (2, 'OAK "AVE"', None)]
create or replace file format parquet_format type = parquet;
create or replace stage lake file_format = (type = parquet);
copy into @lake/people/ from (select 1 as id, 'Ada' as name, 1.5::float as pay, '2024-01-01'::date as day union all
  select 2, 'Bo', null, '2024-01-02') header = true;
select column_name, type from table(infer_schema(location => '@lake/people/', file_format => 'parquet_format')) order by order_id
--> [("ID", "NUMBER(1, 0)"), ("NAME", "TEXT"), ("PAY", "REAL"), ("DAY", "DATE")]
create or replace table people using template (select array_agg(object_construct(*)) within group (order by order_id)
  from table(infer_schema(location => '@lake/people/', file_format => 'parquet_format', ignore_case => true)));
alter table people set enable_schema_evolution = true;
copy into people from @lake/people/ match_by_column_name = case_insensitive;
select name, pay, day::varchar from people order by id
--> [("Ada", 1.5, "2024-01-01"), ("Bo", None, "2024-01-02")]
create or replace stage docs file_format = (type = json strip_outer_array = true);
copy into @docs/all.json from (select array_construct(object_construct('id', 1, 'tags', array_construct('x')), object_construct('id', 2)))
  file_format = (type = json compression = none) single = true;
create or replace table events (id int, tags array);
copy into events from @docs match_by_column_name = case_insensitive;
select id, tags[0]::string from events order by id
--> [(1, "x"), (2, None)]
-- A pipe has a load history of its own: what COPY has loaded is loaded again.
create or replace pipe events_pipe auto_ingest = false as copy into events from (select $1:id, $1:tags from @docs);
alter pipe events_pipe refresh;
select system$pipe_status('events_pipe') is not null, (select count(*) from events)
--> [(True, 4)]
create or replace external table lake_table (id int as (value:ID::int), name varchar as (value:NAME::varchar))
  location = @lake/people/ auto_refresh = false file_format = (type = parquet);
select id, name from lake_table order by id
--> [(1, "Ada"), (2, "Bo")]
remove @files pattern = '.*trips_2.*';
list @files;
select count(*) from table(result_scan(last_query_id()))
--> [(1,)]
