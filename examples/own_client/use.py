"""Objects of a package that was generated from Snowflake's documents, on the embedded account: docs/regenerate.md."""

from myclient.git_repository import GitRepository  # pyright: ignore
from myclient.rest import git_repository as rest  # pyright: ignore

from snowcore import LocalAccount, Root
from snowcore.database import Database
from snowcore.schema import Schema

with LocalAccount() as account:
    root = Root(account)
    root.databases.create(Database("d"))
    root.databases["d"].schemas.create(Schema("s"))
    repositories = root.databases["d"].schemas["s"].git_repositories
    repositories.create(GitRepository(name="r", origin="https://example.com/r.git"))
    print(repositories["r"].fetch())
    print(root.client.send(rest.list_git_repositories("d", "s")))
    repositories["r"].delete()
