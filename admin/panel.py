"""The panel: piccolo-admin's router with our tables, rights, forms and words, and no sign-in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from piccolo.table import Table
from piccolo_admin.endpoints import (
    AdminRouter,
    FormConfigResponseModel,
    GenerateFileURLRequestModel,
    GenerateFileURLResponseModel,
    GroupedFormsResponseModel,
    GroupedTableNamesResponseModel,
    UserResponseModel,
)
from piccolo_api.fastapi.endpoints import FastAPIKwargs, FastAPIWrapper
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from admin import bundle, errors, rights, tables_people, tables_tree, tables_work
from admin.catalogue import BY_VIEW, GROUPS
from admin.crud import PanelCrud, actor_of, config_of
from admin.forms import BY_SLUG, PanelForm, forms_for, links_for
from admin.hosts import OwnHost
from admin.titles import TITLES
from admin.translation import VIETNAMESE
from core.accounts import guards
from core.accounts import service as accounts
from core.errors import InvalidInputError, NotFoundError, ThiduaError
from core.kit import db

PAGE_SIZE = 30
SITE_NAME = "Bảng quản trị"
NO_FORM = "Không có biểu mẫu này."
NO_FILE = "Đường dẫn tệp không đúng."
# What the library serves and has no place here: its sign-in, uploads, documentation from a CDN.
CLOSED = {
    "/login", "/logout/", "/docs", "/openapi.json", "/docs/oauth2-redirect", "/assets",
    "/change-password/", "/media/",
}  # fmt: skip


def tables() -> list[type[Table]]:
    """Return the projections."""
    return [
        item
        for module in (tables_people, tables_tree, tables_work)
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Table) and item.__module__ == module.__name__
    ]


async def _raise_again(_request: Request, error: Exception) -> None:
    """Let the mount answer: it knows the sentences."""
    raise error


async def _bad_fields(_request: Request, error: Exception) -> JSONResponse:
    items = list(error.errors()) if isinstance(error, RequestValidationError) else []
    return errors.field_list(items, TITLES)


class Panel(AdminRouter):
    """The panel as an ASGI application; `admin.mount` stands in front of it."""

    def __init__(self) -> None:
        super().__init__(
            site_name=SITE_NAME,
            default_language_code="vi",
            translations=[VIETNAMESE],
            allowed_hosts=OwnHost(),
        )
        mounted: dict[str, Any] = {
            route.path: route for route in self.router.routes if isinstance(route, Mount)
        }
        # Without the library's own authentication around it: the mount has done that.
        self.private: FastAPI = mounted["/api"].app.app
        mounted["/api"].app = self.private
        public: FastAPI = mounted["/public"].app
        for app in (self, self.private, public):
            _adapt(app)
        for table in tables():
            table._meta.db = db.engine()
            self._serve(table)
        public.router.routes.append(Route("/logout/", sign_out, methods=["POST"]))
        self.router.routes.append(Route("/assets/{name}", bundle.serve, methods=["GET"]))

    def _serve(self, table: type[Table]) -> None:
        crud = PanelCrud(config_of(table), PAGE_SIZE)
        # The right is asked before the body is looked at, and by `crud` itself once more.
        asked = {"include_in_schema": False, "dependencies": [Depends(crud.gate)]}
        FastAPIWrapper(
            root_url=f"/tables/{table._meta.tablename}/",
            fastapi_app=self.private,
            piccolo_crud=crud,
            fastapi_kwargs=FastAPIKwargs(all_routes=asked),
        )

    async def get_root(self, _request: Request) -> HTMLResponse:
        """Return the page that loads the panel."""
        return HTMLResponse(bundle.index())

    def get_user(self, request: Request) -> UserResponseModel:
        """Return who is signed in."""
        actor = actor_of(request)
        return UserResponseModel(username=actor.display_name, user_id=str(actor.account_id))

    def get_table_list(self, request: Request) -> list[str]:  # type: ignore[override]
        """Return the tables that the person may read."""
        return [shown.view for shown in rights.readable(actor_of(request))]

    def get_table_list_grouped(  # type: ignore[override]
        self, request: Request
    ) -> GroupedTableNamesResponseModel:
        """Return the tables that the person may read, by group."""
        shown = rights.readable(actor_of(request))
        groups = {name: [item.view for item in shown if item.group == name] for name in GROUPS}
        return GroupedTableNamesResponseModel(
            grouped={name: views for name, views in groups.items() if views}
        )

    def get_sidebar_links(self, request: Request) -> dict[str, str]:  # type: ignore[override]
        """Return the links to the working pages."""
        return links_for(actor_of(request))

    def get_forms(self, request: Request) -> list[FormConfigResponseModel]:  # type: ignore[override]
        """Return the forms that the person finds."""
        return [_described(form) for form in forms_for(actor_of(request))]

    def get_grouped_forms(self, request: Request) -> GroupedFormsResponseModel:  # type: ignore[override]
        """Return the forms that the person finds, by group."""
        grouped: dict[str, list[FormConfigResponseModel]] = {}
        for form in forms_for(actor_of(request)):
            grouped.setdefault(form.group, []).append(_described(form))
        return GroupedFormsResponseModel(grouped=grouped)

    def get_single_form(  # type: ignore[override]
        self, request: Request, form_slug: str
    ) -> FormConfigResponseModel:
        """Return one form's name and description."""
        return _described(_form(request, form_slug))

    async def get_single_form_schema(  # type: ignore[override]
        self, request: Request, form_slug: str
    ) -> dict[str, Any]:
        """Return what a form asks, with the words of its lists."""
        form = _form(request, form_slug)
        schema: dict[str, Any] = form.model.model_json_schema()
        options = await form.options(actor_of(request)) if form.options else {}
        for name, words in options.items():
            if not words:
                continue
            schema["properties"][name]["extra"] = {
                "choices": {
                    value: {"display_name": word, "value": value} for value, word in words.items()
                }
            }
            schema["properties"][name]["default"] = next(iter(words), None)
        return schema

    async def post_single_form(self, request: Request, form_slug: str) -> JSONResponse:
        """Do what a form asks; a refusal of the service is told in its words."""
        form = _form(request, form_slug)
        titles = {name: str(field.title) for name, field in form.model.model_fields.items()}
        try:
            asked = form.model.model_validate(await request.json())
        except ValidationError as error:
            return errors.field_list(list(error.errors()), titles)
        try:
            done = await form.act(actor_of(request), asked)
        except NotFoundError as error:
            return errors.told(InvalidInputError(error.detail), titles)
        except ThiduaError as error:
            return errors.told(error, titles)
        return JSONResponse({"custom_form_success": done})

    async def generate_file_url(
        self, request: Request, model: GenerateFileURLRequestModel
    ) -> GenerateFileURLResponseModel:
        """Lead to the route that checks the right; the key of a file is `<id>/<name>`.

        Raises:
            InvalidInputError: the key names no file.
        """
        shown = BY_VIEW.get(model.table_name)
        if shown is None:
            raise NotFoundError
        rights.require(actor_of(request), shown, "read")
        try:
            file_id = UUID(model.file_key.partition("/")[0])
        except ValueError:
            raise InvalidInputError(NO_FILE) from None
        return GenerateFileURLResponseModel(file_url=f"/tep/{file_id}")


async def sign_out(request: Request) -> Response:
    """End the site's own session."""
    await accounts.sign_out(request.scope["state"][guards.STATE_KEY])
    answer = Response(status_code=200)
    answer.delete_cookie(guards.COOKIE)
    return answer


def _adapt(app: FastAPI) -> None:
    """Take away what has no place here, and let refusals speak."""
    app.router.routes[:] = [
        route for route in app.router.routes if getattr(route, "path", "") not in CLOSED
    ]
    app.add_exception_handler(500, _raise_again)  # type: ignore[arg-type]
    app.add_exception_handler(ThiduaError, errors.expected)
    app.add_exception_handler(HTTPException, errors.by_status)
    app.add_exception_handler(RequestValidationError, _bad_fields)


def _form(request: Request, slug: str) -> PanelForm:
    form = BY_SLUG.get(slug)
    if form is None or form not in forms_for(actor_of(request)):
        raise NotFoundError(NO_FORM)
    return form


def _described(form: PanelForm) -> FormConfigResponseModel:
    return FormConfigResponseModel(name=form.name, slug=form.slug, description=form.description)
