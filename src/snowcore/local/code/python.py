"""What a worker process runs: one function or procedure of a user, called by messages on its standard input.

A message is four bytes with its length, and JSON. This file is run by path and imports nothing of ours, since the
environment that it runs in need not have us.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import datetime
import fcntl
import importlib
import inspect
import json
import os
import pickle
import resource
import select
import signal
import struct
import sys
import textwrap
import time
import types
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

_EPOCH = datetime.datetime(1970, 1, 1)
_MICROSECOND = datetime.timedelta(microseconds=1)
_DROP_FOR_CHILDREN, _CAPABILITIES = 24, 0x20080522
"""PR_CAPBSET_DROP, and the version of what capset takes, as Linux has them."""
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36
"""Of Linux's prctl, too."""
CODE = "_udf_code"
"""The module that inline code is, as in Snowflake."""


# Values


class _SqlNull:
    """A NULL of SQL, where None is a null of JSON."""

    is_sql_null = True

    def __repr__(self) -> str:
        return "NULL"


_SQL_NULL = _SqlNull()


def _timestamp_tz(value: Any) -> datetime.datetime:
    zone = datetime.timezone(datetime.timedelta(minutes=value[1]))
    return (_EPOCH + value[0] * _MICROSECOND).replace(tzinfo=datetime.UTC).astimezone(zone)


def _time(value: int) -> datetime.time:
    return (_EPOCH + datetime.timedelta(microseconds=value)).time()


_TAKE: dict[str, Callable[[Any], Any]] = {
    "DECIMAL": Decimal,
    "BINARY": base64.b64decode,
    "DATE": datetime.date.fromisoformat,
    "TIME": _time,
    "TIMESTAMP_NTZ": lambda value: _EPOCH + value * _MICROSECOND,
    "TIMESTAMP_LTZ": lambda value: _EPOCH + value * _MICROSECOND,
    "TIMESTAMP_TZ": _timestamp_tz,
    "VARIANT": json.loads,
    "OBJECT": json.loads,
    "ARRAY": json.loads,
}
"""What makes a value of Python of what a message has of a type; the others are as they are."""


def _arguments(kinds: Sequence[str], row: Sequence[Any]) -> list[Any]:
    made: list[Any] = []
    for kind, value in zip(kinds, row):
        take = _TAKE.get(kind)
        if value is None:
            made.append(_SQL_NULL if kind == "VARIANT" else None)
        else:
            made.append(value if take is None else take(value))
    return made


