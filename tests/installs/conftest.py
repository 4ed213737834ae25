"""Environments with real wheels in them: ours, and Snowflake's SDK or a small one that stands in for it."""

from __future__ import annotations

import hashlib
import os
import site
import subprocess
import sys
import venv
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[2]


@attrs.frozen
class Environment:
    """A virtual environment without pip; that of this Python installs there."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def pip(self, *arguments: str | Path) -> None:
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "--disable-pip-version-check", "--quiet"]
        done = subprocess.run([*pip, *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the environment's Python outside this project."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(each) for each in (self.python, *arguments)]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel with the name and the layout of Snowflake's SDK, so that no test needs to download that."""
    info = "snowflake_core-1.14.0.dist-info"
    files = {
        "snowflake/core/__init__.py": "from ._root import Root\n",
        "snowflake/core/_root.py": "class Root: ...\n",
        "snowflake/core/_http_requests.py": "",
        "snowflake/core/py.typed": "",
        "snowflake/core/task/__init__.py": "from ._task import Task\n",
        "snowflake/core/task/_task.py": "class Task: ...\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: snowflake.core\nVersion: 1.14.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = tmp_path_factory.mktemp("stand-in") / "snowflake_core-1.14.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(f"{info}/RECORD", "".join(_record(name, text) for name, text in files.items()))
    return path


def _record(name: str, text: str) -> str:
    digest = urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    return f"{name},sha256={digest},{len(text.encode())}\n"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An empty one."""
    venv.create(tmp_path / "venv", symlinks=True)
    return Environment(tmp_path / "venv")


@pytest.fixture
def furnished(environment: Environment) -> Environment:
    """One that has what ours requires, from the environment of these tests, whose own `.pth` files don't count."""
    packages = next(environment.folder.glob("lib/python*/site-packages"))
    (packages / "furnished.pth").write_text("\n".join(site.getsitepackages()))
    return environment
