-- A company sets up its roles: access roles hold privileges, functional roles hold access roles, people hold those.
use role useradmin;
create role if not exists sales_read comment = 'reads what is sold';
create role if not exists sales_write;
create role if not exists sales_admin;
create role if not exists analyst;
create role if not exists engineer;
create or replace user maria password = 'Abcdef123456' default_role = analyst default_warehouse = reporting
  default_namespace = sales.public must_change_password = false email = 'maria@example.com' comment = 'an analyst';
create user if not exists etl_service type = service default_role = engineer;
use role securityadmin;
grant role sales_read to role sales_write;
grant role sales_write to role sales_admin;
grant role sales_read to role analyst;
grant role sales_write to role engineer;
grant role analyst to user maria;
grant role engineer to user etl_service;
grant role sales_admin to role sysadmin;
grant role analyst to role sysadmin;
grant role engineer to role sysadmin;
use role sysadmin;
create warehouse if not exists reporting with warehouse_size = 'XSMALL' auto_suspend = 60 auto_resume = true
  initially_suspended = true comment = 'for reports';
create or replace warehouse loading warehouse_size = small max_cluster_count = 2 min_cluster_count = 1
  scaling_policy = standard statement_timeout_in_seconds = 600;
create database if not exists sales data_retention_time_in_days = 1 comment = 'what is sold';
create schema if not exists sales.curated with managed access;
create transient schema if not exists sales.staging;
use role accountadmin;
create or replace resource monitor monthly with credit_quota = 100 frequency = monthly start_timestamp = immediately
  triggers on 75 percent do notify on 100 percent do suspend on 110 percent do suspend_immediate;
alter warehouse reporting set resource_monitor = monthly;
grant execute task, execute managed task on account to role engineer;
grant create integration on account to role engineer;
grant monitor usage on account to role analyst;
grant imported privileges on database snowflake to role engineer;
use role securityadmin;
grant usage on database sales to role sales_read;
grant usage on all schemas in database sales to role sales_read;
grant usage on future schemas in database sales to role sales_read;
grant select on all tables in database sales to role sales_read;
grant select on future tables in schema sales.curated to role sales_read;
grant select on future views in schema sales.curated to role sales_read;
grant insert, update, delete, truncate on future tables in schema sales.curated to role sales_write;
grant create table, create view, create stage, create file format, create pipe, create stream, create task,
  create procedure, create function, create sequence, create dynamic table on schema sales.curated to role sales_admin;
grant all privileges on schema sales.staging to role engineer;
grant usage, operate on warehouse loading to role engineer;
grant usage on warehouse reporting to role analyst;
use role sales_admin;
use warehouse reporting
--> error 002043
use role sysadmin;
grant usage on warehouse reporting to role sales_admin;
grant usage on database sales to role sales_admin;
use role sales_admin;
use schema sales.curated;
create table orders (id int, region varchar, amount number(10, 2));
insert into orders values (1, 'EU', 10.5), (2, 'US', 20);
create view by_region as select region, sum(amount) as total from orders group by region;
use role accountadmin;
grant role engineer to user snowcore;
grant role analyst to user snowcore;
use role analyst;
use warehouse reporting;
use secondary roles none;
select total from sales.curated.by_region order by total
--> [(10.5,), (20,)]
delete from sales.curated.orders
--> error 003001
use role engineer;
delete from sales.curated.orders where id = 1;
create table sales.staging.raw (v variant);
select current_role(), is_role_in_session('SALES_READ'), is_role_in_session('SALES_ADMIN')
--> [("ENGINEER", True, False)]
use role securityadmin;
revoke role sales_read from role analyst;
use role accountadmin;
use role analyst;
select count(*) from sales.curated.orders
--> error 002003
use role accountadmin;
grant ownership on table sales.curated.orders to role engineer copy current grants;
show grants on table sales.curated.orders;
select "privilege", "grantee_name" from table(result_scan(last_query_id())) where "privilege" = 'OWNERSHIP'
--> [("OWNERSHIP", "ENGINEER")]
show grants to user maria;
select count(*) from table(result_scan(last_query_id())) where "role" = 'ANALYST'
--> [(1,)]
show future grants in schema sales.curated;
select count(distinct "privilege") from table(result_scan(last_query_id()))
--> [(5,)]
drop user maria;
drop role analyst;
drop resource monitor monthly;
show roles like 'ANALYST';
select count(*) from table(result_scan(last_query_id()))
--> [(0,)]
