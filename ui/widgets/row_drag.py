"""Rows that are put in another order by mouse: what every such list and table has in common."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView


def let_drag(view: QAbstractItemView) -> None:
    """Let rows be dragged inside their own view, with a line where they would come to stand."""
    view.setDragEnabled(True)
    view.setAcceptDrops(True)
    view.setDropIndicatorShown(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
    # Else the dragged cells would be emptied after the drop.
    view.setDragDropOverwriteMode(False)
    view.setDefaultDropAction(Qt.DropAction.MoveAction)


def gap_at(view: QAbstractItemView, at: QPoint) -> int:
    """Before which row something dropped at a place of the viewport goes; the count: at the end."""
    index = view.indexAt(at)
    if not index.isValid():
        return 0 if at.y() < 0 else view.model().rowCount()
    below_middle = at.y() > view.visualRect(index).center().y()
    return index.row() + below_middle


def take_drop(view: QAbstractItemView, event: QDropEvent) -> int | None:
    """The gap a row of this very view was dropped into; None for anything from elsewhere.

    The data make the move: the view itself neither inserts nor removes a row.
    """
    if event.source() is not view:
        event.ignore()
        return None
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return gap_at(view, event.position().toPoint())
