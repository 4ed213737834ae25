"""What the embedded account needs of whatever runs its SQL: data, and nothing of the catalog.

Names are canonical and arrive apart from each other. What an engine keeps of something dropped, it keeps under a `kept`
key that the catalog chooses, until it is restored or purged.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import attrs

from .types import DataType

if TYPE_CHECKING:
    from sqlglot import Expr

    from .metadata import Account
    from .translate.protocol import Variable


running: ContextVar[str] = ContextVar("running", default="")
"""The query id of the statement that runs, by which Time Travel finds it later."""


def new_query_id() -> str:
    """As random as a UUID, and written like one. Every statement has one, so it is made in a fifth of a UUID's time."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


@attrs.frozen
class Moment:
    """What `AT (…)` or `BEFORE (…)` says. See https://docs.snowflake.com/en/sql-reference/constructs/at-before."""

    kind: str
    """TIMESTAMP, OFFSET, STATEMENT or STREAM."""
    value: datetime | float | str
    """A time with its zone; seconds, of which those of the past are negative; a query id; a stream's name."""
    before: bool = False


@attrs.frozen
class Column:
    """A column of a result or a table."""

    name: str
    type: str
    """Snowflake's name of the type, such as `NUMBER(38,0)`."""
    nullable: bool = True
    default: str | None = None
    """Of a table's column: Snowflake's SQL, or `IDENTITY START 1 INCREMENT 1 NOORDER`."""
    comment: str = ""


@attrs.frozen
class Result:
    """What a statement gave."""

    columns: list[Column]
    rows: Sequence[tuple[Any, ...]]
    """Unpacked when somebody looks at them, if the engine has them in another form."""
    rowcount: int
    """Rows returned or changed."""
    native: Any = None
    """The rows in the engine's own form, with `types` and `fetched` (see `snowcore.engine.types`), for a door that
    passes on more than Python's values hold: nine digits of a second. Of PUT and GET: what the client shall do."""
    query_id: str = ""
    statement: str = ""
    """The statement's first word, such as `SELECT`."""

    def of(self, query_id: str, statement: str) -> Result:
        """The same result, as that of a statement."""
        return Result(self.columns, self.rows, self.rowcount, self.native, query_id, statement)


@attrs.frozen
class TablePath:
    database: str
    schema: str
    name: str


@attrs.frozen
class Made:
    """What an engine has that is no table: a view, a sequence, a file format."""

    kind: str
    """In small letters, such as `view`."""
    path: TablePath
    id: int
    owner: str
    """The role that made it, or was given it."""
    created_on: str


@attrs.frozen
class Policy:
    """A masking or row access policy."""

    kind: str
    """`masking policy` or `row access policy`."""
    arguments: Sequence[tuple[str, str]]
    """Names and types."""
    returns: str
    body: str
    """An expression in SQL."""
    comment: str = ""


@attrs.frozen
class PolicyUse:
    """Where a policy is: on a table or view."""

    policy: TablePath
    of: TablePath
    kind: str
    """table or view."""
    column: str | None
    """What is masked; None for a row access policy."""
    given: tuple[str, ...]
    """The columns that the policy is given, beside what is masked."""


@attrs.frozen
class HeldKey:
    """A key of a hybrid table, or an index."""

    kind: str
    """PRIMARY KEY, UNIQUE, FOREIGN KEY or INDEX."""
    name: str
    """That of the index behind it."""
    columns: Sequence[str]
    of: TablePath | None = None
    """The table that a foreign key refers to."""
    of_columns: Sequence[str] = ()
    """The columns that it refers to; empty for the primary key."""
    included: Sequence[str] = ()
    """The columns that an index has beside its own."""


class Need(NamedTuple):
    """A privilege that a statement needs on something that it names."""

    privilege: str
    kind: str
    """In small letters, such as `view`."""
    path: tuple[str, str, str]
    id: int
    """In the engine's map."""
    owner: str
    """Whose it is, where the engine alone knows that."""
    role: str | None
    """Whose view or function it is that names it; None for the session itself."""


@attrs.frozen
class Batch:
    """The parameters of an INSERT of one row, for many rows at once."""

    columns: Sequence[Sequence[Any]]
    """The values of each `?`, one for each row."""

    @property
    def rows(self) -> list[list[Any]]:
        return [list(row) for row in zip(*self.columns, strict=True)]


