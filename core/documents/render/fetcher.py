"""The only door through which a page that is being rendered can load anything."""

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.documents.render.fonts import FONT_FILES, FONTS_DIR

FONT_SCHEME = "app://fonts/"


class AssetFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
    """Serves the shipped fonts by exact name; anything else stops the rendering."""

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 -- WeasyPrint's signature
    ) -> URLFetcherResponse:
        """The bytes of a font; FatalURLFetchingError for every other address."""
        name = url.removeprefix(FONT_SCHEME)
        if not url.startswith(FONT_SCHEME) or name not in FONT_FILES:
            message = f"refused: {url[:80]}"
            raise FatalURLFetchingError(message)
        return URLFetcherResponse(
            url, (FONTS_DIR / name).read_bytes(), {"Content-Type": "font/ttf"}
        )
