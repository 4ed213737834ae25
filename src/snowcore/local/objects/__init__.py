"""How each kind of object behaves: a short module for each, on what `base` says of all; a document alone where the
account only keeps what was declared (`recorded`; `kept` has the words of SQL for these); and a sentence where it does
neither (`refused`).

The methods `do_…` of a module are the operations of its document; `tests/local/test_kinds.py` holds every operation of
every document to be done, recorded or refused.
"""

from __future__ import annotations

from functools import cache

from ..account.documents import documents
from .alerts import Alerts
from .base import ObjectType
from .code_bundle_executions import CodeBundleExecutions
from .compute_pools import ComputePools
from .cortex import SERVICES
from .databases import Databases
from .dynamic_tables import DynamicTables
from .event_tables import EventTables
from .external_tables import ExternalTables
from .git_repositories import GitRepositories
from .grantees import DatabaseRoles, Roles, RootGrants, Users
from .iceberg_tables import IcebergTables
from .image_repositories import ImageRepositories
from .kept import BY_SQL_ALONE
from .network_rules import NetworkRules
from .pipes import Pipes
from .recorded import can_be_recorded, recorded
from .refused import REFUSED
from .routines import Functions, Procedures
from .schemas import Schemas
from .search_services import SearchServices
from .secrets import Secrets
from .service_functions import ServiceFunctions
from .services import Services
from .sessions import Sessions
from .stages import Stages
from .stated import Sequences, Views
from .streams import Streams
from .tables import Tables
from .tags import Tags
from .tasks import Tasks
from .versions import KINDS as VERSIONED
from .warehouses import Warehouses

MODULES: tuple[type[ObjectType], ...] = (
    *(Databases, Schemas, Tables, Tags, Tasks, Warehouses, ComputePools, Services, ImageRepositories, Stages),
    *(Alerts, DynamicTables, EventTables, Streams, Users, Roles, DatabaseRoles, RootGrants, Functions, Procedures),
    *(IcebergTables, ExternalTables, Pipes, Secrets, NetworkRules, Views, Sequences, ServiceFunctions),
    *(SearchServices, Sessions, GitRepositories, CodeBundleExecutions, *VERSIONED, *SERVICES),
)
"""The kinds from which something follows."""


@cache
def kinds() -> tuple[type[ObjectType], ...]:
    """All kinds, those of installed packages too."""
    known = {kind.resource for kind in MODULES}
    if both := known & REFUSED.keys():
        raise ValueError(f"refused, though there is a module: {', '.join(sorted(both))}")
    rest = [r for r, document in documents().items() if r not in known | REFUSED.keys() and can_be_recorded(document)]
    return (*MODULES, *map(recorded, (*rest, *(one for one in BY_SQL_ALONE if one not in known))))