@attrs.frozen
class Stage:
    """What an engine must know of a stage."""

    folder: Path
    """Where its files are."""
    file_format: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """How they are written, if nothing else is said: options of a file format, or its whole name as FORMAT_NAME."""
    copy_options: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    url: str = ""
    """Where they are said to be, if the stage is an external one; it ends with a slash."""


@attrs.frozen
class PipeLoad:
    """The refresh of a pipe of which a COPY is."""

    id: int
    """The pipe's, by which is known what it has loaded."""
    prefix: str = ""
    """How the paths of the files begin, behind that of the COPY."""
    modified_after: datetime | None = None


class Code(Protocol):
    """Who runs a function that is not in SQL. Values are in the engine's forms (`engine.types`); what comes back are
    texts that the engine casts to them."""

    @property
    def key(self) -> object:
        """The same for the same function."""
        ...

    def values(self, rows: Sequence[Sequence[Any]]) -> Sequence[str | None]:
        """The function's value for each row of arguments."""
        ...

    def rows(self, partition: Sequence[Sequence[Any]]) -> Sequence[Sequence[str | None]]:
        """The rows that a table function makes of a partition, each after the number of the row that it is made of,
        from 0, or None if it is made of all."""
        ...


@attrs.frozen
class Routine:
    """A function that a user made."""

    path: tuple[str, str, str]
    arguments: Sequence[tuple[str, str, str | None]]
    """Names, types and defaults."""
    returns: str | None
    """The type of its value; None if it gives rows."""
    columns: Sequence[tuple[str, str]]
    body: str
    """In SQL; empty if there is `code`."""
    strict: bool
    """Whether it is NULL if an argument is."""
    code: Code | None = None
    whole_name: tuple[str, str, str] | None = None
    """Its path with the types of its arguments, by which its privileges are known; None if it needs none."""
    owner: str | None = None
    """The role whose privileges count for what the body names; None for the session's own."""
    is_aggregate: bool = False
    """Whether its value is one of many rows."""


@attrs.frozen
class DynamicSource:
    """What a dynamic table holds."""

    query: str
    columns: Sequence[str] = ()
    """Their names, if not those of the query."""
    lag: float | None = None
    """In seconds; None if those who read it decide."""
    filled: bool = True
    """Whether it holds the query's rows at once."""
    owner: str = "ACCOUNTADMIN"
    """The role that it is to belong to."""


@attrs.frozen
class Refresh:
    """A refresh of a dynamic table that has ended, on the account's clock."""

    trigger: str
    """`CREATION`, `MANUAL`, or `SCHEDULED` if it was due when the table was read."""
    query_id: str
    """Of the statement in which that was."""
    started: str
    ended: str
    came: int = 0
    """How many rows are new."""
    went: int = 0
    failure: str | None = None


@attrs.frozen
class StreamSource:
    """What a stream follows."""

    of: TablePath
    kind: str
    """table, view, or directory of a stage."""
    appended: bool = False
    """Whether it shows only rows that were inserted."""
    initial: bool = False
    """Whether it first shows the rows that are there."""
    at: Moment | None = None
    """Since when; now by default."""


@attrs.frozen
class StreamFacts:
    """What a stream is now."""

    follows: str
    """The whole name of its table or view."""
    bases: Sequence[str]
    """Those of the tables whose rows it shows."""
    is_stale: bool
    stale_after: datetime
    offset: datetime
    """Up to when it was consumed."""
    version: datetime
    """When its source was changed last before that."""


@attrs.frozen
class Past:
    """What a database or schema is cloned from, if not from what is in it now."""

    at: Moment
    schemas: frozenset[str]
    """Those of a database that were there."""
    dropped: Mapping[tuple[str, str], Sequence[str]]
    """The keys of tables that were dropped since then, by schema and name, those first that were dropped first."""


