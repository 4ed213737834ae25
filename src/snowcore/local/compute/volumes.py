"""The files of a service instance: volumes, secrets and the token of its session, in a folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ...engine.files.stages import Place, write_whole
from ...engine.names import split
from ...engine.protocol import Stage
from ..account.secrets import values_of

if TYPE_CHECKING:
    from ..account.account import Account
    from .specification import Specification

_Stamps = dict[str, tuple[int, int]]


def stage_of(account: Account, written: str, near: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The canonical name of a stage, and the path in it, of `@stage/path`. near: where a bare name is."""
    name, _, inside = written.removeprefix("@").partition("/")
    parts = split(name)
    return (*near[: 3 - len(parts)], *parts), inside.strip("/")


@attrs.define(eq=False)
class Volumes:
    """Those of an instance, in its folder."""

    account: Account
    folder: Path
    _stages: list[tuple[Place, Path, _Stamps]] = attrs.field(factory=list["tuple[Place, Path, _Stamps]"])

    def prepare(self, spec: Specification, near: tuple[str, ...]) -> None:
        """Bring the files of stages, and put each volume where the containers want it. AccountError if a stage is
        gone."""
        for name, volume in spec.volumes.items():
            folder = self.folder / "volumes" / name
            folder.mkdir(parents=True)
            if volume.stage is not None:
                path, inside = stage_of(self.account, volume.stage, near)
                stage = self.account.kinds["stage"].need_at(path)
                place = Place(
                    path[-1], Stage(self.account.engine.stage(stage.id), {}, {}), f"{inside}/" if inside else ""
                )
                for found, file in place.files():
                    there = folder / found.removeprefix(place.path)
                    there.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(file, there)
                self._stages.append((place, folder, _stamps(folder)))
        for container in spec.containers:
            self.root(container.name).mkdir(parents=True)
            for at, name in sorted(container.mounts.items()):
                self._inside(container.name, at).symlink_to(self.folder / "volumes" / name, target_is_directory=True)

    def root(self, container: str) -> Path:
        """What a container's `/` is: `/data` of the specification is `data` in it."""
        return self.folder / "root" / container

    def _inside(self, container: str, path: str) -> Path:
        """Where an absolute path of a container is, in folders that are there."""
        there = self.root(container) / path.strip("/")
        there.parent.mkdir(parents=True, exist_ok=True)
        return there

    def write(self, container: str, path: str, text: str) -> Path:
        """A file of a container that only this user may read."""
        there = self._inside(container, path)
        with os.fdopen(os.open(there, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        return there

    def write_back(self) -> None:
        """Give the stages what has changed in their volumes."""
        for place, folder, before in self._stages:
            after = _stamps(folder)
            for name in after:
                if after[name] != before.get(name):
                    with write_whole(place.file(place.path + name)) as coming:
                        shutil.copyfile(folder / name, coming)
            for name in before.keys() - after.keys():
                place.file(place.path + name).unlink(missing_ok=True)


def _stamps(folder: Path) -> _Stamps:
    """The files that are there, links left out, and what tells whether one is another one."""
    found: _Stamps = {}
    for above, _, names in os.walk(folder):
        for name in names:
            file = Path(above, name)
            if not file.is_symlink() and file.is_file():
                facts = file.stat()
                found[file.relative_to(folder).as_posix()] = (facts.st_mtime_ns, facts.st_size)
    return found


def secret_values(account: Account, name: str, near: tuple[str, ...]) -> Mapping[str, str]:
    """What is in a secret, by the names of its parts. AccountError if it is gone."""
    parts = split(name)
    return values_of(account.kinds["secret"].need_at((*near[: 3 - len(parts)], *parts)))
