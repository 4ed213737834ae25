-- A graph with a configuration, values that tasks return, a condition on them, retries, and a finalizer that reports.
create or replace database graphs;
create or replace warehouse graph_wh auto_suspend = 60;
create or replace table reports (text string);
create or replace procedure flaky() returns varchar language sql as
$$
begin
  insert into reports values ('tried');
  if ((select count(*) from reports where text = 'tried') < 2) then
    let broken int := 1 / 0;
  end if;
  return 'well';
end
$$;
create or replace task root
  warehouse = graph_wh
  schedule = 'using cron 0 2 * * * UTC'
  config = $${"factor": 5, "env": {"name": "test"}}$$
  task_auto_retry_attempts = 2
  suspend_task_after_num_failures = 3
  user_task_timeout_ms = 60000
as
begin
  let factor := system$get_task_graph_config('factor')::int;
  call system$set_return_value((:factor * 2)::varchar);
end;
create or replace task left_one warehouse = graph_wh after root as
begin
  insert into reports select 'root gave ' || system$get_predecessor_return_value('ROOT');
  call system$set_return_value('go');
end;
create or replace task right_one warehouse = graph_wh after root as call flaky();
create or replace task only_if warehouse = graph_wh after left_one, right_one
  when system$get_predecessor_return_value('LEFT_ONE') = 'stop'
  as insert into reports values ('never');
create or replace task last_one warehouse = graph_wh after left_one, right_one as
  insert into reports select 'in ' || system$get_task_graph_config('env.name');
create or replace task report warehouse = graph_wh finalize = root as
begin
  let start_ timestamp_ltz := system$task_runtime_info('CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP')::timestamp_ltz;
  insert into reports select 'done of ' || system$task_runtime_info('CURRENT_ROOT_TASK_NAME') || ': ' || iff(:start_ is null, 'never', 'known');
end;
select system$task_dependents_enable('graphs.public.root');
execute task root;
--> finish root
select text, count(*) from reports group by text order by text
--> [("done of ROOT: known", 2), ("in test", 1), ("root gave 10", 1), ("tried", 2)]
select name, state from table(information_schema.task_history()) where state in ('SUCCEEDED', 'SKIPPED', 'FAILED')
  qualify row_number() over (partition by name order by attempt_number desc, completed_time desc) = 1 order by name
--> [("LAST_ONE", "SUCCEEDED"), ("LEFT_ONE", "SUCCEEDED"), ("ONLY_IF", "SKIPPED"), ("REPORT", "SUCCEEDED"), ("RIGHT_ONE", "SUCCEEDED"), ("ROOT", "SUCCEEDED")]
select name, state from table(information_schema.complete_task_graphs(root_task_name => 'ROOT'))
  order by attempt_number desc limit 1
--> error 000904
select state from table(information_schema.complete_task_graphs(root_task_name => 'ROOT')) where state = 'SUCCEEDED'
--> [("SUCCEEDED",)]
select array_size(parse_json(predecessors)) from table(information_schema.task_dependents(task_name => 'graphs.public.root'))
  where name = 'LAST_ONE'
--> [(2,)]
--> advance 1500
select count(*) from table(information_schema.task_history(task_name => 'root')) where state = 'SUCCEEDED'
--> [(2,)]
alter task root suspend;
alter task last_one remove after right_one;
alter task only_if unset comment;
drop task report;
drop database graphs;