class EngineSession(Protocol):
    """One connection. Its statements run one at a time."""

    autocommit: bool
    lock_timeout: float
    """Seconds to wait for another session's transaction on the same table."""
    recall: Callable[[str], Result]
    """Who remembers the results of earlier statements, by query id; AccountError for what is forgotten."""
    asked: Callable[[str, Sequence[tuple[str | None, Any]]], Result | None]
    """Who answers the table functions of INFORMATION_SCHEMA, given a name and arguments with their names; None for
    those that are not emulated."""
    routine: Callable[[tuple[str, str, str], Sequence[DataType], Sequence[str]], Routine | None]
    """Who knows the functions of users: by path, types of the arguments, names of those that are given by name."""
    account: Account
    """Who says what INFORMATION_SCHEMA tells the session."""
    variable: Callable[[str], Variable | None]
    """Who knows a variable of the session that a text in SQL names."""
    says: Callable[[str], str | None]
    """Who says what the session is and has, where it is asked in the text of a view: CURRENT_ROLE, CURRENT_USER …"""
    stages: Mapping[TablePath, Stage]
    """The stages that the next statement names."""
    own_stage: Path | None
    """The folder of `@~`, the stage of the session's user; None for that of the account's own user."""
    pipe: PipeLoad | None
    """The refresh of which the next COPY is, if a pipe does it."""
    role: str
    """Whose the views, sequences and file formats are that are made."""
    recorded: Callable[[Callable[[], None]], None]
    """Who records what ALTER TABLE makes of a table: given what lets everybody see it, to be called in one step with
    the record."""
    transaction: int | None
    """The number of the open transaction, which are the nanoseconds since 1970 when it began."""

    @property
    def in_transaction(self) -> bool: ...

    @property
    def locked(self) -> list[TablePath]:
        """The tables that the open transaction has changed, and others wait for."""
        ...

    def check_policy(self, path: TablePath, policy: Policy, owner: str) -> None:
        """AccountError for a policy whose body means nothing."""
        ...

    def mask(
        self,
        table: TablePath,
        column: str,
        policy: TablePath | None,
        columns: Sequence[str] = (),
        *,
        force: bool = False,
    ) -> None:
        """Put a column of a table or view under a masking policy, or with None under none.

        columns: which the policy is given beside the column. force: instead of another one.
        """
        ...

    def filter_rows(self, table: TablePath, policy: TablePath | None, columns: Sequence[str] = ()) -> None:
        """Have a row access policy say which rows of a table or view are there, or with None have all be there."""
        ...

    def hold_keys(self, table: TablePath, held: Sequence[HeldKey]) -> None:
        """Make a table a hybrid one, which has these keys and indexes, and no others."""
        ...

    def parse(self, text: str) -> Expr:
        """The one statement of a text, as `execute` takes it."""
        ...

    def check_format(self, options: Mapping[str, Any]) -> None:
        """AccountError if files can't be written like this, or the file format that is named isn't there."""
        ...

    def execute(self, sql: str | Expr, parameters: Any = None, *, text: str | None = None) -> Result:
        """Run one statement of Snowflake's SQL, as text or as it was parsed. AccountError if it fails.

        parameters: a list for `?` and `:1`, a dict for names, or a Batch if `takes_batch` says so. text: what was
        parsed, if the statement is still just that, so that the engine may do less when it comes again as text.
        """
        ...

    def moment(self, said: Expr) -> Moment:
        """What AT or BEFORE of a parsed statement says."""
        ...

    def takes_batch(self, statement: Expr) -> bool:
        """Whether a statement can run once for many rows of parameters."""
        ...

    def put_parameter(self, name: str, value: Any) -> None:
        """Set a parameter of the session, such as TIMEZONE; None takes it back."""
        ...

    def set_autocommit(self, on: bool) -> None: ...

    def commit(self) -> None:
        """Commit what is open, if anything is."""
        ...

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        ...

    def transfer(self, result: Result) -> Result:
        """Do what PUT or GET asks of the client."""
        ...

    def read_file(self, written: str) -> str:
        """The text of a stage's file, of `@db.schema.stage/path`. AccountError if there is none."""
        ...

    def creates_temporary(self, statement: Expr) -> bool: ...
    def is_temporary(self, table: TablePath) -> bool: ...
    def rename_temporary(self, table: TablePath, target: TablePath) -> None:
        """Give a temporary table another name. AccountError if the session has one of that name."""
        ...

    def columns(self, table: TablePath) -> list[Column] | None:
        """The columns of a table or a view, one of the session's own among them; None if there is no such."""
        ...

    def metadata(self, view: str, database: str) -> list[Mapping[str, Any]]:
        """The rows of a view of a database's INFORMATION_SCHEMA. A kind has more there than the view's columns."""
        ...

    def functions(self) -> list[tuple[str, int, int | None, bool]]:
        """Snowflake's functions by name, with their least and most arguments, and whether they are aggregates."""
        ...

    @property
    def current(self) -> tuple[str | None, str | None]:
        """The database and the schema in use; None after they were dropped."""
        ...

    def use(self, database: str | None, schema: str | None) -> None:
        """Resolve bare names there from now on."""
        ...

    def close(self) -> None: ...


