"""Our API without the connector, by the second entry that the server prints."""

import sys

from snowflake.core import Root
from snowflake.core.database import Database

root = Root.connect("mytoken")
database = root.databases.create(Database("d"))
assert [schema.name for schema in database.schemas.iter()] == ["INFORMATION_SCHEMA", "PUBLIC"]
assert database.fetch_async().result().name == "D"
assert "snowflake.connector" not in sys.modules
print("done")
