-- Mistakes, and the ways back: AT, BEFORE, UNDROP, clones, swaps.
create or replace database travel data_retention_time_in_days = 2;
create or replace table accounts (id int primary key, owner string not null, balance number(12, 2));
insert into accounts values (1, 'Ada', 100), (2, 'Bo', 200);
create or replace table dev clone accounts;
update accounts set balance = 0;
set mistake = last_query_id();
select sum(balance) from accounts before (statement => $mistake)
--> [(300,)]
create or replace table restored as select * from accounts before (statement => $mistake);
alter table accounts swap with restored;
select sum(balance) from accounts
--> [(300,)]
--> advance 10
delete from accounts where id = 2;
select count(*) from accounts at (offset => -60 * 5)
--> [(2,)]
create or replace table backup clone accounts at (offset => -300);
select count(*) from backup
--> [(2,)]
drop table accounts;
create table accounts (id int);
alter table accounts rename to accounts_new;
undrop table accounts;
select count(*) from accounts
--> [(1,)]
create schema work;
create table work.t as select 1 as i;
create schema work_copy clone work;
drop schema work;
undrop schema work;
insert into work.t values (2);
select (select count(*) from work.t), (select count(*) from work_copy.t)
--> [(2, 1)]
create database travel_dev clone travel;
drop database travel;
select count(*) from travel_dev.public.accounts
--> [(1,)]
undrop database travel;
use schema travel.public;
show tables history like 'ACCOUNTS%';
select count(*) from table(result_scan(last_query_id()))
--> [(2,)]
insert into accounts select * from accounts before (statement => last_query_id(-2));
select count(*) >= 1 from accounts
--> [(True,)]
