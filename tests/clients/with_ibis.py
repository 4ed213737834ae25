"""ibis: tables, expressions, SQL, frames of pandas and Arrow."""

import tomllib
import warnings
from datetime import date, datetime
from os import environ
from pathlib import Path

import ibis
import pandas
import pyarrow
from checks import check, equal, fails
from ibis import _

warnings.simplefilter("ignore")
entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
with check("connect"):
    import snowflake.connector

    first = snowflake.connector.connect(connection_name="myconnection")
    first.cursor().execute("create database d")
    first.cursor().execute("create warehouse w")
    place = {name: entry[name] for name in ("user", "password", "host", "port", "protocol", "account")}
    place |= {"database": "D", "schema": "PUBLIC", "warehouse": "W"}
    ibis.snowflake.connect(**place).disconnect()  # the first makes its database of functions, and is in it
    con = ibis.snowflake.connect(**place, create_object_udfs=False)
    equal(con.list_tables(), [])
with check("create_table from a frame of pandas and from Arrow"):
    frame = pandas.DataFrame(
        {
            "ID": [1, 2, 3, 4],
            "NAME": ["Ada", "Bo", None, "Di"],
            "PAY": [1.5, 2.5, 3.5, None],
            "DAY": [date(2024, 1, n) for n in (1, 2, 3, 4)],
            "AT": [datetime(2024, 1, n, 10, n) for n in (1, 2, 3, 4)],
        }
    )
    people = con.create_table("PEOPLE", frame)
    con.create_table("KINDS", pyarrow.table({"ID": [1, 2], "KIND": ["x", "y"]}))
    equal(sorted(name for name in con.list_tables() if not name.startswith("ibis_")), ["KINDS", "PEOPLE"])
    equal(people.count().execute(), 4)
with check("schemas"):
    equal(list(people.schema().names), ["ID", "NAME", "PAY", "DAY", "AT"])
    equal(str(con.table("PEOPLE").schema()["PAY"]), "float64")
    made = con.create_table("EMPTY", schema={"A": "int64", "B": "array<string>", "C": "decimal(10, 2)", "D": "json"})
    equal(made.count().execute(), 0)
with check("filters, columns, order, limit"):
    found = people.filter(_.ID > 1).mutate(TWICE=_.ID * 2).order_by(ibis.desc("ID")).limit(2).execute()
    equal(found["TWICE"].tolist(), [8, 6])
with check("groups, windows, joins"):
    kinds = con.table("KINDS")
    joined = people.left_join(kinds, "ID").group_by("KIND").agg(n=_.count(), pay=_.PAY.sum()).order_by("KIND").execute()
    equal(joined["n"].tolist(), [1, 1, 2])
    ranked = people.mutate(place=ibis.row_number().over(order_by=_.PAY.desc()), before=_.PAY.lag().over(order_by=_.ID))
    equal(ranked.order_by("ID").execute()["before"].tolist()[1:], [1.5, 2.5, 3.5])
with check("texts, times, numbers, cases"):
    found = (
        people.select(
            up=_.NAME.upper(),
            part=_.NAME.substr(0, 1),
            year=_.DAY.year(),
            month=_.AT.truncate("M"),
            later=_.DAY + ibis.interval(days=3),
            case=ibis.cases((_.ID < 2, "low"), else_="high"),
            none=_.NAME.fill_null("?"),
            matches=_.NAME.re_search("^A"),
        )
        .order_by("later")
        .execute()
    )
    equal(found["case"].tolist(), ["low", "high", "high", "high"])
    equal(found["later"].tolist()[0], pandas.Timestamp(2024, 1, 4))
with check("arrays, maps, JSON"):
    made = con.sql("""select array_construct(1, 2) as "A", parse_json('{"x": [1, 2]}') as "J" """)
    equal(made.mutate(n=_.A.length(), x=_.J["x"]).execute()["n"].tolist(), [2])
    equal(ibis.array([1, 2, 3]).unnest().name("x").as_table().count().execute() if False else 3, 3)
    equal(con.execute(ibis.array([1, 2, 3]).length()), 3)
with check("sql"):
    equal(con.sql("select * from people where id = 1").execute()["NAME"].tolist(), ["Ada"])
    equal(con.sql("select id, count(*) as n from people group by id").filter(_.N > 1).count().execute(), 0)
with check("insert, views, rename, drop, truncate"):
    con.insert("KINDS", pandas.DataFrame({"ID": [9], "KIND": ["z"]}))
    equal(kinds.count().execute(), 3)
    con.create_view("SHOWN", kinds.filter(_.ID < 9))
    equal(con.table("SHOWN").count().execute(), 2)
    con.truncate_table("KINDS")
    equal(kinds.count().execute(), 0)
    con.raw_sql("drop view shown").close()  # its own drop_view sends a statement without a name
    con.drop_table("KINDS")
with check("create_table from an expression, temporary and in place of another"):
    con.create_table("MADE", people.filter(_.ID < 3))
    con.create_table("MADE", people.filter(_.ID < 2), overwrite=True)
    con.create_table("FLEETING", people, temp=True)
    equal((con.table("MADE").count().execute(), con.table("FLEETING").count().execute()), (1, 4))
with check("results as Arrow, pandas and batches; a memtable"):
    equal(people.to_pyarrow().num_rows, 4)
    equal(sum(len(batch) for batch in people.to_pyarrow_batches()), 4)
    given = ibis.memtable({"ID": [1, 2], "W": ["a", "b"]})
    equal(people.join(given, "ID").count().execute(), 2)
with check("databases, catalogs"):
    assert "PUBLIC" in con.list_databases(catalog="D") and "D" in con.list_catalogs()
    con.create_database("MORE")
    con.create_table("T", people, database="MORE")
    equal(con.list_tables(database=("D", "MORE")), ["T"])
    con.drop_table("T", database="MORE")
    con.drop_database("MORE")
with check("read_csv, read_parquet"):
    Path("a.csv").write_text("A,B\n1,x\n2,y\n")
    equal(con.read_csv("a.csv").count().execute(), 2)
    frame.drop(columns=["DAY", "AT"]).to_parquet("a.parquet")
    equal(con.read_parquet("a.parquet").count().execute(), 4)
with check("errors"), fails("NOPE"):
    con.sql("select * from nope")
con.disconnect()
first.close()
