"""Reading and writing one table of the panel: the library's own, behind our rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.table import Table
from piccolo_admin.endpoints import TableConfig
from piccolo_api.crud.endpoints import OrderBy, PiccoloCRUD
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from admin import errors, rights
from admin.catalogue import BY_VIEW, Shown
from admin.titles import TITLES, title_of
from admin.writers import WRITERS
from core.accounts.guards import STATE_KEY
from core.accounts.schemas import Actor
from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError, ThiduaError

NO_ROW = "Không có bản ghi này trong bảng “{title}”."
NO_COLUMN = "Bảng “{title}” không có cột “{column}”."
ONE_BY_ONE = "Bảng này chỉ xóa từng bản ghi."
NOT_READABLE = "Dữ liệu gửi lên không đọc được."


def actor_of(request: Request) -> Actor:
    """Return the person; the mount has already turned everybody else away."""
    actor: Actor = request.scope["state"][STATE_KEY].actor
    return actor


class PanelCrud(PiccoloCRUD):
    """The endpoints of one view, each asking `rights` first."""

    max_page_size = 1000

    def __init__(self, config: TableConfig, page_size: int) -> None:
        self.shown: Shown = BY_VIEW[config.table_class._meta.tablename]
        super().__init__(
            table=config.table_class,
            read_only=False,
            page_size=page_size,
            schema_extra={
                "visible_column_names": config.get_visible_column_names(),
                "visible_filter_names": config.get_visible_filter_names(),
                "rich_text_columns": (),
                "media_columns": [c for c in ("file",) if hasattr(config.table_class, c)],
                "link_column_name": config.get_link_column()._meta.name,
                "order_by": tuple(item.to_dict() for item in config.get_order_by()),
                "time_resolution": {},
            },
        )

    def allow(self, request: Request, verb: str = "read") -> Actor:
        """Return the person, or refuse him the verb.

        Raises:
            PermissionDeniedError: the person's roles do not allow it.
        """
        actor = actor_of(request)
        rights.require(actor, self.shown, verb)
        return actor

    async def gate(self, request: Request) -> None:
        """Refuse the request's verb unless the person's roles allow it (errors as `allow`)."""
        self.allow(request, rights.VERBS[request.method])

    async def root(self, request: Request) -> Response:
        """List the rows, or add one."""
        self.allow(request, rights.VERBS[request.method])
        return await super().root(request)

    async def detail(self, request: Request) -> Response:
        """Read, change or delete one row; the right is asked before the row is looked for."""
        self.allow(request, rights.VERBS[request.method])
        try:
            found = await super().detail(request)
        except AssertionError:
            found = Response(status_code=404)
        if found.status_code == NotFoundError.status:
            raise NotFoundError(NO_ROW.format(title=self.shown.title))
        return found

    async def get_ids(self, request: Request) -> Response:
        """Return ids with readable names, for choosing."""
        self.allow(request)
        found: Response = await super().get_ids(request)
        return found

    async def get_count(self, request: Request) -> Response:
        """Count the rows."""
        self.allow(request)
        found: Response = await super().get_count(request)
        return found

    async def get_new(self, request: Request) -> Response:
        """Return the values that a new row begins with."""
        self.allow(request, "create")
        found: Response = await super().get_new(request)
        return found

    async def get_references(self, request: Request) -> JSONResponse:
        """Return the tables that point here, as far as the person may read them."""
        actor = self.allow(request)
        found = [
            {
                "tableName": column._meta.table._meta.tablename,
                "columnName": column._meta.name,
                "title": title_of(column._meta.table._meta.tablename, column._meta.name),
            }
            for column in self.table._meta.foreign_key_references
            if rights.may(actor, column._meta.table._meta.tablename, "read")
        ]
        return JSONResponse({"references": found})

    async def get_schema(self, request: Request) -> JSONResponse:
        """Describe the table to the page: titles, what may be changed, by whom."""
        actor = self.allow(request)
        schema: dict[str, Any] = self.pydantic_model.model_json_schema()
        columns = self._editable(actor)
        for name, column in schema["properties"].items():
            column["title"] = title_of(self.shown.view, name)
            column["extra"]["readonly"] = name not in columns
        schema["required"] = [name for name in schema.get("required", []) if name in columns]
        schema["extra"]["help_text"] = self.shown.help or None
        schema["extra"]["panel_class"] = " ".join(
            f"no_{verb}"
            for verb in ("create", "update", "delete")
            if not rights.may(actor, self.shown.view, verb)
        )
        return JSONResponse(schema)

    async def get_all(self, request: Request, params: dict[str, Any] | None = None) -> Response:
        """List the rows; a column that is not there is named."""
        self._known((params or {}).get("__order", ""))
        found: Response = await super().get_all(request, params=params)
        return found

    async def post_single(self, request: Request, data: Any) -> Response:
        """Add a row, by the service of its page."""
        return await self._written(request, None, data)

    async def patch_single(self, request: Request, row_id: Any, data: Any) -> Response:
        """Change the columns that may be changed here."""
        if self.shown.view in WRITERS:
            return await self._written(request, row_id, data)
        found: Response = await super().patch_single(request, row_id, self._asked(request, data))
        return found

    async def put_single(self, request: Request, row_id: Any, data: Any) -> Response:
        """Change the columns that may be changed here (all of them stand in the request)."""
        if self.shown.view in WRITERS:
            return await self._written(request, row_id, data)
        found: Response = await super().put_single(request, row_id, self._asked(request, data))
        return found

    async def delete_single(self, request: Request, row_id: Any) -> Response:
        """Delete a row, by the service of its page."""
        actor = self.allow(request, "delete")
        try:
            await WRITERS[self.shown.view].delete(actor, row_id)
        except ThiduaError as error:
            return errors.told(error, TITLES)
        return Response(status_code=204)

    async def delete_all(self, *_args: Any, **_params: Any) -> Response:
        """Refuse to delete a whole list.

        Raises:
            InvalidInputError: always.
        """
        raise InvalidInputError(ONE_BY_ONE)

    async def _written(self, request: Request, row_id: Any, data: Any) -> Response:
        """Write a row by its service; a refusal stands at the title of its field."""
        asked = self._asked(request, data)
        try:
            made = await WRITERS[self.shown.view].save(actor_of(request), row_id, asked)
        except ThiduaError as error:
            return errors.told(error, TITLES)
        return JSONResponse([{"id": str(made)}], status_code=201 if row_id is None else 200)

    def _editable(self, actor: Actor) -> tuple[str, ...]:
        if not rights.may(actor, self.shown.view, "update"):
            return ()
        return rights.RIGHTS[self.shown.view].columns

    def _asked(self, request: Request, data: Any) -> dict[str, Any]:
        """Return the change that is asked for, refusing columns that are not edited here."""
        if not isinstance(data, Mapping) or not data:
            raise InvalidInputError(NOT_READABLE)
        columns = self._editable(actor_of(request))
        fresh = request.method == "POST"  # the page sends the locked columns too, all empty
        for name, value in data.items():
            self._known(name)
            if name not in columns and not (fresh and value in (None, "")):
                raise PermissionDeniedError(
                    rights.NOT_HERE.format(
                        column=title_of(self.shown.view, name), title=self.shown.title
                    ),
                    code="column_locked",
                )
        return {n: "" if value is None else value for n, value in data.items() if n in columns}

    def _known(self, names: str | list[str]) -> None:
        known = {column._meta.name for column in self.table._meta.columns}
        for name in names.split(",") if isinstance(names, str) else names:
            plain = name.strip().removeprefix("-")
            if plain and plain not in known:
                raise InvalidInputError(NO_COLUMN.format(title=self.shown.title, column=plain[:63]))


def config_of(table: type[Table]) -> TableConfig:
    """Return the library's configuration of one table, from the catalogue."""
    shown = BY_VIEW[table._meta.tablename]
    columns = {column._meta.name: column for column in table._meta.columns}
    link = next(
        columns[name] for name in shown.columns if not isinstance(columns[name], ForeignKey)
    )
    return TableConfig(
        table_class=table,
        visible_columns=[columns[name] for name in shown.columns],
        exclude_visible_filters=[columns["id"]],
        menu_group=shown.group,
        link_column=link,
        order_by=[OrderBy(column=columns[shown.order], ascending=not shown.newest)],
    )
