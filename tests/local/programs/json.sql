-- Nested JSON, as tutorials take it apart.
create or replace database json_db;
create or replace table raw (src variant);
insert into raw select parse_json('{
  "fullName": "Johnny Appleseed", "age": 42, "gender": "Male", "phoneNumber": {"areaCode": "415", "subscriberNumber": "5551234"},
  "children": [{"name": "Jayden", "gender": "Male", "age": "10"}, {"name": "Emma", "gender": "Female", "age": "8"}],
  "citiesLived": [{"cityName": "London", "yearsLived": ["1989", "1993", "1998"]}, {"cityName": "Oslo", "yearsLived": ["2001"]}]}');
insert into raw select parse_json('{"fullName": "Jane Doe", "age": 29, "phoneNumber": null, "children": [],
  "citiesLived": [{"cityName": "Rome", "yearsLived": ["2010", "2011"]}], "tags": {"a b": 1, "c": true}}');
select src:fullName::string as name, src:age::int + 1, src:phoneNumber.areaCode::string, src['phoneNumber']['subscriberNumber']
from raw order by 1
--> [("Jane Doe", 30, None, None), ("Johnny Appleseed", 43, "415", '"5551234"')]
select src:fullName::string, c.value:name::string, c.value:age::int, c.index, c.path
from raw, lateral flatten(input => src:children) c order by c.index
--> [("Johnny Appleseed", "Jayden", 10, 0, "[0]"), ("Johnny Appleseed", "Emma", 8, 1, "[1]")]
select src:fullName::string, c.value:name::string from raw, lateral flatten(input => src:children, outer => true) c order by 1, 2
--> [("Jane Doe", None), ("Johnny Appleseed", "Emma"), ("Johnny Appleseed", "Jayden")]
select city.value:cityName::string as city, count(year.value) as years, array_agg(year.value::int) within group (order by year.value) as every
from raw, lateral flatten(src:citiesLived) city, lateral flatten(city.value:yearsLived) year group by city order by city
--> [("London", 3, "[\n  1989,\n  1993,\n  1998\n]"), ("Oslo", 1, "[\n  2001\n]"), ("Rome", 2, "[\n  2010,\n  2011\n]")]
select distinct f.key, typeof(f.value) from raw, table(flatten(input => src, recursive => true)) f
where f.key in ('age', 'c', 'tags') and f.path not like 'children%' order by 1
--> [("age", "INTEGER"), ("c", "BOOLEAN"), ("tags", "OBJECT")]
create or replace view people as
select src:fullName::varchar as full_name, src:age::number(3) as age, src:phoneNumber:areaCode::varchar as area,
  array_size(src:children) as children, object_keys(src) as keys, src:tags."a b"::int as tag
from raw;
select full_name, age, area, children, tag from people where children = 0
--> [("Jane Doe", 29, None, 0, 1)]
update raw set src = object_insert(src, 'age', 30, true) where src:fullName = 'Jane Doe';
update raw set src = object_delete(src, 'tags');
select src:age, src:tags is null, is_null_value(src:phoneNumber) from raw where src:fullName::string ilike 'jane%'
--> [("30", True, True)]
select object_agg(key_, value_) from (select 'a' as key_, 1::variant as value_ union all select 'b', 'x'::variant)
--> [('{\n  "a": 1,\n  "b": "x"\n}',)]
select array_to_string(array_sort(array_distinct(split('c,a,b,a', ','))), '-'), array_contains('a'::variant, array_construct('a')),
  get_path(parse_json('{"a": [{"b": 7}]}'), 'a[0].b'), try_parse_json('{nope'), check_json('{"a": }') is not null
--> [("a-b-c", True, "7", None, True)]
select x.value:k::string || '=' || x.value:v from table(flatten(parse_json('[{"k": "a", "v": 1}, {"k": "b", "v": 2}]'))) x
--> [("a=1",), ("b=2",)]
create or replace table typed as select src:fullName::string n, src:children::array c, src:phoneNumber::object p from raw;
select column_name, data_type from information_schema.columns where table_name = 'TYPED' order by ordinal_position
--> [("N", "TEXT"), ("C", "ARRAY"), ("P", "OBJECT")]
select filter(c, x -> x:age::int > 9)[0]:name::string, transform(c, x -> x:name)[1]::string, reduce(c, 0, (a, x) -> a + x:age::int)
from typed where array_size(c) > 0
--> [("Jayden", "Emma", 18)]
