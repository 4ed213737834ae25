-- A sample of the TPC-H schema as Snowflake's sample database has it, a thousandth of its size and always the same.
create database snowflake_sample_data comment = 'A small sample of the TPC-H schema, made by snowcore';
create schema snowflake_sample_data.tpch_sf1;
use schema snowflake_sample_data.tpch_sf1;

create table region (r_regionkey number(38,0) not null, r_name varchar(25) not null, r_comment varchar(152));
insert into region
select column1, column2, 'the ' || lower(column2) || ' region'
from values (0, 'AFRICA'), (1, 'AMERICA'), (2, 'ASIA'), (3, 'EUROPE'), (4, 'MIDDLE EAST');

create table nation (n_nationkey number(38,0) not null, n_name varchar(25) not null,
    n_regionkey number(38,0) not null, n_comment varchar(152));
insert into nation
select column1, column2, column3, 'the nation of ' || lower(column2)
from values (0, 'ALGERIA', 0), (1, 'ARGENTINA', 1), (2, 'BRAZIL', 1), (3, 'CANADA', 1), (4, 'EGYPT', 4),
    (5, 'ETHIOPIA', 0), (6, 'FRANCE', 3), (7, 'GERMANY', 3), (8, 'INDIA', 2), (9, 'INDONESIA', 2), (10, 'IRAN', 4),
    (11, 'IRAQ', 4), (12, 'JAPAN', 2), (13, 'JORDAN', 4), (14, 'KENYA', 0), (15, 'MOROCCO', 0), (16, 'MOZAMBIQUE', 0),
    (17, 'PERU', 1), (18, 'CHINA', 2), (19, 'ROMANIA', 3), (20, 'SAUDI ARABIA', 4), (21, 'VIETNAM', 2),
    (22, 'RUSSIA', 3), (23, 'UNITED KINGDOM', 3), (24, 'UNITED STATES', 1);

create table supplier (s_suppkey number(38,0) not null, s_name varchar(25) not null, s_address varchar(40) not null,
    s_nationkey number(38,0) not null, s_phone varchar(15) not null, s_acctbal number(12,2) not null,
    s_comment varchar(101));
insert into supplier
select n, 'Supplier#' || lpad(n, 9, '0'), 'Street ' || mod(n * 37, 90), mod(n * 7, 25),
    (10 + mod(n * 7, 25)) || '-' || (100 + mod(n * 331, 900)) || '-' || (100 + mod(n * 577, 900)) || '-'
        || (1000 + mod(n * 6151, 9000)),
    (mod(n * 104729, 1099999) - 99999) / 100, 'supplier ' || n
from (select seq4() + 1 as n from table(generator(rowcount => 100)));

create table part (p_partkey number(38,0) not null, p_name varchar(55) not null, p_mfgr varchar(25) not null,
    p_brand varchar(10) not null, p_type varchar(25) not null, p_size number(38,0) not null,
    p_container varchar(10) not null, p_retailprice number(12,2) not null, p_comment varchar(23));
insert into part
select n,
    get(split('almond antique blue green ivory lemon navy olive pink red', ' '), mod(n * 3, 10))::varchar || ' '
        || get(split('azure beige coral cream frosted honey khaki linen metallic puff', ' '), mod(n * 7, 10))::varchar,
    'Manufacturer#' || (1 + mod(n, 5)), 'Brand#' || (1 + mod(n, 5)) || (1 + mod(n * 11, 5)),
    get(split('STANDARD SMALL MEDIUM LARGE ECONOMY PROMO', ' '), mod(n * 5, 6))::varchar || ' '
        || get(split('ANODIZED BURNISHED PLATED POLISHED BRUSHED', ' '), mod(n * 3, 5))::varchar || ' '
        || get(split('TIN NICKEL BRASS STEEL COPPER', ' '), mod(n * 7, 5))::varchar,
    1 + mod(n * 29, 50),
    get(split('SM LG MED JUMBO WRAP', ' '), mod(n, 5))::varchar || ' '
        || get(split('CASE BOX BAG JAR PKG PACK CAN DRUM', ' '), mod(n * 3, 8))::varchar,
    (90000 + mod(floor(n / 10), 20001) + 100 * mod(n, 1000)) / 100, 'part ' || n
from (select seq4() + 1 as n from table(generator(rowcount => 200)));

create table partsupp (ps_partkey number(38,0) not null, ps_suppkey number(38,0) not null,
    ps_availqty number(38,0) not null, ps_supplycost number(12,2) not null, ps_comment varchar(199));
