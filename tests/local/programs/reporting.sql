-- The queries of dashboards: windows, pivots, cohorts, gaps and islands, calendars, percentiles, hierarchies.
create or replace database reports;
create table events (user_id int, name string, at timestamp_ntz, value number(10, 2));
insert into events values (1, 'view', '2026-01-01 10:00', 0), (1, 'buy', '2026-01-01 10:20', 30), (1, 'view', '2026-01-05 09:00', 0),
  (2, 'view', '2026-01-02 10:00', 0), (2, 'view', '2026-01-03 10:00', 0), (2, 'buy', '2026-02-03 10:00', 12.5), (3, 'view', '2026-02-10', 0);
select date_trunc('month', at)::date::varchar as month, count(distinct user_id) as users, sum(value) as total,
  sum(total) over (order by month rows between unbounded preceding and current row) as running,
  ratio_to_report(sum(value)) over () as part
from events group by 1 order by 1
--> [("2026-01-01", 2, 30, 30, Decimal("0.70588235")), ("2026-02-01", 2, 12.5, 42.5, Decimal("0.29411765"))]
with gaps as (select user_id, at, datediff('minute', lag(at) over (partition by user_id order by at), at) as gap from events)
select user_id, count(*) as events_of_session from (
  select user_id, conditional_true_event(gap > 30) over (partition by user_id order by at) as session_no from gaps)
group by user_id, session_no qualify row_number() over (partition by user_id order by session_no) = 1 order by user_id
--> [(1, 2), (2, 1), (3, 1)]
select * from (select user_id, name, value from events) pivot (count(value) for name in ('view', 'buy')) as p (user_id, views, buys) order by 1
--> [(1, 2, 1), (2, 2, 1), (3, 1, 0)]
with recursive days as (select '2026-01-01'::date as day union all select dateadd(day, 1, day) from days where day < '2026-01-05')
select d.day::varchar, count(e.user_id) from days d left join events e on e.at::date = d.day group by 1 order by 1
--> [("2026-01-01", 2), ("2026-01-02", 1), ("2026-01-03", 1), ("2026-01-04", 0), ("2026-01-05", 1)]
with firsts as (select user_id, min(date_trunc(month, at)) as cohort from events group by user_id)
select cohort::date::varchar, datediff(month, cohort, e.at) as months, count(distinct e.user_id) from events e join firsts using (user_id)
group by all order by all
--> [("2026-01-01", 0, 2), ("2026-01-01", 1, 1), ("2026-02-01", 0, 1)]
select percentile_cont(0.5) within group (order by value), median(value), approx_count_distinct(user_id), mode(name),
  listagg(distinct name, '/') within group (order by name), max_by(name, value), array_unique_agg(user_id) is not null from events
--> [(0, 0, 3, "view", "buy/view", "buy", True)]
create table staff (id int, name string, boss int);
insert into staff values (1, 'Ada', null), (2, 'Bo', 1), (3, 'Cy', 1), (4, 'Di', 3);
select name, level, sys_connect_by_path(name, '/') from staff start with boss is null connect by boss = prior id order by id
--> [("Ada", 1, "/Ada"), ("Bo", 2, "/Ada/Bo"), ("Cy", 2, "/Ada/Cy"), ("Di", 3, "/Ada/Cy/Di")]
select * from events match_recognize (partition by user_id order by at measures first(at)::varchar as began, final last(value) as paid
  pattern (v+ b) define v as name = 'view', b as name = 'buy') order by user_id
--> [(1, "2026-01-01 10:00:00.000", 30), (2, "2026-01-02 10:00:00.000", 12.5)]
select grouping(user_id), user_id, sum(value) from events group by rollup (user_id) order by 1, 2
--> [(0, 1, 30), (0, 2, 12.5), (0, 3, 0), (1, None, 42.5)]
select object_construct('d', dayname('2026-01-05'::date), 'w', weekofyear('2026-01-05'::date), 'q', quarter('2026-05-05'::date),
  'l', last_day('2026-02-10'::date)::varchar, 'n', next_day('2026-01-05'::date, 'friday')::varchar)
--> [('{\n  "d": "Mon",\n  "l": "2026-02-28",\n  "n": "2026-01-09",\n  "q": 2,\n  "w": 2\n}',)]
select width_bucket(value, 0, 40, 4) as b, count(*) from events where value > 0 group by b order by b
--> [(2, 1), (4, 1)]
select to_char(1234567.891, '999,999,999.00'), to_varchar('2026-03-04'::date, 'DD Mon YYYY'), nullifzero(0), zeroifnull(null), div0(1, 0),
  iff(1 > 2, 'a', 'b'), decode(2, 1, 'one', 2, 'two'), greatest_ignore_nulls(1, null, 3), split_part('a-b-c', '-', -1), initcap('ada love')
--> [("   1,234,567.89", "04 Mar 2026", None, 0, 0, "b", "two", 3, "c", "Ada Love")]
select e.user_id, e.name, p.value from events e asof join (select at as t, user_id, value from events where name = 'buy') p
  match_condition (e.at >= p.t) on e.user_id = p.user_id where e.name = 'view' and e.user_id = 1 order by e.at
--> [(1, "view", None), (1, "view", 30)]
