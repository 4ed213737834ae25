"""Who something is granted to, and what it is granted on. The generated `Grantees` and `Securables` make them."""

from __future__ import annotations

import attrs


@attrs.frozen
class Grantee:
    """Who something is granted to.

    name: as SQL spells it. grantee_type: such as `role`.
    """

    name: str
    grantee_type: str


@attrs.frozen
class Securable:
    """What something is granted on.

    name: as SQL spells it. securable_type: such as `database`. scope: the database or schema, where all of its objects
    of a type are meant; the name is then `ALL` or `FUTURE`, and the type in the plural.
    """

    name: str
    securable_type: str
    scope: Securable | None = None


@attrs.frozen
class NewGrantee:
    """Makes grantees of one type, by their names."""

    type: str

    def __call__(self, name: str) -> Grantee:
        return Grantee(name, self.type)


@attrs.frozen
class OneSecurable:
    """Makes securables of one type, by their names."""

    type: str

    def __call__(self, name: str) -> Securable:
        return Securable(name, self.type)


@attrs.frozen
class SecurablesOfType:
    """Makes the securable that stands for `ALL` objects of a type in a database or schema, or for `FUTURE` ones."""

    bulk: str
    type: str

    def __call__(self, scope: Securable) -> Securable:
        return Securable(self.bulk, self.type, scope)