def _number(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    raise TypeError(f"a number is expected, not {type(value).__name__}")


def _float(value: Any) -> str:
    if isinstance(value, (int, float, Decimal)):
        return repr(float(value))
    raise TypeError(f"a number is expected, not {type(value).__name__}")


def _boolean(value: Any) -> str:
    if isinstance(value, (bool, int)):
        return "true" if value else "false"
    raise TypeError(f"a bool is expected, not {type(value).__name__}")


def _binary(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex()
    raise TypeError(f"bytes are expected, not {type(value).__name__}")


def _date(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a date is expected, not {type(value).__name__}")


def _time_of_day(value: Any) -> int:
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) * 1_000_000 + value.microsecond
    raise TypeError(f"a time is expected, not {type(value).__name__}")


def _datetime(value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return value
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    raise TypeError(f"a datetime is expected, not {type(value).__name__}")


def _naive(value: Any) -> int:
    return (_datetime(value).replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def _aware(value: Any) -> list[int]:
    offset = _datetime(value).utcoffset()
    if offset is None:
        raise TypeError("a datetime with a time zone is expected")
    return [_naive(value - offset), int(offset.total_seconds() // 60)]


def _in_json(value: Any) -> Any:
    """What JSON lacks, in it."""
    if hasattr(value, "item"):  # of NumPy
        return value.item()
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex().upper()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)  # pyright: ignore
    if isinstance(value, (datetime.date, datetime.time, _SqlNull)):
        return None if isinstance(value, _SqlNull) else str(value)
    raise TypeError(f"a value of {type(value).__name__} can't be a VARIANT")


def _variant(value: Any) -> str | None:
    return None if getattr(value, "is_sql_null", False) else json.dumps(value, default=_in_json)


def _of(kind: type | tuple[type, ...], what: str) -> Callable[[Any], str | None]:
    def give(value: Any) -> str | None:
        if hasattr(value, "tolist"):
            value = value.tolist()
        if not isinstance(value, kind):
            raise TypeError(f"{what} is expected, not {type(value).__name__}")
        return json.dumps(value, default=_in_json)

    return give


_GIVE: dict[str, Callable[[Any], Any]] = {
    "NUMBER": _number,
    "DECIMAL": _number,
    "FLOAT": _float,
    "DECFLOAT": _number,
    "BOOLEAN": _boolean,
    "VARCHAR": str,
    "BINARY": _binary,
    "DATE": _date,
    "TIME": _time_of_day,
    "TIMESTAMP_NTZ": _naive,
    "TIMESTAMP_LTZ": _naive,
    "TIMESTAMP_TZ": _aware,
    "VARIANT": _variant,
    "OBJECT": _of(dict, "a dict"),
    "ARRAY": _of((list, tuple), "a list"),
    "VECTOR": _of((list, tuple), "a list"),
}
"""What a message has of a value of Python that shall be of a type."""


def _given(kind: str, value: Any) -> Any:
    if value is None:
        return "null" if kind == "VARIANT" else None
    if hasattr(value, "item") and not hasattr(value, "__len__"):  # a scalar of NumPy
        value = value.item()
    return _GIVE[kind](value)


def _present(value: Any) -> Any:
    """A value of pandas, whose missing ones are None."""
    is_nan = isinstance(value, float) and value != value
    return None if is_nan or type(value).__name__ in ("NAType", "NaTType") else value


def _is_vectorized(handler: Any) -> bool:
    return getattr(handler, "_sf_vectorized_input", None) is not None


def _rows_of(made: Any) -> list[tuple[Any, ...]]:
    """The rows of a DataFrame, of a Series, or of several Series or arrays side by side."""
    columns: list[Iterable[Any]]
    if hasattr(made, "itertuples"):
        columns = [made.iloc[:, at] for at in range(made.shape[1])]
    else:
        columns = list(made) if isinstance(made, tuple) else [made]  # pyright: ignore
    return [tuple(map(_present, row)) for row in zip(*columns)]


# Code


class Program:
    """The user's code, loaded."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.takes: list[str] = said["takes"]
        self.gives: list[str] = said["gives"]
        if said["needs_snowpark"]:  # that which is installed, whatever copy of it the user's archives hold
            for needed in ("snowflake.connector", "snowflake.snowpark"):
                importlib.import_module(needed)
        sys.path[:0] = said["path"]
        # Where Snowflake's code looks for files that were imported.
        sys._xoptions["snowflake_import_directory"] = said["imports"]  # pyright: ignore
        self.names: list[str] = said["names"]
        sys.modules["_snowflake"] = snowflake(said["secrets"])
        name: str = said["handler"]
        if said["source"] is None:
            module_name, _, name = name.rpartition(".")
            self.handler = _found(importlib.import_module(module_name), name)
            return
        module = types.ModuleType(CODE)
        sys.modules[CODE] = module
        exec(compile(textwrap.dedent(said["source"]), f"{CODE}.py", "exec"), module.__dict__)
        self.handler = _found(module, name)

    def values(self, rows: list[list[Any]]) -> list[Any]:
        kind, handler = self.gives[0], self.handler
        if _is_vectorized(handler):
            return [_given(kind, value) for value in self._vectorized(rows)]
        return [_given(kind, handler(*_arguments(self.takes, row))) for row in rows]

    def _vectorized(self, rows: list[list[Any]]) -> Iterator[Any]:
        for frame in self._frames(self.handler, rows, range(len(self.takes))):
            made = self.handler(frame)
            if len(made) != len(frame):
                raise ValueError(f"{len(made)} values are given back for {len(frame)} rows")
            yield from map(_present, made)

    def _frames(self, handler: Any, rows: list[list[Any]], names: Iterable[Any]) -> Iterator[Any]:
        """The rows as DataFrames, none larger than a vectorized handler wants them."""
        pandas: Any = importlib.import_module("pandas")
        most = getattr(handler, "_sf_max_batch_size", None) or len(rows)
        for start in range(0, len(rows), most):
            columns = zip(*(_arguments(self.takes, row) for row in rows[start : start + most]))
            yield pandas.DataFrame({name: pandas.Series(column) for name, column in zip(names, columns)})

    def aggregates(self, groups: list[list[list[Any]]]) -> list[Any]:
        return [_given(self.gives[0], self._aggregated(group)) for group in groups]

    def _aggregated(self, rows: list[list[Any]]) -> Any:
        """The value of a group's rows, of which each half has a state of its own; the second is merged into the first,
        since Snowflake may divide the rows as it likes."""
        half = (len(rows) + 1) // 2
        first = self._accumulated(rows[:half])
        if rows[half:]:
            state = self._accumulated(rows[half:]).aggregate_state
            first.merge(pickle.loads(pickle.dumps(state)))
        return first.finish()

    def _accumulated(self, rows: list[list[Any]]) -> Any:
        made = self.handler()
        for row in rows:
            made.accumulate(*_arguments(self.takes, row))
        return made

    def call(self, said: dict[str, Any]) -> dict[str, Any]:
        """What a procedure returns: a value, or the query whose result it is."""
        with connected(said["door"]) as session:
            made = self.handler(session, *_arguments(self.takes, said["arguments"]))
            if not said["table"]:
                return {"value": _given(self.gives[0], made)}
            if not hasattr(made, "_execute_and_get_query_id"):  # of pandas
                made = session.create_dataframe(made)
            return {"query": made._execute_and_get_query_id()}

    def rows(self, partition: list[list[Any]]) -> list[list[Any]]:
        return list(self._rows(partition))

    def _rows(self, partition: list[list[Any]]) -> Iterator[list[Any]]:
        """The rows of a table function, each after the number of the row that it was made of."""
        handler = self.handler() if inspect.isclass(self.handler) else types.SimpleNamespace(process=self.handler)
        process = getattr(handler, "process", None)
        if _is_vectorized(process):
            yield from self._of_frames(process, partition)
        elif process is not None:
            for at, row in enumerate(partition):
                yield from self._checked(at, process(*_arguments(self.takes, row)))
        end = getattr(handler, "end_partition", None) or getattr(handler, "endPartition", None)
        if end is not None and _is_vectorized(end):
            (frame,) = self._frames(end, partition, self.names)
            yield from self._checked(None, _rows_of(end(frame)))
        elif end is not None:
            yield from self._checked(None, end())

    def _of_frames(self, process: Any, partition: list[list[Any]]) -> Iterator[list[Any]]:
        """What a vectorized `process` makes, a row of each row."""
        start = 0
        for frame in self._frames(process, partition, self.names):
            made = _rows_of(process(frame))
            if len(made) != len(frame):
                raise ValueError(f"{len(made)} rows are given back for {len(frame)} rows")
            for at, row in enumerate(made, start):
                yield from self._checked(at, [row])
            start += len(frame)

    def _checked(self, at: int | None, made: Iterable[Any] | None) -> Iterator[list[Any]]:
        for row in made or ():
            values: tuple[Any, ...] = tuple(row) if isinstance(row, (tuple, list)) else (row,)  # pyright: ignore
            if len(values) != len(self.gives):
                raise ValueError(f"a row of {len(self.gives)} values is expected, not of {len(values)}")
            yield [at, *(_given(kind, value) for kind, value in zip(self.gives, values))]


@contextlib.contextmanager
def connected(door: dict[str, Any]) -> Generator[Any]:
    """A Snowpark session, which is the session that the account lends."""
    connector: Any = importlib.import_module("snowflake.connector")
    snowpark: Any = importlib.import_module("snowflake.snowpark")
    connection = connector.connect(**door, account="local", protocol="http", paramstyle="qmark", login_timeout=30)
    session = snowpark.Session.builder.configs({"connection": connection}).create()
    try:
        yield session
    finally:
        session.close()


def _found(module: types.ModuleType, name: str) -> Any:
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part)
    return found


def snowflake(secrets: dict[str, dict[str, str]]) -> types.ModuleType:
    """The module of this name that code in Snowflake imports. secrets: those that the code may read, by its names."""
    module = types.ModuleType("_snowflake")

    def vectorized(input: Any = None, max_batch_size: int | None = None) -> Callable[[Any], Any]:
        def marked(handler: Any) -> Any:
            handler._sf_vectorized_input, handler._sf_max_batch_size = input, max_batch_size
            return handler

        return marked

    def secret(name: str, *kinds: str) -> dict[str, str]:
        found = secrets.get(name)
        if found is None:
            raise ValueError(f"Secret '{name}' is not among the function's SECRETS.")
        if kinds and found["type"] not in kinds:
            raise ValueError(f"Secret '{name}' is of type {found['type']}, not {' or '.join(kinds)}.")
        return found

    def kind_of(name: str) -> str:
        return secret(name)["type"]

    def string(name: str) -> str:
        return secret(name, "GENERIC_STRING")["secret_string"]

    def login(name: str) -> Any:
        found = secret(name, "PASSWORD")
        return types.SimpleNamespace(username=found["username"], password=found["password"])

    def unreachable(kind: str) -> Callable[[str], Any]:
        def asked(name: str) -> Any:
            secret(name, kind)
            raise RuntimeError("The embedded account gets no tokens from those who issue them.")

        return asked

    vars(module).update(
        vectorized=vectorized,
        get_secret_type=kind_of,
        get_generic_secret_string=string,
        get_username_password=login,
        get_oauth_access_token=unreachable("OAUTH2"),
        get_cloud_provider_token=unreachable("CLOUD_PROVIDER_TOKEN"),
    )
    return module


def traced(error: BaseException) -> str:
    """An error as Snowflake tells it: where in the user's code, and what."""
    lines = ["Traceback (most recent call last):"]
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if Path(file := frame.f_code.co_filename).parent != Path(__file__).parent:
            lines.append(f'  File "{_within(file)}", line {trace.tb_lineno}, in {frame.f_code.co_name}')
        trace = trace.tb_next
    said = str(error)
    return "\n".join([*lines, f"{type(error).__name__}: {said}" if said else type(error).__name__])


def _within(file: str) -> str:
    """A file as it is imported, and not where it lies."""
    homes = sorted((f"{home}{os.sep}" for home in sys.path if home and file.startswith(f"{home}{os.sep}")), key=len)
    return file.removeprefix(homes[-1]) if homes else file


# The process


def _lead_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


class Pipes:
    def __init__(self) -> None:
        """Take the pipes of the messages away from the user's code, whose input and output lead nowhere."""
        self._asked: BinaryIO = os.fdopen(os.dup(0), "rb")
        self._answers: BinaryIO = os.fdopen(os.dup(1), "wb")
        _lead_nowhere()

    def next(self) -> dict[str, Any] | None:
        head = self._asked.read(4)
        return json.loads(self._asked.read(struct.unpack(">I", head)[0])) if len(head) == 4 else None

    def answer(self, said: dict[str, Any], errors: str = "strict") -> None:
        """Send a message. errors: what becomes of halves of characters, which are no text."""
        content = json.dumps(said, ensure_ascii=False).encode("utf-8", errors)
        self._answers.write(struct.pack(">I", len(content)) + content)
        self._answers.flush()


def _be_kept(lifeline: int) -> None:
    """Go on in a process of its own, in a session of its own. This one stays as its keeper, which Linux gives what that
    process leaves behind, and ends all of this when the process ends, or the account says so or is gone."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, _be_woken)
    worker = os.fork()
    if not worker:
        prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for pipe in (woken, wakes, lifeline):
            os.close(pipe)
        os.setsid()
        return
    _lead_nowhere()
    status: int | None = None
    while status is None:
        if lifeline in select.select([lifeline, woken], [], [])[0] or signal.SIGTERM in os.read(woken, 4096):
            break
        status = _ended().get(worker)
    until = time.monotonic() + 10
    while (left := _children(worker if status is None else None)) and time.monotonic() < until:
        for one in left:
            with contextlib.suppress(PermissionError):
                os.kill(one, signal.SIGKILL)
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        status = _ended().get(worker, status)
    code = os.waitstatus_to_exitcode(status or 0)
    if code < 0:
        with contextlib.suppress(OSError):  # of SIGKILL
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _be_woken(*_: object) -> None:
    """A signal that only wakes who waits for it."""


def _children(worker: int | None) -> set[int]:
    """What is below this process: the worker if that goes on, and the others where Linux tells them."""
    found = set[int]() if worker is None else {worker}
    with contextlib.suppress(OSError):
        found.update(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))
    return found


def _ended() -> dict[int, int]:
    """How those processes below this one ended of which this was not asked yet."""
    found: dict[int, int] = {}
    with contextlib.suppress(ChildProcessError):
        while (one := os.waitpid(-1, os.WNOHANG))[0]:
            found[one[0]] = one[1]
    return found


def _end_with(lifeline: int) -> None:
    """Have the kernel end this process when the other end of a pipe closes, since the account's process is gone."""
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _give_up_powers() -> None:
    """Be no more than another user where the account runs as root: on Linux, without root's capabilities, for ever."""
    if sys.platform == "linux" and os.geteuid() == 0:
        kernel = ctypes.CDLL(None)
        for capability in range(64):
            kernel.prctl(_DROP_FOR_CHILDREN, capability, 0, 0, 0)
        kernel.capset((ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)())


def _limit(seconds: int) -> None:
    """Give the next call so much time of the processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main(
    load: Callable[[dict[str, Any], Pipes], Any] = lambda said, _: Program(said),
    told: Callable[[BaseException], dict[str, Any]] = lambda error: {"error": traced(error)},
) -> None:
    """Load the first message's program, and have it do what the others say."""
    lifeline, memory, seconds = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _give_up_powers()
    if sys.platform == "linux":
        _be_kept(lifeline)
    else:
        _end_with(lifeline)
    pipes = Pipes()
    with contextlib.suppress(ValueError, OSError):  # of macOS, which has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    program: Any = None
    while (message := pipes.next()) is not None:
        _limit(seconds)
        try:
            if program is None:
                program = load(message, pipes)
                pipes.answer({"value": None})
            else:
                pipes.answer({"value": getattr(program, message["do"])(message["with"])})
        except BaseException as error:
            pipes.answer(told(error), "replace")


if __name__ == "__main__":
    main()
