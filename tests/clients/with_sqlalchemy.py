"""SQLAlchemy: tables, reflection, the ORM, bulk inserts, upserts, pandas."""

import datetime
import decimal
import tomllib
import warnings
from os import environ
from pathlib import Path

import pandas
import snowflake.sqlalchemy as sf
import sqlalchemy as sa
from checks import check, equal, fails
from snowflake.connector.pandas_tools import pd_writer
from snowflake.sqlalchemy import URL as url
from snowflake.sqlalchemy import VARIANT, MergeInto
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

warnings.simplefilter("ignore")
entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
place = {name: entry[name] for name in ("user", "password", "host", "port")}
account = {**place, "account": entry.get("account", "local")}
http = {"connect_args": {"protocol": "http"}}
with sa.create_engine(url(**account), **http).connect() as first:
    first.execute(sa.text("create database d"))
    first.execute(sa.text("create warehouse w"))
engine = sa.create_engine(url(**account, database="d", schema="public", warehouse="w"), **http)


with check("CREATE TABLE of models"):

    class Base(DeclarativeBase):
        pass

    class Author(Base):
        __tablename__ = "authors"
        id: Mapped[int] = mapped_column(sa.Sequence("author_ids", order=True), primary_key=True)
        name: Mapped[str] = mapped_column(sa.String(50), unique=True)
        born: Mapped[datetime.date | None]
        books: Mapped[list["Book"]] = relationship(back_populates="author")

    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(sa.Sequence("book_ids", order=True), primary_key=True)
        title: Mapped[str]
        price: Mapped[decimal.Decimal] = mapped_column(sa.Numeric(10, 2))
        author_id: Mapped[int] = mapped_column(sa.ForeignKey("authors.id"))
        author: Mapped[Author] = relationship(back_populates="books")

    Base.metadata.create_all(engine)
    Base.metadata.create_all(engine)  # what is there is left alone
    kinds = sa.Table(
        "kinds",
        sa.MetaData(),
        sa.Column("i", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("f", sa.Float),
        sa.Column("b", sa.Boolean),
        sa.Column("d", sa.Date),
        sa.Column("t", sa.Time),
        sa.Column("ts", sa.DateTime),
        sa.Column("n", sa.Numeric(38, 0)),
        sa.Column("bin", sa.LargeBinary),
        sa.Column("v", VARIANT),
        sa.Column("Mixed Case", sa.String(5), comment="a comment"),
    )
    kinds.create(engine)

with check("the ORM: relations, changes, rollback"), Session(engine) as session:
    ada = Author(name="Ada", born=datetime.date(1815, 12, 10))
    ada.books = [Book(title="Notes", price=decimal.Decimal("9.90")), Book(title="Letters", price=decimal.Decimal("5"))]
    session.add_all([ada, Author(name="Bo")])
    session.commit()
    equal((ada.id, [book.author_id for book in ada.books]), (1, [1, 1]))
    query = sa.select(Author.name, sa.func.sum(Book.price)).join(Book).group_by(Author.name)
    equal([tuple(row) for row in session.execute(query)], [("Ada", decimal.Decimal("14.90"))])
    equal([book.title for book in session.scalars(sa.select(Book).order_by(Book.title).limit(1).offset(1))], ["Notes"])
    ada.name = "Ada L."
    session.delete(ada.books[0])
    session.commit()
    equal(session.scalar(sa.select(sa.func.count()).select_from(Book)), 1)
    session.add(Author(name="Cy"))
    session.flush()
    session.rollback()
    equal(sorted(session.scalars(sa.select(Author.name))), ["Ada L.", "Bo"])
    session.execute(sa.update(Author).where(Author.name == "Bo").values(born=datetime.date(2000, 1, 1)))
    session.execute(sa.delete(Author).where(Author.name == "Ada L."))
    session.commit()

with check("values of all types, 1,000 rows at once"):
    row = {
        "i": 1,
        "f": 1.5,
        "b": True,
        "d": datetime.date(2020, 1, 2),
        "t": datetime.time(3, 4, 5),
        "ts": datetime.datetime(2020, 1, 2, 3, 4, 5),
        "n": 10**37,
        "bin": b"\x00\xff",
        "Mixed Case": "x",
    }
    with engine.begin() as connection:
        connection.execute(kinds.insert(), row)
        got = connection.execute(kinds.select()).mappings().one()
        equal({name: got[name] for name in row}, row)
        connection.execute(kinds.insert(), [{"i": n, "f": n / 2, "Mixed Case": str(n)} for n in range(2, 1002)])
        equal(connection.scalar(sa.select(sa.func.count()).select_from(kinds)), 1001)
        equal(connection.execute(sa.select(kinds.c["Mixed Case"]).where(kinds.c.i == 1000)).scalar_one(), "1000")
        connection.execute(sa.text("insert into kinds (i, v) select 2000, parse_json('{\"a\": [1]}')"))
        equal(connection.scalar(sa.text("select v:a[0]::int from kinds where i = 2000")), 1)

with check("MERGE"):
    source = sa.table("source", sa.column("i"), sa.column("f"))
    with engine.begin() as connection:
        connection.execute(sa.text("create table source as select 1 as i, 7.5::float as f union all select 3000, 8.5"))
        merge = MergeInto(target=kinds, source=source, on=kinds.c.i == source.c.i)
        merge.when_matched_then_update().values(f=source.c.f)
        merge.when_not_matched_then_insert().values(i=source.c.i, f=source.c.f)
        connection.execute(merge)
        equal(connection.execute(sa.select(kinds.c.f).where(kinds.c.i.in_([1, 3000]))).scalars().all(), [7.5, 8.5])
        connection.execute(sa.text("create view priced as select title, price from books"))

with check("reflection"):
    inspector = sa.inspect(engine)
    equal(sorted(inspector.get_table_names()), ["authors", "books", "kinds", "source"])
    equal(inspector.get_view_names(), ["priced"])
    assert "create view priced" in inspector.get_view_definition("priced")
    equal(inspector.get_pk_constraint("authors")["constrained_columns"], ["id"])
    (key,) = inspector.get_foreign_keys("books")
    equal(
        (key["referred_table"], key["constrained_columns"], key["referred_columns"]), ("authors", ["author_id"], ["id"])
    )
    equal([one["column_names"] for one in inspector.get_unique_constraints("authors")], [["name"]])
    equal(inspector.get_indexes("authors"), [])
    equal(sorted(inspector.get_sequence_names()), ["author_ids", "book_ids"])
    assert {"public", "information_schema"} <= set(inspector.get_schema_names())
    found = {column["name"]: column for column in inspector.get_columns("kinds")}
    equal(list(found), list(kinds.c.keys()))
    equal(
        (str(found["n"]["type"]), found["i"]["nullable"], found["Mixed Case"]["comment"]),
        ("DECIMAL(38, 0)", False, "a comment"),
    )
    assert inspector.has_table("books") and not inspector.has_table("nope")
    again = sa.MetaData()
    again.reflect(engine)
    equal(sorted(again.tables), ["authors", "books", "kinds", "source"])
    equal([key.target_fullname for key in again.tables["books"].foreign_keys], ["authors.id"])

more = sa.MetaData()
with check("identities, defaults, comments, keys of several columns in another schema: made and reflected"):
    numbered = sa.Table(
        "numbered",
        more,
        sa.Column("id", sa.Integer, sa.Identity(start=10, increment=5, order=True), primary_key=True),
        sa.Column("n", sa.String(20), server_default="x", nullable=False),
        sa.Column("p", sa.Numeric(10, 2), comment="it's"),
        comment="table's",
    )
    keys = (
        sa.PrimaryKeyConstraint("x", "y", name="pk"),
        sa.UniqueConstraint("z", name="uq_z"),
        sa.UniqueConstraint("z", "y", name="uq_zy"),
    )
    sa.Table("parents", more, *(sa.Column(name, sa.Integer) for name in "xyz"), *keys, schema="other")
    key = sa.ForeignKeyConstraint(["p", "q"], ["other.parents.x", "other.parents.y"], name="fk")
    sa.Table("children", more, sa.Column("p", sa.Integer), sa.Column("q", sa.Integer), key)
    with engine.begin() as connection:
        connection.execute(sa.text("create schema other"))
        connection.execute(sa.text("use schema public"))
        more.create_all(connection)
        connection.execute(numbered.insert(), [{"p": 1}, {"p": 2}])
        found = connection.execute(sa.select(numbered.c.id, numbered.c.n).order_by(numbered.c.id)).all()
        equal([tuple(row) for row in found], [(10, "x"), (15, "x")])
    inspector = sa.inspect(engine)
    columns = {column["name"]: column for column in inspector.get_columns("numbered")}
    equal((columns["id"]["identity"]["start"], columns["id"]["identity"]["increment"]), (10, 5))
    equal((columns["n"]["default"], columns["p"]["comment"]), ("'x'", "it's"))
    equal(inspector.get_table_comment("numbered")["text"], "table's")
    equal(inspector.get_pk_constraint("parents", schema="other"), {"constrained_columns": ["x", "y"], "name": "pk"})
    (key,) = inspector.get_foreign_keys("children")
    told = ("fk", "other", "parents", ["x", "y"])
    equal((key["name"], key["referred_schema"], key["referred_table"], key["referred_columns"]), told)
    equal(sorted(one["name"] for one in inspector.get_unique_constraints("parents", schema="other")), ["uq_z", "uq_zy"])

with check("VARIANT, ARRAY, OBJECT, zones; structured types; clustered, dynamic and hybrid tables"):
    half = sa.Table(
        "half",
        more,
        sa.Column("id", sa.Integer),
        *(sa.Column(name, type_) for name, type_ in (("v", VARIANT), ("a", sf.ARRAY), ("o", sf.OBJECT))),
        *(sa.Column(name, type_) for name, type_ in (("tz", sf.TIMESTAMP_TZ), ("ltz", sf.TIMESTAMP_LTZ))),
        sa.Column("m", sf.MAP(sa.String(), sa.Integer())),
    )
    half.create(engine)
    equal(str(sa.inspect(engine).get_columns("half")[-1]["type"]), "MAP(VARCHAR, DECIMAL(38, 0))")
    with engine.begin() as connection:
        made = "parse_json('{\"a\"\\: [1, 2]}'), array_construct(1, 'x'), object_construct('k', 1)"
        connection.execute(sa.text(f"insert into half (id, v, a, o, tz) select 1, {made}, '2024-01-01 00:00:00 +0300'"))
        equal(connection.scalar(sa.select(half.c.tz)).utcoffset(), datetime.timedelta(hours=3))
        flat = sa.func.flatten(half.c.a).table_valued("value", "index", name="f")
        equal(len(connection.execute(sa.select(flat.c.value).select_from(half).join(flat, sa.true())).all()), 2)
    clustered = sf.SnowflakeTable(
        "clustered", more, sa.Column("id", sa.Integer), sa.Column("d", sa.Date), cluster_by=["id"]
    )
    clustered.create(engine)
    lag = (1, sf.TimeUnit.HOURS)
    sf.DynamicTable("lively", sa.MetaData(), target_lag=lag, warehouse="w", as_query=sa.select(clustered)).create(
        engine
    )
    hybrid = sf.HybridTable("hybrid", more, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.String(9)))
    hybrid.create(engine)
    with engine.begin() as connection:
        connection.execute(hybrid.insert().values(id=1, n="a"))
        equal([tuple(row) for row in connection.execute(hybrid.select())], [(1, "a")])

