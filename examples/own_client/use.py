"""Objects of a package that was generated from Snowflake's documents, on the embedded account: docs/regenerate.md."""

from myclient.dbt_project import DbtProject  # pyright: ignore
from myclient.rest import dbt_project as rest  # pyright: ignore

from snowcore import LocalAccount, Root
from snowcore.database import Database
from snowcore.schema import Schema

with LocalAccount() as account:
    root = Root(account)
    root.databases.create(Database("d"))
    root.databases["d"].schemas.create(Schema("s"))
    projects = root.databases["d"].schemas["s"].dbt_projects
    projects.create(DbtProject(name="p", source_location="@d.s.files/project"))
    print(projects["p"].fetch())
    print(root.client.send(rest.list_dbt_projects("d", "s")))
    projects["p"].delete()