insert into partsupp
select p_partkey, 1 + mod(p_partkey + i * 25, 100), 1 + mod(p_partkey * 4999 + i * 811, 9999),
    (100 + mod(p_partkey * 7919 + i * 104729, 99901)) / 100, 'part ' || p_partkey || ' of one supplier'
from part, (select seq4() as i from table(generator(rowcount => 4)));

create table customer (c_custkey number(38,0) not null, c_name varchar(25) not null, c_address varchar(40) not null,
    c_nationkey number(38,0) not null, c_phone varchar(15) not null, c_acctbal number(12,2) not null,
    c_mktsegment varchar(10), c_comment varchar(117));
insert into customer
select n, 'Customer#' || lpad(n, 9, '0'), 'Road ' || mod(n * 53, 400), mod(n * 11, 25),
    (10 + mod(n * 11, 25)) || '-' || (100 + mod(n * 263, 900)) || '-' || (100 + mod(n * 613, 900)) || '-'
        || (1000 + mod(n * 7561, 9000)),
    (mod(n * 130363, 1099999) - 99999) / 100,
    get(split('AUTOMOBILE BUILDING FURNITURE MACHINERY HOUSEHOLD', ' '), mod(n * 13, 5))::varchar, 'customer ' || n
from (select seq4() + 1 as n from table(generator(rowcount => 150)));

create table lineitem (l_orderkey number(38,0) not null, l_partkey number(38,0) not null,
    l_suppkey number(38,0) not null, l_linenumber number(38,0) not null, l_quantity number(12,2) not null,
    l_extendedprice number(12,2) not null, l_discount number(12,2) not null, l_tax number(12,2) not null,
    l_returnflag varchar(1) not null, l_linestatus varchar(1) not null, l_shipdate date not null,
    l_commitdate date not null, l_receiptdate date not null, l_shipinstruct varchar(25) not null,
    l_shipmode varchar(10) not null, l_comment varchar(44) not null);
insert into lineitem
select o, p_partkey, 1 + mod(p_partkey + mod(o + i, 4) * 25, 100), i, quantity, quantity * p_retailprice,
    mod(o * 7 + i * 3, 11) / 100, mod(o * 5 + i, 9) / 100,
    iff(shipped + 15 > '1995-06-17'::date, 'N', iff(mod(o + i, 2) = 0, 'R', 'A')),
    iff(shipped > '1995-06-17'::date, 'O', 'F'), shipped, ordered + 30 + mod(o * 17 + i * 5, 61),
    shipped + 1 + mod(o * 3 + i * 7, 30),
    get(split('DELIVER IN PERSON,COLLECT COD,NONE,TAKE BACK RETURN', ','), mod(o + i * 3, 4))::varchar,
    get(split('REG AIR,AIR,RAIL,SHIP,TRUCK,MAIL,FOB', ','), mod(o * 3 + i, 7))::varchar, 'line ' || i
from (
    select o, i, 1 + mod(o * 31 + i * 17, 50) as quantity, 1 + mod(o * 97 + i * 41, 200) as partkey, ordered,
        ordered + 1 + mod(o * 13 + i * 29, 121) as shipped
    from (select seq4() + 1 as o, '1992-01-01'::date + mod(o * 1009, 2406) as ordered
            from table(generator(rowcount => 1500))) as placed,
        (select seq4() + 1 as i from table(generator(rowcount => 7))) as items
    where i <= 1 + mod(o * 5 + 3, 7)
) join part on p_partkey = partkey
order by o, i;

create table orders (o_orderkey number(38,0) not null, o_custkey number(38,0) not null,
    o_orderstatus varchar(1) not null, o_totalprice number(12,2) not null, o_orderdate date not null,
    o_orderpriority varchar(15) not null, o_clerk varchar(15) not null, o_shippriority number(38,0) not null,
    o_comment varchar(79) not null);
insert into orders
select l_orderkey, 1 + mod(l_orderkey * 19, 100) + 50 * mod(l_orderkey, 2),
    case count(distinct l_linestatus) when 1 then min(l_linestatus) else 'P' end,
    sum(round(l_extendedprice * (1 + l_tax) * (1 - l_discount), 2)),
    '1992-01-01'::date + mod(l_orderkey * 1009, 2406),
    get(split('1-URGENT,2-HIGH,3-MEDIUM,4-NOT SPECIFIED,5-LOW', ','), mod(l_orderkey * 3, 5))::varchar,
    'Clerk#' || lpad(1 + mod(l_orderkey * 7, 1000), 9, '0'), 0, 'order ' || l_orderkey
from lineitem group by l_orderkey order by l_orderkey;
