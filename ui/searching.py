"""Ctrl+F: everything in the data file found while one types, and its field opened."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from db.errors import DataFileError

if TYPE_CHECKING:
    from db.past import Deleted
    from ita_desktop.domain.search import Findable, Finder
    from ui.main_window import MainWindow
    from ui.widgets.search_panel import SearchPanel

BIN, COMMAND = "bin", "command"
"""Places of what stands on no page: what was deleted, and what the menus can do."""


class Searching:
    """The window's search: made when it is asked for, current after every edit."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.panel: SearchPanel | None = None
        self._finder: Finder | None = None
        self._bin: tuple[Deleted, ...] = ()
        self._listed: Sequence[tuple[str, QAction]] = ()
        self._last = ""

    def show(self) -> None:
        """Open the search with what was looked for last, chosen so that typing replaces it."""
        session = self._window.session
        if session is None:
            return
        session.saver.flush()
        self._finder = None
        if self.panel is None:
            from ui.widgets.search_panel import SearchPanel

            self.panel = SearchPanel(self._window)
            self.panel.asked.connect(self._on_asked)
            self.panel.go_asked.connect(self.go_to)
        panel = self.panel
        panel.field.setText(self._last)
        self._on_asked(self._last)
        panel.field.selectAll()
        panel.show()
        panel.raise_()
        panel.activateWindow()
        panel.field.setFocus()

    def close(self) -> None:
        """Another file is opened: nothing of the old one is found any more."""
        if self.panel is not None:
            with contextlib.suppress(RuntimeError):  # Qt has freed it already
                self.panel.close()
                self.panel.deleteLater()
        self.panel, self._finder, self._last = None, None, ""

    def forget(self) -> None:
        """Something was edited: the texts are gathered anew when they are next looked through."""
        self._finder = None

    def go_on(self) -> None:
        """Open the field of the next hit of the last search; without one, ask what to look for."""
        panel = self.panel
        if panel is None or not panel.list.rows.found.hits:
            self.show()
            return
        last = panel.list.rows.rowCount() - 1
        if panel.list.currentIndex().row() >= last:
            self._window.say("นี่คือแห่งสุดท้ายที่พบ กด F3 เพื่อเริ่มจากแห่งแรก")
            panel.list.setCurrentIndex(panel.list.rows.index(-1))
            return
        panel.list.step(1)
        panel.go()

    def _on_asked(self, text: str) -> None:
        self._last = text
        session = self._window.session
        if session is None or self.panel is None:
            return
        self.panel.show_found(self.finder().find(text, session.year))

    def finder(self) -> Finder:
        """Every text as it is now."""
        from ita_desktop.domain.search import Finder

        if self._finder is None:
            self._finder = Finder(self._texts())
        return self._finder

    def _texts(self) -> Iterator[Findable]:
        from ita_desktop.domain.findable import findable
        from ita_desktop.domain.framework import FrameworkError
        from ita_desktop.domain.review import Place
        from ita_desktop.domain.search import Findable

        session = self._window.session
        assert session is not None
        year = session.year
        with contextlib.suppress(FrameworkError, DataFileError):
            scored, oit = session.framework(year - 1), session.framework(year)
            yield from findable(session.dossier, year, scored, oit, self._remarks(year - 1))
        yield from self._deleted()
        self._listed = self._commands()
        for at, (menu, action) in enumerate(self._listed):
            text = action.text().replace("&", "")
            yield Findable("คำสั่ง", menu, text, Place(COMMAND, at), typed=False)

    def _remarks(self, year: int) -> Mapping[str, str]:
        """What the page of scores says beside them, while it shows that year."""
        from ui.pages.scores import ScoresPage

        made = self._window.pages.made()
        page = next((each for each in made if isinstance(each, ScoresPage)), None)
        if page is None or page.shown_year != year:
            return {}
        return {code: page.model.remark(node) for code, node in page.model.tree.nodes.items()}

    def _deleted(self) -> Iterator[Findable]:
        from ita_desktop.domain.review import Place
        from ita_desktop.domain.search import Findable
        from ui.places import summary
        from ui.widgets.history import moment_text

        session = self._window.session
        assert session is not None
        with contextlib.suppress(DataFileError):
            self._bin = session.store.bin()
            dossier = session.dossier
            for at, gone in enumerate(self._bin):
                texts = [gone.name, *(summary(table, each, dossier) for table, each in gone.rows)]
                where = f"ลบเมื่อ {moment_text(gone.at)}"
                yield Findable("ถังของที่ลบ", where, " • ".join(texts), Place(BIN, at))

    def _commands(self) -> Sequence[tuple[str, QAction]]:
        return [
            (f"เมนู {menu.title().replace('&', '')}", action)
            for menu in self._window.menus
            for action in menu.actions()
            if action.isEnabled() and not action.isSeparator() and action.menu() is None
        ]

    def go_to(self, hit: Findable) -> None:
        """Open the field of a hit, with the words that were looked for chosen in it."""
        from ui.places import Line

        window, place = self._window, hit.place
        if hit.paper is not None:
            window.go_to_paper(hit.paper)
        elif place is None:
            return
        elif place.page == BIN and isinstance(place.record, int):
            window.helping.show_bin(self._bin[place.record])
        elif place.page == COMMAND and isinstance(place.record, int):
            self._listed[place.record][1].trigger()
        else:
            window.go_to_line(Line(hit.where, "", "", place, hit.year, hit.months))
            if self.panel is not None:
                choose_words(window.focusWidget(), self.panel.list.rows.found.words)


def choose_words(field: QWidget | None, words: Sequence[str]) -> None:
    """Choose the first of the words in a field of text, so that it is seen where it stands."""
    from ita_desktop.domain.search import spans

    if isinstance(field, QLineEdit):
        found = spans(field.text(), words)
        if found:
            field.setSelection(found[0][0], found[0][1] - found[0][0])
    elif isinstance(field, QPlainTextEdit):
        found = spans(field.toPlainText(), words)
        if found:
            cursor = field.textCursor()
            cursor.setPosition(found[0][0])
            cursor.setPosition(found[0][1], cursor.MoveMode.KeepAnchor)
            field.setTextCursor(cursor)
            field.ensureCursorVisible()
