"""The routes: each request borrows a snapshot, makes one view, and gives it as a page or a file."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_urlsafe

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from crawler.definitions import DefinitionError
from crawler.workspace import FailedError, Workspace
from explorer.asked import AskedWrongly, read_asked
from explorer.desk import Desk, NotThereError, View, Words
from explorer.files import file_of
from explorer.guard import Guard
from explorer.pages import about, article, evidence, groups, overview, platform, review, searching
from explorer.releases import release_file
from explorer.render import page
from explorer.reviewing import PATH, Reviewing, verdict
from explorer.shelf import NoSnapshotError, Shelf
from explorer.texts import say
from pipeline.store.evidence import rows

COOKIE = "yuqi-operator"
# What these say may change while the snapshot stays: releases, settings, overrides, a reviewer's sheet.
OF_THE_WORKSPACE = {"/download", "/method", "/corrections", PATH}
STATIC = Path(__file__).with_name("static")
# Path → what makes its view of a desk and the path's id.
PAGES: dict[str, Callable[..., View]] = {
    "/": overview.overview,
    "/reports/{said}": overview.standing_report,
    "/platform/{said}": platform.platform,
    "/evidence": evidence.quotes,
    "/template/{said}": partial(groups.group, kind="template"),
    "/story/{said}": partial(groups.group, kind="story"),
    "/operator/{said}": partial(groups.group, kind="operator"),
    "/article/{said:path}": article.article,
    "/search": searching.search,
    "/method": about.method,
    "/download": about.download,
    "/runs": about.runs,
    "/corrections": about.corrections,
}


def _no_such_page(_: Desk, said: str) -> View:
    raise NotThereError(f"/{said}")


@dataclass(frozen=True)
class Explorer:
    """What is served, in whose words, and the key by which its operator is known."""

    workspace: Workspace
    words: Words
    shelf: Shelf
    key: str
    reviewing: Reviewing | None = None


def explorer(
    workspace: Workspace, words: Words, hosts: Iterable[str] = (), reviewing: Reviewing | None = None
) -> tuple[Starlette, str]:
    """The application, and the path that makes its reader the operator, who may judge if there is a sheet."""
    served = Explorer(workspace, words, Shelf(workspace), token_urlsafe(32), reviewing)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Half a second, not of the first reader; mistakes in overrides are told by the page that needs them
        with suppress(DefinitionError):
            article.redact_words(workspace.overrides)
        yield
        served.shelf.close()

    routes = [Route(path, partial(_answered, served, make)) for path, make in PAGES.items()]
    app = Starlette(
        routes=[
            *routes,
            *_judging(served),
            Route("/operator-session", partial(_operator, served)),
            Route("/releases/{version}/{name:path}", partial(release_file, workspace)),
            Route("/healthz", lambda _: PlainTextResponse("ok\n")),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/{said:path}", partial(_answered, served, _no_such_page)),
        ],
        middleware=[Middleware(Guard, hosts=tuple(hosts), posts=(PATH,) if reviewing else ())],
        lifespan=lifespan,
    )
    return app, f"/operator-session?key={served.key}"


def _judging(served: Explorer) -> list[Route]:
    """Only where there is a sheet, and only for who runs this server."""
    held = served.reviewing
    if held is None:
        return []

    def sheet(request: Request) -> Response:
        if not _is_operator(served, request):
            return PlainTextResponse("open the link that `yuqi review --serve` printed\n", 403)
        answer = _answered(served, partial(review.sheet, held), request)
        answer.headers["Referrer-Policy"] = "same-origin"  # else a form is sent without saying from where
        return answer

    async def judged(request: Request) -> Response:
        if not _is_operator(served, request):
            return PlainTextResponse("open the link that `yuqi review --serve` printed\n", 403)
        return await verdict(held, request)

    return [Route(PATH, sheet, methods=["GET"]), Route(PATH, judged, methods=["POST"])]


def _answered(served: Explorer, make: Callable[..., View], request: Request) -> Response:
    """Runs in a thread of its own: a question of the database never holds up another reader."""
    try:
        asked = read_asked(
            request.url.path, request.query_params.items(), request.headers.get("accept-language", "")
        )
    except AskedWrongly as error:
        return PlainTextResponse(f"{error}\n", 400)
    try:
        with served.shelf.reading(asked.get("snapshot")) as (opened, cursor):
            is_operator = _is_operator(served, request)
            may_judge = is_operator and served.reviewing is not None
            desk = Desk(served.workspace, opened, cursor, asked, served.words, is_operator, may_judge)
            return _made(desk, make, request)
    except NoSnapshotError:
        return _refused(request, asked.lang, "no-snapshot", 410)
    except FailedError as error:
        return PlainTextResponse(f"{error}\n", 503)


def _made(desk: Desk, make: Callable[..., View], request: Request) -> Response:
    asked, base = desk.asked, str(request.base_url).rstrip("/")
    try:
        if asked.form == "html" and asked.path not in OF_THE_WORKSPACE and not desk.is_operator:
            return _kept(desk, lambda: page(make(desk, *request.path_params.values()), desk, base), request)
        view = make(desk, *request.path_params.values())
    except NotThereError as missing:
        return _missing(desk, str(missing), base)
    except (AskedWrongly, DefinitionError) as error:
        view = View("error.html", say(asked.lang, "ui", "wrong"), {"why": str(error), "current": ""})
        return HTMLResponse(page(view, desk, base), 400)
    if asked.form == "html":
        return HTMLResponse(page(view, desk, base), headers=_caching(desk))
    table = view.table(asked.get("table"))
    if table is None:
        return PlainTextResponse("this page has no such table\n", 404)
    return file_of(view, table, desk)


def _kept(desk: Desk, made: Callable[[], str], request: Request) -> Response:
    """The page as it was made before, since a snapshot never changes; nothing where the reader has it."""
    key = ("page", str(request.base_url), desk.asked.url(), desk.asked.lang)
    body = desk.opened.remember(key, made)
    headers = _caching(desk) | {"ETag": f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


def _missing(desk: Desk, said: str, base: str) -> Response:
    """What became of an id that ended, where the snapshot knows it."""
    lang = desk.asked.lang
    changed = rows(desk.connection, "find-changed", said=said)
    dropped = rows(desk.connection, "find-dropped", said=said)
    why = say(lang, "ui", "missing-id", said=said[:200])
    if changed and changed[0]["new_ids"]:
        why = say(lang, "ui", "changed-id", said=said[:200], new=", ".join(changed[0]["new_ids"]))
    elif changed:
        why = say(lang, "ui", "ended-id", said=said[:200])
    elif dropped:
        why = say(lang, "ui", "dropped-url", said=said[:200], reason=dropped[0]["reason"])
    view = View("error.html", say(lang, "ui", "missing"), {"why": why, "current": ""})
    return HTMLResponse(page(view, desk, base), 404)


def _refused(request: Request, lang: str, key: str, status: int) -> Response:
    """Without a snapshot there is no page; the newest one is a link away."""
    newest = str(request.url.remove_query_params(["snapshot"]))
    return PlainTextResponse(say(lang, "ui", key) + f"\n{newest}\n", status)


def _caching(desk: Desk) -> dict[str, str]:
    return {
        "Cache-Control": "no-store" if desk.is_operator else "private, no-cache",
        "Vary": "Accept-Language, Cookie",
        "Content-Language": desk.asked.lang,
    }


def _is_operator(served: Explorer, request: Request) -> bool:
    return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), served.key.encode())


def _operator(served: Explorer, request: Request) -> Response:
    """The link that `yuqi serve` prints on the terminal of who runs it."""
    if not hmac.compare_digest(request.query_params.get("key", "").encode(), served.key.encode()):
        return PlainTextResponse("not the link that `yuqi serve` printed\n", 403)
    response = RedirectResponse(PATH if served.reviewing else "/", 303)
    response.set_cookie(COOKIE, served.key, httponly=True, samesite="strict")
    return response
