"""Images, and the commands of this machine that stand for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, cast

import attrs

_KEYS = {"command", "folder", "env", "any_command"}
_FORM = "a list of texts, the command, is expected, or a mapping of 'command', 'folder', 'env' and 'any_command'"


def _texts(value: Any) -> bool:
    every = cast("list[Any]", value) if isinstance(value, (list, tuple)) else [None]
    return all(type(one) is str and "\0" not in one for one in every)


@attrs.frozen
class Image:
    """What runs for an image."""

    command: Sequence[str]
    """A program and its arguments. What a specification says in `args` comes behind them. `python` is the interpreter
    that runs the account, unless PATH in `env` says otherwise."""
    folder: Path = attrs.field(factory=Path.cwd, converter=lambda folder: Path(folder).absolute())  # pyright: ignore
    """Where the program starts: the folder that was the current one, unless it is given."""
    env: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=lambda env: str(sorted(env)))
    """Variables that the program has beside those of its specification."""
    any_command: bool = False
    """Whether a specification's `command` may run instead, which is then any program that this user may run."""

    def __attrs_post_init__(self) -> None:
        if not _texts(self.command) or not self.command or not self.command[0]:
            raise ValueError(f"a command is a list of texts, not {self.command!r}")
        if not all(type(one) is str for one in (*self.env, *self.env.values())):
            raise ValueError("the variables in 'env' are texts")
        if type(self.any_command) is not bool:
            raise ValueError("'any_command' is true or false")


class Images(MutableMapping[str, Any]):
    """The images that are there, by their names, such as `/db/schema/repo/echo:1`, with the command of each.

    A name may have a registry's host before it. Databases, schemas, repositories and images are in small letters there;
    without a tag it is `latest`. ValueError for what is no name or no command.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        """changed: who is told that there are others."""
        self._images: dict[str, Image] = {}
        self._changed = changed

    def __getitem__(self, name: str) -> Image:
        return self._images[plain_name(name)]

    def __setitem__(self, name: str, value: Image | Sequence[str]) -> None:
        try:
            image = value if isinstance(value, Image) else Image(value)
        except ValueError as error:
            raise ValueError(f"The image {name!r}: {error}.") from None
        self._images[plain_name(name)] = image
        self._changed()

    def __delitem__(self, name: str) -> None:
        del self._images[plain_name(name)]
        self._changed()

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._images))

    def __len__(self) -> int:
        return len(self._images)

    def of_repository(self, path: Sequence[str]) -> list[tuple[str, str]]:
        """Names and tags of the images of a repository."""
        above = "/".join(["", *(part.lower() for part in path), ""])
        return [
            (image, tag)
            for name in self
            for image, _, tag in [name.removeprefix(above).rpartition(":")]
            if above in name
        ]

    def load(self, file: Path) -> None:
        """Map the images of a file in YAML. ValueError if it can't be read; then no image is mapped."""
        import yaml  # here, since few accounts that begin have images

        try:
            read: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise ValueError(f"The file of images {file} can't be read: {error.strerror or error}.") from None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ValueError(f"The file of images {file} is no YAML: {' '.join(str(error).split())}.") from None
        if not isinstance(read, dict) or not read:
            raise ValueError(f"The file of images {file} must map names of images to commands, such as {_EXAMPLE}.")
        found: dict[str, Image] = {}
        for name, value in cast("dict[Any, Any]", read).items():
            try:
                found[plain_name(name)] = _read(value, file.absolute().parent)
            except ValueError as error:
                raise ValueError(f"The file of images {file}, {name!r}: {error}.") from None
        self._images |= found
        self._changed()


_EXAMPLE = '`/db/schema/repo/echo:1: ["python", "app.py"]`'


def _read(value: Any, folder: Path) -> Image:
    if _texts(value):
        return Image(value, folder)
    if not isinstance(value, dict) or not _texts(value.get("command")):  # pyright: ignore[reportUnknownMemberType]
        raise ValueError(_FORM)
    given = cast("dict[str, Any]", value)
    if unknown := given.keys() - _KEYS:
        raise ValueError(f"unknown {min(map(str, unknown))!r}: {_FORM}")
    env: Any = given.get("env") or {}
    if not isinstance(env, dict) or not isinstance(given.get("folder", ""), str):
        raise ValueError(_FORM)
    texts = {str(name): str(one) for name, one in cast("dict[Any, Any]", env).items()}
    return Image(given["command"], folder / given.get("folder", ""), texts, given.get("any_command", False))


def plain_name(name: Any) -> str:
    """An image's name without a registry's host, with its tag. ValueError if it is none."""
    if type(name) is not str:
        raise ValueError(f"{name!r} is no name of an image, as in '/db/schema/repo/echo:1'.")
    host, _, rest = name.strip().lstrip("/").partition("/")
    path = rest if not name.startswith("/") and ("." in host or ":" in host) else f"{host}/{rest}"
    path, _, tag = path.partition(":")
    parts = path.lower().split("/")
    if len(parts) < 4 or not all(parts) or ":" in tag or "/" in tag or any(one.isspace() for one in name.strip()):
        raise ValueError(f"{name!r} is no name of an image, as in '/db/schema/repo/echo:1'.")
    return f"/{'/'.join(parts)}:{tag or 'latest'}"
