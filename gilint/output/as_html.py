"""HTML: one self-contained page, without scripts and without anything from the network."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from markupsafe import Markup

from gilint.output.pages import PageWriter
from gilint.output.parts import TableView
from gilint.output.templating import blaming, get_template
from gilint.output.view import DocumentView


class HtmlWriter(PageWriter):
    """Writes an HTML page."""

    page: ClassVar[str] = "report.html.j2"
    part: ClassVar[str] = "document.html.j2"
    html: ClassVar[bool] = True

    def page_context(self) -> dict[str, Any]:
        """Return the style sheet, and the policy by which a browser applies nothing but it."""
        style = self.style()
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        return {"style": style, "policy": policy}

    def render_table(self, table: TableView, view: DocumentView) -> str:
        """Return one table by its template.

        Raises:
            ConfigError: the user's own template failed.
        """
        folder = self.settings.templates
        with blaming(folder):
            return get_template(self._environment, "table.html.j2", folder).render(table=table, document=view, **self.context())

    def style(self) -> Markup:
        """Return the style sheet."""
        folder = self.settings.templates
        with blaming(folder):
            # A template of gilint's or the user's own, and no value of any document goes into it.
            return Markup(get_template(self._environment, "style.css.j2", folder).render())  # noqa: S704
