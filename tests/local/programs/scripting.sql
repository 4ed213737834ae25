-- Procedures as people write them: cursors, loops, exceptions, SQL that is put together, result sets, blocks without names.
create or replace database scripts;
create or replace table invoices (id int, amount number(10, 2), status string default 'open');
create or replace table log_table (at timestamp_ltz default current_timestamp(), level string, text string);
insert into invoices (id, amount) values (1, 10), (2, 250), (3, 1000);
create or replace procedure write_log(level string, text string) returns string language sql execute as caller as
$$
begin
  insert into log_table (level, text) values (:level, :text);
  return 'logged';
end;
$$;
create or replace procedure settle(limit_ float default 100) returns table (id int, status string) language sql as
$$
declare
  c1 cursor for select id, amount from invoices where status = 'open' order by id;
  total float default 0;
  n int := 0;
  too_much exception (-20001, 'too much at once');
  res resultset;
begin
  for r in c1 do
    total := total + r.amount;
    if (r.amount > limit_ * 5) then
      let that int := r.id;
      update invoices set status = 'refused' where id = :that;
      call write_log('WARN', 'refused ' || :n);
    elseif (r.amount > limit_) then
      let word string := 'checked';
      let this int := r.id;
      update invoices set status = :word where id = :this;
    else
      let other int := r.id;
      update invoices set status = 'paid' where id = :other;
    end if;
    n := n + 1;
  end for;
  if (total > 1000000) then
    raise too_much;
  end if;
  res := (select id, status from invoices order by id);
  return table(res);
end;
$$;
call settle(limit_ => 100)
--> [(1, "paid"), (2, "checked"), (3, "refused")]
select "STATUS" from table(result_scan(last_query_id())) where id = 2
--> [("checked",)]
create or replace procedure copy_table(source string, target string) returns string language sql as
$$
declare
  stmt string;
  rows_ int;
begin
  stmt := 'create or replace table ' || target || ' as select * from ' || source;
  execute immediate :stmt;
  select count(*) into :rows_ from identifier(:target);
  return 'copied ' || rows_ || ' rows';
exception
  when statement_error then
    call write_log('ERROR', :sqlerrm);
    return object_construct('type', 'statement', 'code', sqlcode, 'state', sqlstate)::string;
  when other then
    raise;
end;
$$;
call copy_table('invoices', 'invoices_copy')
--> [("copied 3 rows",)]
call copy_table('nope', 'x')
--> [('{"code":2003,"state":"42S02","type":"statement"}',)]
select level, text like '%NOPE%' from log_table where level = 'ERROR'
--> [("ERROR", True)]
execute immediate $$
declare
  i int default 0;
  text string default '';
begin
  while (i < 3) do
    i := i + 1;
    if (i = 2) then continue; end if;
    text := text || i::string || ',';
  end while;
  repeat
    i := i - 1;
  until (i <= 0)
  end repeat;
  loop
    i := i + 1;
    if (i > 4) then break; end if;
  end loop;
  case (i)
    when 5 then text := text || 'five';
    else text := text || 'other';
  end case;
  return text;
end;
$$
--> [("1,3,five",)]
set threshold = 50;
set (lo, hi) = (1, 2);
select count(*) from invoices where amount > $threshold and id between $lo and $hi
--> [(1,)]
begin
  let c cursor for select id from invoices where amount > ?;
  let found int := 0;
  open c using (20);
  fetch c into found;
  close c;
  return found;
end;
--> [(2,)]
create or replace function tax(amount number(10, 2), rate float) returns number(10, 2) as 'amount * rate';
create or replace function between_dates(a date, b date) returns table (day date) as
$$ select dateadd(day, seq4(), a)::date from table(generator(rowcount => 400)) where dateadd(day, seq4(), a) <= b $$;
select sum(tax(amount, 0.5)), (select count(*) from table(between_dates('2026-01-01'::date, '2026-01-10'::date))) from invoices
--> [(630, 10)]
call scripts.public.nope()
--> error 002140
show procedures like 'SETTLE';
select "min_num_arguments", "max_num_arguments" from table(result_scan(last_query_id()))
--> [(0, 1)]
