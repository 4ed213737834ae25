"""What browsers ask, and what they are answered: pages, redirects, files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import jinja2
import orjson
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from .._names import quote_identifier
from ..engine.errors import unforeseen
from . import PATH, graphs, objects
from .door import Door, Ended, Login
from .values import Failure, Link, Page, Table, told, url
from .visits import Visits

_HERE = Path(__file__).parent
_MOST = 1_000
"""How many rows a page shows of a result; the CSV has all."""
_SOON = 1.5
"""Seconds that the worksheet waits for a result, before it says that the statement still runs."""
_PLAN = "EXPLAIN "
_NOT_FOR_FILES = "PUT and GET move files of the machine of a program, and a browser gives none to the worksheet."
Handler = Callable[[Door, Login, QueryParams], Awaitable[Page | Response]]
"""What answers who is logged in, by what an address or a form says."""


class Pages:
    def __init__(self, server: ASGIApp) -> None:
        self.door, self.visits = Door(server), Visits()
        loader = jinja2.FileSystemLoader(_HERE / "templates")
        self._templates = jinja2.Environment(
            loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        routes = [
            Route(f"{PATH}/{place}", self._page(handle), methods=[way]) for (way, place), handle in _HANDLED.items()
        ]
        routes += [Route(f"{PATH}/login", self._login, methods=["GET", "POST"])]
        routes += [Route(place, RedirectResponse(url("objects"), 303)) for place in (PATH, f"{PATH}/")]
        files = Mount(PATH, StaticFiles(directory=_HERE / "static"))
        self.app = Starlette(routes=[*routes, files], exception_handlers={404: self._lost, 405: self._lost})

    async def show(self, request: Request, page: Page, status: int = 200) -> Response:
        known: dict[str, Any] = {"page": page, "url": url, "here": _here(request), "query": request.query_params}
        known |= {"token": self.visits.token(request), "login": None, **page.more}
        if login := self.visits.login(request):
            try:
                row = (await self.door.sql(login, "SELECT CURRENT_ROLE(), CURRENT_AVAILABLE_ROLES()")).rows[0]
                known |= {"login": login, "role": row[0], "roles": orjson.loads(str(row[1]))}
            except (Ended, Failure):  # it was told so, or will be
                pass
        template = self._templates.get_template(page.template)
        return Response(await asyncio.to_thread(template.render, known), status, media_type="text/html")

    def _page(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """What answers who is logged in. What fails is a page that says so."""

        async def handle(request: Request) -> Response:
            login = self.visits.login(request)
            to_login = RedirectResponse(url("login", then=_here(request) if request.method == "GET" else ""), 303)
            if login is None:
                return to_login
            try:
                given = await self.visits.form(request) if request.method == "POST" else request.query_params
                answer = await handler(self.door, login, given)
                return await self.show(request, answer) if isinstance(answer, Page) else answer
            except Ended:
                self.visits.dismiss(request, to_login)
                return to_login
            except Failure as error:
                return await self._failed(request, error)
            except Exception as error:
                known = unforeseen(error, f"{request.method} {request.url.path}")
                return await self._failed(request, Failure(known.status, known.message, known.code))

        return handle

    async def _failed(self, request: Request, error: Failure) -> Response:
        return await self.show(request, Page(title="This is not possible", parts=[("", error)]), error.status)

    async def _lost(self, request: Request, error: Exception) -> Response:
        return await self._failed(request, Failure(getattr(error, "status_code", 404), "There is no such page."))

    async def _login(self, request: Request) -> Response:
        then, error = _own(request.query_params.get("then", "")), None
        if request.method == "POST":
            try:
                form = await self.visits.form(request)
                address = request.client.host if request.client else ""
                login = await self.door.log_in(form.get("user", ""), form.get("password", ""), address)
            except Failure as failed:
                error = failed
            else:
                self.visits.admit(request, answer := RedirectResponse(then, 303), login)
                return answer
        cookie = Response()
        more = {"then": then, "token": self.visits.token(request) or self.visits.admit(request, cookie)}
        page = Page(title="Log in", parts=[("", error)] if error else [], template="login.html", more=more)
        answer = await self.show(request, page, error.status if error else 200)
        answer.raw_headers += [pair for pair in cookie.raw_headers if pair[0] == b"set-cookie"]
        return answer


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _own(then: str) -> str:
    """An address to go on to, which must be one of the console's."""
    return then if then.startswith(f"{PATH}/") else url("objects")


