"""SQLAlchemy: tables, reflection, the ORM, bulk inserts, upserts, pandas."""

import datetime
import decimal
import tomllib
import warnings
from os import environ
from pathlib import Path

import pandas
import sqlalchemy as sa
from checks import check, equal, fails
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

with check("pandas"):
    frame = pandas.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})
    frame.to_sql("frames", engine, index=False, if_exists="replace", method="multi")
    frame.to_sql("frames", engine, index=False, if_exists="append")
    equal(len(pandas.read_sql("select * from frames", engine)), 6)
    equal(list(pandas.read_sql_table("frames", engine).columns), ["a", "b"])

with engine.connect() as connection, fails("1003"):
    connection.execute(sa.text("selec 1"))
again.drop_all(engine)
equal(sa.inspect(engine).get_table_names(), ["frames"])
engine.dispose()