class EngineSnapshot(Protocol):
    """The rows and files of a moment."""

    @property
    def told(self) -> str:
        """What stands in the table `restoring` of the account's file while the engine goes back there."""
        ...


class SqlEngine(Protocol):
    def snapshot(self) -> EngineSnapshot:
        """The rows and files as they are, while nobody is at work."""
        ...

    def check_snapshot(self, snapshot: Any) -> None:
        """AccountError unless there is a way back to it."""
        ...

    def restore(self, snapshot: Any) -> None:
        """Go back to a snapshot, in whose state the account's file is already; no session is open."""
        ...

    stages: Path
    """The folder with the files of all stages."""

    def export(self, folder: Path) -> None:
        """Write all rows into an empty folder of `temporary_stage`, while nobody is at work."""
        ...

    def take_over(self, folder: Path) -> None:
        """Have an account that was new hold the rows of such a folder. AccountError if they don't fit its file."""
        ...

    @property
    def version(self) -> int:
        """A number that is another one after each commit of rows."""
        ...

    def on_commit(self, tell: Callable[[], None]) -> None:
        """Have somebody told after each commit of rows, in the thread that has committed."""
        ...

    def stage(self, number: int) -> Path:
        """The folder of the stage with this number, which no other stage has, nor had."""
        ...

    def drop_stage(self, number: int) -> None:
        """A stage is gone, with its files."""
        ...

    def adopt_stage(self, stage: TablePath, made: str, number: int) -> None:
        """Take over the files that a stage had in an earlier release, if it was made at this moment."""
        ...

    def temporary_stage(self) -> Path:
        """The folder of a new stage of one session."""
        ...

    def connect(self, database: str | None = None, schema: str | None = None) -> EngineSession: ...

    def in_one_step(self) -> AbstractContextManager[object]:
        """What changes names in it, and the catalog, is one change to everybody, if the engine can do that."""
        ...

    def databases(self) -> list[str]:
        """The databases that are there, those under a kept key not included."""
        ...

    def create_database(self, name: str) -> None: ...
    def clone_database(self, source: str, target: str, past: Past | None = None) -> None: ...
    def drop_database(self, name: str, kept: str) -> None: ...
    def restore_database(self, kept: str, name: str) -> None: ...

    def schemas(self, database: str) -> list[str]:
        """The schemas that are there, those under a kept key not included."""
        ...

    def create_schema(self, database: str, name: str) -> None: ...
    def clone_schema(
        self, database: str, name: str, target_database: str, target: str, past: Past | None = None
    ) -> None: ...
    def drop_schema(self, database: str, name: str, kept: str) -> None: ...
    def restore_schema(self, kept: str, database: str, name: str) -> None: ...

    def clone_table(self, source: TablePath, target: TablePath, *, rows: bool = True, at: Moment | None = None) -> None:
        """Copy a table, as it is or as it was; with rows=False only its columns."""
        ...

    def note(self, statement: str) -> None:
        """Remember, for Time Travel, what the statement with this query id sees, which begins now."""
        ...

    def time_of(self, moment: Moment) -> datetime:
        """The time on the account's clock that a moment means; BEFORE is a little earlier than AT."""
        ...

    def drop_table(self, table: TablePath, kept: str) -> None: ...
    def restore_table(self, kept: str, table: TablePath) -> None: ...
    def rename_table(self, table: TablePath, target: TablePath) -> None: ...

    def tables(self, database: str, schema: str) -> list[str]:
        """The tables that really are there, views not included."""
        ...

    def views(self, database: str, schema: str) -> list[str]: ...
    def streams(self, database: str, schema: str) -> list[str]: ...

    def of_resource(self, resource: str, database: str, schema: str) -> list[str]:
        """The dynamic or event tables."""
        ...

    def columns(self, table: TablePath) -> list[Column] | None:
        """A table's columns as they really are, or None if there is no such table."""
        ...

    def made(self, kind: str, database: str | None = None, schema: str | None = None) -> list[Made]:
        """Those of a kind that are no tables, everywhere or in a database or schema."""
        ...

    def find_made(self, kind: str, path: TablePath) -> Made | None: ...
    def set_owner(self, made: Made, owner: str) -> None: ...

    def count(self, table: TablePath) -> int:
        """How many rows a table has."""
        ...

    def count_together(self, tables: Iterable[TablePath]) -> None:
        """Count the rows of many tables, which takes less than one by one; `count` then knows them."""
        ...

    def create_dynamic_table(self, table: TablePath, source: DynamicSource) -> None:
        """Make a dynamic table, which is else like a table that nobody changes."""
        ...

    def change_dynamic_table(self, table: TablePath, **facts: Any) -> None:
        """Give it another `lag`, or with `active` have it refreshed or not."""
        ...

    def refresh_dynamic_table(self, table: TablePath) -> None:
        """Have it hold what its query gives now, and those that it reads too."""
        ...

    def refreshed(self, table: TablePath) -> datetime | None:
        """As of when its content is; None before it was refreshed first."""
        ...

    def refreshes(self, table: TablePath) -> list[Refresh]:
        """The last hundred, the newest first."""
        ...

    def fill_external_table(self, table: TablePath, query: str, stages: Mapping[TablePath, Stage]) -> None:
        """Make a table of what a query gives now that reads stages, or make it anew."""
        ...

    def list_files(self, stage: TablePath, query: str, *, again: bool) -> None:
        """Have the rows of a stage's directory table be those of a query, so that streams follow what changes.

        again: only if the table has been there, else only if not."""
        ...

    def drop_directory(self, stage: TablePath, kept: str) -> None:
        """Put away what a stage's directory table holds, if it does."""
        ...

    def restore_directory(self, kept: str, stage: TablePath) -> None: ...

    def create_event_table(self, table: TablePath) -> None: ...

    def create_foreign_table(self, table: TablePath) -> None:
        """Make a table whose rows are elsewhere, where nobody reads them."""
        ...

    def held_keys(self, table: TablePath) -> list[HeldKey]:
        """The keys and indexes of a hybrid table; none of another one."""
        ...

    def forget_references(self, table: TablePath) -> list[TablePath]:
        """Let other hybrid tables no longer refer to one; which did."""
        ...

    def create_policy(self, path: TablePath, policy: Policy, owner: str, *, replace: bool) -> None:
        """Make a masking or row access policy."""
        ...

    def policy(self, kind: str, path: TablePath) -> Policy | None: ...

    def change_policy(self, path: TablePath, policy: Policy) -> None:
        """Let a policy have another body or comment."""
        ...

    def drop_policy(self, kind: str, path: TablePath) -> None: ...

    def rename_policy(self, kind: str, path: TablePath, target: TablePath) -> None: ...

    def policy_uses(self, kind: str, path: TablePath | None = None, on: TablePath | None = None) -> list[PolicyUse]:
        """Where policies of a kind are, or one of them is, or which are on a table or view."""
        ...

    def forget_translations(self) -> None:
        """What statements become may be something else from now on, for reasons that the engine doesn't see."""
        ...

    def create_stream(self, stream: TablePath, source: StreamSource) -> None:
        """Make a stream, which is put away, brought back and read like a table."""
        ...

    def clone_stream(self, source: TablePath, target: TablePath) -> None:
        """Make a stream that goes on where another one stands."""
        ...

    def stream(self, stream: TablePath) -> StreamFacts: ...

    def purge(self, kept: str) -> None:
        """Forget something dropped for good."""
        ...

    def interrupt(self, seconds: float) -> None:
        """Stop all statements that run, and wait so long for their end."""
        ...

    def close(self) -> None: ...


@attrs.frozen
class Declared:
    """What the account's catalog knows of something."""

    id: int = 0
    properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])


class EarlierCatalog(Protocol):
    """The catalog of a folder that an earlier release left."""

    def live(self, parent: int, name: str) -> Declared:
        """The database, schema or table of this name, below what has this id."""
        ...

    def numbered(self, id: int) -> Declared: ...