with check("MERGE with conditions and deletes; UPDATE of other tables, INSERT of queries; COPY both ways"):
    given = sa.Table("given", more, sa.Column("id", sa.Integer), sa.Column("n", sa.String))
    given.create(engine)
    with engine.begin() as connection:
        rows = [{"id": 10, "n": "m"}, {"id": 15, "n": "d"}, {"id": 99, "n": "i"}]
        connection.execute(given.insert(), rows)
        merge = MergeInto(target=numbered, source=given, on=numbered.c.id == given.c.id)
        merge.when_matched_then_delete().where(given.c.n == "d")
        merge.when_matched_then_update().values(n=given.c.n)
        merge.when_not_matched_then_insert().values(id=given.c.id, n=given.c.n)
        connection.execute(merge)
        found = connection.execute(sa.select(numbered.c.id, numbered.c.n).order_by(numbered.c.id)).all()
        equal([tuple(row) for row in found], [(10, "m"), (99, "i")])
        equal(
            connection.execute(sa.update(numbered).values(p=given.c.id).where(given.c.id == numbered.c.id)).rowcount, 2
        )
        equal(connection.execute(sa.insert(given).from_select(["id"], sa.select(numbered.c.id))).rowcount, 2)
        connection.execute(sa.text("create stage st"))
        stage, form = sf.ExternalStage(name="st", path="p"), sf.CSVFormatter().field_delimiter("|")
        connection.execute(sf.CopyIntoStorage(from_=sa.select(given), into=stage, formatter=form))
        connection.execute(sf.CopyIntoStorage(from_=stage, into=given, formatter=form))
        equal(connection.scalar(sa.select(sa.func.count()).select_from(given)), 10)
with engine.begin() as connection:
    connection.execute(sa.text("drop dynamic table lively"))  # which DROP TABLE doesn't
more.drop_all(engine)

with check("pandas"):
    frame = pandas.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})
    frame.to_sql("frames", engine, index=False, if_exists="replace", method="multi")
    frame.to_sql("frames", engine, index=False, if_exists="append")
    equal(len(pandas.read_sql("select * from frames", engine)), 6)
    equal(list(pandas.read_sql_table("frames", engine).columns), ["a", "b"])
    frame.columns = ["A", "B"]
    frame.to_sql("by_files", engine, index=False, method=pd_writer)
    equal(sum(len(part) for part in pandas.read_sql("select * from by_files", engine, chunksize=2)), 3)
    with engine.begin() as connection:
        connection.execute(sa.text("drop table by_files"))

with engine.connect() as connection, fails("1003"):
    connection.execute(sa.text("selec 1"))
again.drop_all(engine)
equal(sa.inspect(engine).get_table_names(), ["frames"])
engine.dispose()
