-- A dimension that keeps its history: a stream on the source, a view that says what to do, a MERGE that does it.
create or replace database dims;
create table customer (id int, name varchar(50), city varchar(50), changed_at timestamp_ntz);
create table customer_history (id int, name varchar(50), city varchar(50), start_time timestamp_ntz, end_time timestamp_ntz,
  is_current int);
create or replace stream customer_changes on table customer;
create or replace view customer_todo as
select id, name, city, start_time, end_time, is_current, 'I' as dml
from (
  select id, name, city, changed_at as start_time,
    lag(changed_at) over (partition by id order by changed_at desc) as end_raw,
    case when end_raw is null then '9999-12-31'::timestamp_ntz else end_raw end as end_time,
    case when end_raw is null then 1 else 0 end as is_current
  from (select id, name, city, changed_at from customer_changes
    where metadata$action = 'INSERT' and metadata$isupdate = 'FALSE')
)
union
select id, name, city, start_time, end_time, is_current, dml
from (
  select id, name, city, changed_at as start_time,
    lag(changed_at) over (partition by id order by changed_at desc) as end_raw,
    case when end_raw is null then '9999-12-31'::timestamp_ntz else end_raw end as end_time,
    case when end_raw is null then 1 else 0 end as is_current, dml
  from (
    select id, name, city, changed_at, 'I' as dml from customer_changes
      where metadata$action = 'INSERT' and metadata$isupdate = 'TRUE'
    union
    select id, null, null, start_time, 'U' as dml from customer_history
      where id in (select distinct id from customer_changes
        where metadata$action = 'INSERT' and metadata$isupdate = 'TRUE') and is_current = 1
  )
)
union
select nms.id, null, null, nh.start_time, current_timestamp()::timestamp_ntz, null, 'D'
from customer_history nh
inner join customer_changes nms on nh.id = nms.id
where nms.metadata$action = 'DELETE' and nms.metadata$isupdate = 'FALSE' and nh.is_current = 1;
create or replace procedure apply_changes() returns varchar language sql as
begin
  merge into customer_history nh using customer_todo m on nh.id = m.id and nh.start_time = m.start_time
  when matched and m.dml = 'U' then update set nh.end_time = m.end_time, nh.is_current = 0
  when matched and m.dml = 'D' then update set nh.end_time = m.end_time, nh.is_current = 0
  when not matched and m.dml = 'I' then insert (id, name, city, start_time, end_time, is_current)
    values (m.id, m.name, m.city, m.start_time, m.end_time, m.is_current);
  return sqlrowcount;
end;
begin;
insert into customer values (1, 'Ada', 'London', '2026-01-01'), (2, 'Bo', 'Oslo', '2026-01-01'), (3, 'Cy', 'Rome', '2026-01-01');
commit;
call apply_changes()
--> [("3",)]
begin;
update customer set city = 'Paris', changed_at = '2026-02-01' where id = 1;
update customer set city = 'Bern', changed_at = '2026-02-02' where id = 2;
commit;
call apply_changes();
select id, city, start_time::date::varchar, end_time::date::varchar, is_current from customer_history where id < 3 order by 1, 3
--> [(1, "London", "2026-01-01", "2026-02-01", 0), (1, "Paris", "2026-02-01", "9999-12-31", 1), (2, "Oslo", "2026-01-01", "2026-02-02", 0), (2, "Bern", "2026-02-02", "9999-12-31", 1)]
delete from customer where id = 3;
call apply_changes();
select is_current, end_time < '9999-01-01' from customer_history where id = 3
--> [(0, True)]
select count(*) from customer_changes
--> [(0,)]
-- The other way: a hash of what counts, and one statement for what ends and what begins.
create or replace table source (id varchar, name varchar, city varchar);
create or replace table target (sk int autoincrement start 1 increment 1, id varchar, name varchar, city varchar, hash varchar,
  valid_from timestamp_ntz, valid_to timestamp_ntz, is_current boolean default true);
insert into source values ('a', 'Ada', 'London'), ('b', 'Bo', null);
insert into target (id, name, city, hash, valid_from)
  select id, name, city, md5(concat_ws('|', upper(trim(name)), coalesce(city, ''))), current_timestamp() from source;
update source set city = 'Paris' where id = 'a';
merge into target t using (
  select s.id as key_, s.*, md5(concat_ws('|', upper(trim(s.name)), coalesce(s.city, ''))) as hash from source s
  union all
  select null as key_, s.*, md5(concat_ws('|', upper(trim(s.name)), coalesce(s.city, ''))) as hash
  from source s join target t on t.id = s.id and t.is_current
  where t.hash <> md5(concat_ws('|', upper(trim(s.name)), coalesce(s.city, '')))
) s on t.id = s.key_ and t.is_current
when matched and t.hash <> s.hash then update set is_current = false, valid_to = current_timestamp()
when not matched then insert (id, name, city, hash, valid_from) values (s.id, s.name, s.city, s.hash, current_timestamp());
select id, city, is_current from target order by id, is_current
--> [("a", "London", False), ("a", "Paris", True), ("b", None, True)]
