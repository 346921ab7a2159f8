"""The page as a PDF: its print style, set by WeasyPrint, which the extra ``pdf`` brings."""

from __future__ import annotations

from typing import NoReturn

from tracker.errors import Refused


def printed(page: bytes) -> bytes:
    """Return a page as a tagged PDF, for which nothing is fetched.

    Raises Refused without WeasyPrint.
    """
    try:
        from weasyprint import HTML
    except ImportError:
        raise Refused(
            "a PDF needs WeasyPrint, which is not installed",
            "pip install 'revision-tracker[pdf]', or print the page from a browser: "
            "tracker export -o page.html",
        ) from None
    except OSError as error:
        # What it draws with is no Python package: its libraries are looked for when it is loaded.
        raise Refused(
            f"WeasyPrint cannot be used here: {str(error).splitlines()[0]}",
            "install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0), or print the page from a "
            "browser: tracker export -o page.html",
        ) from None
    # With tags, a screen reader finds the headings, lists and tables of the page in it.
    made: bytes = HTML(string=page.decode(), url_fetcher=_fetch_nothing).write_pdf(pdf_tags=True)
    return made


def _fetch_nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"{url!r} is not fetched: the page holds all it needs")
