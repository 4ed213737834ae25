"""How each kind of object behaves: a short module for each, on what `base` says of all."""

from __future__ import annotations

from .base import ObjectType
from .compute_pools import ComputePools
from .databases import Databases
from .grantees import DatabaseRoles, Roles, Users
from .image_repositories import ImageRepositories
from .recorded import RESOURCES, recorded
from .schemas import Schemas
from .services import Services
from .stages import Stages
from .tables import Tables
from .tags import Tags
from .tasks import Tasks
from .warehouses import Warehouses

KINDS: tuple[type[ObjectType], ...] = (
    *(Databases, Schemas, Tables, Tags, Tasks, Warehouses, ComputePools, Services, ImageRepositories, Stages),
    *(Users, Roles, DatabaseRoles),
    *map(recorded, RESOURCES),
)