async def _logout(door: Door, login: Login, form: QueryParams) -> Response:
    await door.log_out(login)
    raise Ended


async def _role(door: Door, login: Login, form: QueryParams) -> Response:
    query = await door.start(login, f"USE ROLE {quote_identifier(form.get('role', ''))}")
    await door.result(login, query)
    return RedirectResponse(_own(form.get("then", "")), 303)


async def _worksheet(door: Door, login: Login, asked: QueryParams) -> Page:
    text, id_, page = asked.get("text", ""), asked.get("query", ""), Page(title="Worksheet")
    if id_:
        known = await door.status(login, id_, _SOON)
        page = Page(title="Worksheet", status="The statement runs …", live=True)
        page = page if known["status"] == "RUNNING" else await _ended(door, login, id_)
        known = await door.status(login, asked["of"]) if "of" in asked else known
        text = known["sqlText"].removeprefix(_PLAN if "plan" in asked else "")
    return attrs.evolve(page, template="worksheet.html", more={"text": text, "id": id_})


async def _ended(door: Door, login: Login, id_: str) -> Page:
    """What came of a query."""
    try:
        answer = await door.result(login, id_)
        if ids := answer.get("resultIds"):
            each = enumerate(ids.split(","), 1)
            links = [Link(f"Result {at}", url("worksheet", query=one, of=id_)) for at, one in each]
            return Page(title="Worksheet", status=f"{len(links)} statements have run.", actions=links)
        words = ("Role", "Warehouse", "Database", "Schema")
        place = ", ".join(answer.get(f"final{word}Name") or f"no {word.lower()}" for word in words)
        parts, download = [("Result", _rows(answer, _MOST))], [Link("Download as CSV", url("csv", query=id_))]
        return Page(title="Worksheet", status=place, parts=parts, actions=download)
    except Failure as error:
        return Page(title="Worksheet", parts=[("", error)])


async def _run(door: Door, login: Login, form: QueryParams) -> Response:
    text, plan = form.get("text", "").replace("\r\n", "\n"), {"plan": 1} if "plan" in form else {}
    query = await door.start(login, f"{_PLAN}{text}" if plan else text)
    return RedirectResponse(url("worksheet", query=query, **plan), 303)


async def _stop(door: Door, login: Login, form: QueryParams) -> Response:
    await door.stop(login, query := form.get("query", ""))
    return RedirectResponse(url("worksheet", query=query), 303)


async def _csv(door: Door, login: Login, asked: QueryParams) -> Response:
    query = asked.get("query", "")
    if (await door.status(login, query))["status"] == "RUNNING":
        raise Failure(409, "This query still runs.")
    answer = await door.result(login, query)
    text = await asyncio.to_thread(lambda: _rows(answer, None).csv())
    named = {"Content-Disposition": f'attachment; filename="{answer["queryId"]}.csv"'}
    return Response(text, media_type="text/csv", headers=named)


def _rows(answer: Mapping[str, Any], most: int | None) -> Table:
    if "rowtype" not in answer:
        raise Failure(422, _NOT_FOR_FILES)
    return told(answer["rowtype"], answer["rowset"], most)


_HANDLED: dict[tuple[str, str], Handler] = {
    ("GET", "objects"): objects.look,
    ("GET", "graphs"): graphs.look,
    ("GET", "queries"): objects.queries,
    ("GET", "services"): objects.services,
    ("GET", "roles"): objects.roles,
    ("GET", "worksheet"): _worksheet,
    ("POST", "worksheet"): _run,
    ("POST", "stop"): _stop,
    ("GET", "csv"): _csv,
    ("POST", "role"): _role,
    ("POST", "logout"): _logout,
}
