"""Files moved to and from stages: the SQL that is sent."""

from __future__ import annotations

from pathlib import Path

from snowcore import Root
from snowcore.stage import StageResource

from ..conftest import Script, answer


class Connector(Script):
    """A connection whose statements are kept, and succeed."""

    def __init__(self) -> None:
        super().__init__(answer(200, {}))
        self.statements: list[str] = []

    def cursor(self) -> Connector:
        return self

    def execute(self, sql: str) -> Connector:
        self.statements.append(sql)
        return self

    def fetchall(self) -> list[tuple[str]]:
        return [("a.csv",)]

    def close(self) -> None:
        pass


def stage() -> tuple[StageResource, list[str]]:
    connection = Connector()
    return Root(connection).databases["d"].schemas["s"].stages["st"], connection.statements


def test_no_path_ends_the_literal_that_it_is_in(tmp_path: Path) -> None:
    it, said = stage()
    it.put("it's\\'.csv", "x' y")
    assert said[0].startswith(r"PUT 'file://it''s\\''.csv' '@D.S.ST/x'' y' PARALLEL = 4 ")
    it.get("x", tmp_path / "it's", pattern=r".*\.csv'")
    assert said[1] == f"GET '@D.S.ST/x' 'file://{tmp_path}/it''s/' PARALLEL = 4 PATTERN = '.*\\\\.csv'''"


def test_local_paths_may_be_written_as_sql_has_them(tmp_path: Path) -> None:
    it, said = stage()
    for path in ("/a b.csv", "file:///a b.csv", "'file:///a b.csv'", "'/a b.csv'"):
        it.put(path, "/")
        assert said.pop().startswith("PUT 'file:///a b.csv' '@D.S.ST/' ")
    it.get("x", f"file://{tmp_path}/new", pattern="'.*'")
    assert said == [f"GET '@D.S.ST/x' 'file://{tmp_path}/new/' PARALLEL = 4 PATTERN = '.*'"]
    assert (tmp_path / "new").is_dir()
