"""Rows in Arrow: nothing of pyarrow is needed to write, change or migrate them, and pyarrow reads what was meant."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.ipc

WRITTEN = """
import sys
sys.modules["pyarrow"] = None  # an import of it fails
from snowcore.local import LocalAccount
from snowcore.local.doors.arrow import arrow_rows
from snowcore.local.doors.rows import row_type
account = LocalAccount()
session = account.session()
session.execute("create database d")
assert session.execute("select count(*) from information_schema.tables").rows[0][0] == 0
result = session.execute('''
    select n, n, 12345678901234567890123456789012345678, -n::number(38, 37), d, b, t, z::timestamp_tz,
        z::timestamp_ntz(6), z::timestamp_ntz(0), z::timestamp_ntz(7),
        z::timestamp_tz(1), z::timestamp_tz(3)
    from values (1.25, '0001-01-01'::date, true, 'ä', '2020-01-01 01:02:03.5 +0200'),
        (null, null, null, null, null), (0, '9999-12-31', false, '', '1969-12-31 23:59:59.5 +0000') v (n, d, b, t, z)
''')
print(arrow_rows(result, row_type(result.columns)))
account.close()
"""


def test_every_value_is_read_as_it_was_written() -> None:
    told = subprocess.run([sys.executable, "-c", WRITTEN], capture_output=True, text=True, check=True, timeout=120)
    table: Any = pyarrow.ipc.open_stream(base64.b64decode(told.stdout)).read_all()
    assert table.schema.names[:2] == ["N", "N"]
    assert table.schema.field(0).metadata[b"logicalType"] == b"FIXED"
    columns = [[str(value) for value in column.to_pylist()] for column in table.columns]
    assert columns[0] == columns[1] == ["1.25", "None", "0.00"]
    assert columns[2] == ["12345678901234567890123456789012345678"] * 3
    assert columns[3] == ["-1.25" + "0" * 35, "None", "0E-37"]
    assert columns[4] == ["0001-01-01", "None", "9999-12-31"]
    assert columns[5] == ["True", "None", "False"]
    assert columns[6] == ["ä", "None", ""]
    assert [
        value and (value["epoch"], value["fraction"], value["timezone"]) for value in table.columns[7].to_pylist()
    ] == [
        (1577833323, 500000000, 1560),
        None,
        (-1, 500000000, 1440),
    ]
    # Drivers read moments of six digits and fewer as numbers of their last digit.
    assert table.columns[8].to_pylist() == [1577840523500000, None, -500000]
    assert table.columns[9].to_pylist() == [1577840523, None, -1]
    assert table.columns[10].to_pylist()[0] == {"epoch": 1577840523, "fraction": 500000000}
    # So they do with moments that have an offset, up to three digits.
    for at, last in ((11, 10), (12, 1000)):
        assert table.schema.field(at).metadata[b"byteLength"] == b"8"
        assert table.columns[at].to_pylist() == [
            {"epoch": 15778333235 * last // 10, "timezone": 1560},
            None,
            {"epoch": -5 * last // 10, "timezone": 1440},
        ]


CHANGED = """
import sys
sys.modules["pyarrow"] = None
from snowcore.local import LocalAccount
with LocalAccount(sys.argv[1]) as account:  # a folder of an earlier release, whose rows come over first
    assert account.execute("select count(*) from d.public.t") == [(2,)]
    session = account.session()
    for sql in (
        "create table d.public.n (i int default 7, s varchar)",
        "begin",
        "insert into d.public.n (s) select 'x' from table(generator(rowcount => 3000))",
        "update d.public.n set i = 8",
        "delete from d.public.n where s is null",
        "merge into d.public.n using (select 9 k) on i = k when not matched then insert (i) values (k)",
        "commit",
    ):
        session.execute(sql)
    assert account.execute("select i, count(*) from d.public.n group by i order by i") == [(8, 3000), (9, 1)]
"""


def test_rows_are_changed_and_migrated_without_pyarrow(tmp_path: Path) -> None:
    shutil.unpack_archive(Path(__file__).with_name("account_of_an_earlier_release.zip"), tmp_path / "account")
    command = [sys.executable, "-c", CHANGED, str(tmp_path / "account")]
    subprocess.run(command, check=True, timeout=120)
