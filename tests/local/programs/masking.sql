-- Who sees what: masks by role and by a mapping, rows by region, tags for what is confidential.
create or replace database guarded;
create or replace role hr;
create or replace role support;
grant role hr to user snowcore;
grant role support to user snowcore;
create or replace warehouse ask;
grant usage on warehouse ask to role hr;
grant usage on warehouse ask to role support;
grant usage on database guarded to role hr;
grant usage on database guarded to role support;
grant usage on schema guarded.public to role hr;
grant usage on schema guarded.public to role support;
create or replace table staff (id int, name string, email string, salary number(10, 2), region string, born date);
insert into staff values (1, 'Ada', 'ada@example.com', 100, 'EU', '1815-12-10'), (2, 'Bo', 'bo@example.com', 200, 'US', '1990-05-05');
create or replace table regions (role_name string, region string);
insert into regions values ('SUPPORT', 'EU');
create or replace tag confidential allowed_values 'high', 'low' comment = 'how secret';
create or replace masking policy mask_email as (val string) returns string ->
  case
    when current_role() in ('HR', 'ACCOUNTADMIN') then val
    when current_role() = 'SUPPORT' then regexp_replace(val, '.+@', '*****@')
    else '********'
  end comment = 'what is before the @';
create or replace masking policy mask_salary as (val number(10, 2)) returns number(10, 2) -> iff(is_role_in_session('HR'), val, null);
create or replace masking policy mask_born as (val date, region string) returns date ->
  case when current_role() = 'HR' then val when region = 'EU' then date_trunc('year', val)::date else null end;
alter table if exists staff modify column email set masking policy mask_email;
alter table staff modify column salary set masking policy mask_salary, column born set masking policy mask_born using (born, region);
alter table staff set tag confidential = 'high';
alter table staff modify column salary set tag confidential = 'low';
create or replace row access policy by_region as (region string) returns boolean ->
  current_role() in ('HR', 'ACCOUNTADMIN')
  or exists (select 1 from guarded.public.regions where role_name = current_role() and regions.region = by_region.region)
--> error 000904
create or replace row access policy by_region as (where_ string) returns boolean ->
  current_role() in ('HR', 'ACCOUNTADMIN')
  or exists (select 1 from guarded.public.regions m where m.role_name = current_role() and m.region = where_);
alter table staff add row access policy by_region on (region);
create or replace secure view staff_view as select id, email, salary from staff;
grant select on table staff to role hr;
grant select on table staff to role support;
grant select on view staff_view to role support;
use secondary roles none;
use role hr;
select email, salary, born::string from guarded.public.staff order by id
--> [("ada@example.com", 100, "1815-12-10"), ("bo@example.com", 200, "1990-05-05")]
use role support;
select email, salary, born::string from guarded.public.staff order by id
--> [("*****@example.com", None, "1815-01-01")]
select count(*) from guarded.public.staff where email = 'ada@example.com'
--> [(0,)]
use role accountadmin;
use schema guarded.public;
select policy_name, policy_kind, ref_column_name from table(information_schema.policy_references(ref_entity_name =>
  'guarded.public.staff', ref_entity_domain => 'table')) order by 1
--> [("BY_REGION", "ROW_ACCESS_POLICY", None), ("MASK_BORN", "MASKING_POLICY", "BORN"), ("MASK_EMAIL", "MASKING_POLICY", "EMAIL"), ("MASK_SALARY", "MASKING_POLICY", "SALARY")]
select system$get_tag('confidential', 'staff', 'table'), system$get_tag('confidential', 'staff.salary', 'column')
--> [("high", "low")]
drop masking policy mask_email
--> error 003542
alter masking policy mask_email set body -> '***';
select distinct email from staff
--> [("***",)]
alter table staff modify column email unset masking policy;
alter table staff drop row access policy by_region;
drop masking policy mask_email;
describe masking policy mask_salary;
select "return_type" from table(result_scan(last_query_id()))
--> [("NUMBER(10,2)",)]
