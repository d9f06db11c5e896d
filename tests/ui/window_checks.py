"""What can be asserted of any window: named, reached, in order, whole, legible, Thai.

Each check yields a sentence for each fault, so that a test can show that it finds a bad widget.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from PIL import Image
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ui.widgets.choice import Choice
from ui.widgets.layouts import ElidedLabel
from ui.widgets.tips import tip_of
from ui.widgets.wrapping import plain

THAI = re.compile("[ก-๙]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
MAY_BE_ENGLISH = re.compile(
    r"“[^”]*”?|รุ่น [0-9.]+"
    r"|ITA|Desktop|PDF|IIT|EIT|OIT|Excel|Word|URL|CSV|E-Service|SHA|Ctrl|Alt|Enter|Esc|Delete|Up|Down"
    r"|PageUp|PageDown|https|PNG|Tab|Space|Shift|\.[a-z-]+|\S*/\S*|[A-Z0-9]{2,}(-[A-Z0-9]+)*"
)
TEXT = (QLabel, QPushButton, QCheckBox, QRadioButton)
MOST_ROWS = 40
MOST_DRAWN = QSize(260, 300)
ZOOM = 3
"""Letters are drawn so much larger: thin strokes are paler than their colour when small."""
DESTRUCTIVE = re.compile("ลบ|ทิ้ง|กู้คืน|นำ.*ออก|ใช้กรอบ|ล้าง")


def visible(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """What is on the screen, or would be after scrolling."""
    return [each for kind in kinds for each in window.findChildren(kind) if each.isVisible()]


def describe(widget: QWidget) -> str:
    """Enough to find a widget."""
    text = widget.accessibleName() or widget.property("text") or widget.objectName()
    text = text or widget.property("placeholderText") or ""
    return f"{type(widget).__name__} {plain(str(text))[:50]!r}"


def stops(window: QWidget) -> list[QWidget]:
    """What Tab can stop at, enabled or not."""
    return [
        each
        for each in visible(window, QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not isinstance(each.parent(), QComboBox)
        and each.window() is window.window()
        and type(each) is not QScrollArea
    ]


# --- named ---------------------------------------------------------------------------------------


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def nameless(window: QWidget) -> Iterator[str]:
    """Controls that a screen reader has no Thai word for."""
    for each in stops(window):
        name = plain(spoken(each)).replace("&", "").strip()
        if not THAI.search(name):
            yield f"has no Thai name: {describe(each)} {name!r}"


def unlabelled(window: QWidget) -> Iterator[str]:
    """Controls that neither a word on the screen nor a tip tells of."""
    labels = (each for each in visible(window, QLabel) if isinstance(each, QLabel))
    captioned = {each.buddy() for each in labels}
    for each in stops(window):
        if isinstance(each, QAbstractButton):
            arrow = isinstance(each.parent(), QTabBar)
            told = arrow or THAI.search(each.text()) or THAI.search(each.toolTip())
        elif isinstance(each, QTabBar):
            told = each.count()
        elif isinstance(each, QPlainTextEdit | QTextEdit) and each.isReadOnly():
            told = True  # what is only read tells of itself
        else:
            told = each in captioned or THAI.search(tip_of(each)) or _headings(each)
        if not told:
            yield f"has neither label nor tip: {describe(each)}"


def _headings(view: QWidget) -> bool:
    return any(
        header.isVisible() and header.orientation() is Qt.Orientation.Horizontal
        for header in view.findChildren(QHeaderView)
    )


# --- keys ----------------------------------------------------------------------------------------

Key = tuple[str, QWidget, bool]
"""A key, where it works, and whether it works in the whole window."""


def keys_of(window: QWidget) -> Iterator[Key]:
    """Every shortcut and mnemonic of a window."""
    for each in window.findChildren(QShortcut):
        parent = each.parent()
        inside = each.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut
        if isinstance(parent, QWidget) and _works(parent, window) and each.isEnabled():
            yield each.key().toString(), parent, not inside
    for action in window.findChildren(QAction):
        parent = action.parent()
        if isinstance(parent, QWidget) and parent.window() is window and action.isEnabled():
            for key in action.shortcuts():
                yield key.toString(), parent, True
    for widget in visible(window, QAbstractButton, QLabel):
        text = str(widget.property("text"))
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        yield from _mnemonic(text, widget)
    for bar in visible(window, QTabBar):
        assert isinstance(bar, QTabBar)
        for at in range(bar.count()):
            yield from _mnemonic(bar.tabText(at), bar)


def _works(widget: QWidget, window: QWidget) -> bool:
    return widget.window() is window and (widget.isVisible() or widget is window)


def _mnemonic(text: str, widget: QWidget) -> Iterator[Key]:
    key = QKeySequence.mnemonic(text).toString()
    if key:
        yield key, widget, True


def clashing(window: QWidget) -> Iterator[str]:
    """Keys that would mean two things at once."""
    for (key, one, all_of_one), (other, two, all_of_two) in combinations(list(keys_of(window)), 2):
        if key != other:
            continue
        nested = one is two or one.isAncestorOf(two) or two.isAncestorOf(one)
        if (all_of_one and all_of_two) or nested:
            yield f"{key} means two things: {describe(one)}, {describe(two)}"


# --- the way of Tab ------------------------------------------------------------------------------


def tab_round(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab, most: int = 250) -> list[QWidget]:
    """What Tab visits until it is back where it began."""
    seen: list[QWidget] = []
    for _ in range(most):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, key)
    return seen


def astray(window: QWidget) -> Iterator[str]:
    """What Tab leaves out, where it gets stuck, and where it leaves the order of reading."""
    wanted = [each for each in stops(window) if each.isEnabled() and _is_stop(each)]
    if not wanted:
        return
    if QApplication.focusWidget() not in wanted:
        focus = QApplication.focusWidget()
        yield f"begins nowhere: {describe(focus) if focus else None}"
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = tab_round(window)
    yield from (f"Tab leaves out: {describe(each)}" for each in wanted if each not in seen)
    back = QApplication.focusWidget()
    if seen and back is not seen[0]:
        yield f"Tab does not come back, it ends at: {describe(back) if back else None}"
    yield from _unread(window, seen, wanted)


def _is_stop(widget: QWidget) -> bool:
    """Of a group of radio buttons the checked one alone is a stop."""
    group = isinstance(widget, QRadioButton) and widget.autoExclusive()
    return not group or not isinstance(widget, QRadioButton) or widget.isChecked()


def _unread(window: QWidget, seen: list[QWidget], wanted: list[QWidget]) -> Iterator[str]:
    """Steps up or to the left; the one from the last control to the first is as it should be."""
    order = [each for each in seen if each in wanted]
    steps = zip(order, [*order[1:], *order[:1]], strict=True)
    back = [f"{describe(one)} → {describe(two)}" for one, two in steps if not _reads_on(one, two)]
    if len(back) > 1:
        yield f"is not the order of reading: {'; '.join(back)}"


def _reads_on(before: QWidget, after: QWidget) -> bool:
    """Whether one is read before the other: by the largest parts of the window they differ in.

    Columns may be read one after the other.
    """
    one, two = before, after
    while (above := one.parentWidget()) is not None and not above.isAncestorOf(after):
        one = above
    while (above := two.parentWidget()) is not None and not above.isAncestorOf(before):
        two = above
    box, other = one.geometry(), two.geometry()
    same = box.top() <= other.bottom() and other.top() <= box.bottom()
    return (
        box.left() < other.left() if same else box.top() < other.top() or box.right() < other.left()
    )


# --- nothing cut off -----------------------------------------------------------------------------


def cut_off(window: QWidget) -> Iterator[str]:
    """Texts that have less room than they need."""
    for each in visible(window, *TEXT):
        yield from _cut_text(each)
    for bar in visible(window, QTabBar):
        assert isinstance(bar, QTabBar)
        for at in range(bar.count()):
            if bar.tabRect(at).width() < bar.tabSizeHint(at).width():
                yield f"tab is cut off: {bar.tabText(at)}"
    for header in visible(window, QHeaderView):
        assert isinstance(header, QHeaderView)
        yield from _cut_headings(header)
    for combo in visible(window, QComboBox):
        assert isinstance(combo, QComboBox)
        yield from _cut_choice(combo)
    for line in visible(window, QLineEdit):
        assert isinstance(line, QLineEdit)
        yield from _cut_placeholder(line)
    for view in visible(window, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        yield from _cut_rows(view)


def _cut_text(each: QWidget) -> Iterator[str]:
    if isinstance(each, ElidedLabel) or not plain(str(each.property("text") or "")).strip():
        return
    wanted, given = each.sizeHint(), each.size()
    if each.minimumWidth() == each.maximumWidth():
        text = str(each.property("text")).replace("&", "")
        wanted.setWidth(each.fontMetrics().horizontalAdvance(text) + 6)
    wraps = isinstance(each, QLabel) and each.wordWrap()
    height = each.heightForWidth(given.width()) if wraps else wanted.height()
    if (not wraps and given.width() < wanted.width()) or given.height() < height:
        yield f"is cut off: {describe(each)} needs {wanted.width()}×{height}, has {given.toTuple()}"


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is Qt.Orientation.Vertical:
        return
    for at in range(header.count()):
        wanted = header.sectionSizeFromContents(at).width()
        if not header.isSectionHidden(at) and header.sectionSize(at) < wanted:
            text = header.model().headerData(at, header.orientation())
            yield f"heading is cut off: {text} needs {wanted}, has {header.sectionSize(at)}"


def _cut_choice(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    style = combo.style()
    room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo).width()
    wanted = combo.fontMetrics().horizontalAdvance(combo.currentText())
    told = isinstance(combo, Choice) or combo.currentText() in combo.toolTip()
    if wanted > room and not told:
        yield f"choice is cut off: {combo.currentText()!r} needs {wanted}, has {room}"


def _cut_placeholder(line: QLineEdit) -> Iterator[str]:
    words = line.placeholderText()
    margins = line.textMargins()
    room = line.width() - margins.left() - margins.right() - 18
    wanted = line.fontMetrics().horizontalAdvance(words)
    if words and wanted > room and words not in line.toolTip():
        yield f"example is cut off: {words!r} needs {wanted}, has {room}"


def _cut_rows(view: QAbstractItemView) -> Iterator[str]:
    wraps = isinstance(view, QListView) and view.wordWrap()
    if wraps or view.property("wordWrap"):
        return
    for index in _cells(view):
        text = index.data()
        wanted = view.fontMetrics().horizontalAdvance(text) if isinstance(text, str) else 0
        room = view.visualRect(index).width() - 6
        if 0 < room < wanted and not index.data(Qt.ItemDataRole.ToolTipRole):
            yield f"row is cut off: {text!r} needs {wanted}, has {room}"


def _cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model, top = view.model(), QModelIndex()
    if model is None:
        return
    one = isinstance(view, QListView)  # a list's model does not tell its columns
    for at in range(min(model.rowCount(top), MOST_ROWS)):
        for column in range(1 if one else model.columnCount(top)):
            yield model.index(at, column)


def sticking_out(window: QWidget, room: QSize) -> Iterator[str]:
    """What does not fit onto the screen, or out of its window without scrolling."""
    if window.width() > room.width() or window.height() > room.height():
        yield f"the window is larger than the screen: {window.size().toTuple()}"
    areas = [each for each in visible(window, QScrollArea) if isinstance(each, QScrollArea)]
    for area in areas:
        inner = area.widget()
        if inner is not None and inner.width() > area.viewport().width():
            yield f"is wider than its area: {describe(inner)} by {describe(area)}"
    for each in visible(window, *TEXT, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView):
        if isinstance(each.parentWidget(), QAbstractScrollArea) or each.window() is not window:
            continue
        box = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        scrolls = any(area.isAncestorOf(each) for area in areas)
        if box.right() >= window.width() or (box.bottom() >= window.height() and not scrolls):
            yield f"sticks out: {describe(each)}"


# --- legible -------------------------------------------------------------------------------------


def contrast(one: QColor, two: QColor) -> float:
    """The contrast of two colours, as the guideline for web contents computes it."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [value / 255 for value in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


Look = tuple[object, ...]


def pale(window: QWidget, seen: set[Look]) -> Iterator[str]:
    """Texts that stand out too little from their ground; each look is drawn once (``seen``)."""
    for each in visible(window, *TEXT, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox):
        look = _look_of(each)
        if look not in seen and _text_of(each) and _in_sight(each, _inside(each)):
            seen.add(look)
            least = 4.5 if each.isEnabled() else 3.0
            found = _contrast_in(each, _inside(each))
            if found < least:
                yield f"is pale, {found:.2f}: {describe(each)} {look}"
    for view in visible(window, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        yield from _pale_rows(view, seen)


def _in_sight(widget: QWidget, box: QRect) -> bool:
    """Whether a part of a widget is seen, scrolled into sight if need be."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(widget)
    return not box.isEmpty() and widget.visibleRegion().contains(box)


def _text_of(widget: QWidget) -> str:
    for name in ("text", "plainText", "currentText"):
        found = widget.property(name)
        if isinstance(found, str) and found.strip():
            return found
    return str(widget.property("placeholderText") or "")


def _look_of(widget: QWidget) -> Look:
    """What the colours of a widget hang on."""
    names = ("role", "primary", "checked", "trouble", "card", "sample", "readOnly")
    chain: list[object] = []
    each: QWidget | None = widget
    while each is not None:
        chain += [value for name in names if (value := each.property(name))]
        each = each.parentWidget() if not each.isWindow() else None
    filled = bool(widget.property("text") or widget.property("plainText"))
    kind, style = type(widget).__name__, widget.styleSheet()
    return (kind, widget.isEnabled(), widget.hasFocus(), filled, style, *chain)


def _inside(widget: QWidget) -> QRect:
    """Where the text of a widget stands, without border, box and arrow."""
    box = widget.rect()
    if isinstance(widget, QCheckBox | QRadioButton):
        return box.adjusted(28, 2, -2, -2)
    if isinstance(widget, QComboBox):
        return box.adjusted(4, 4, -28, -4)
    return (
        box.adjusted(4, 4, -4, -4) if not isinstance(widget, QLabel) else box.adjusted(2, 2, -2, -2)
    )


def drawn(widget: QWidget, box: QRect) -> Image.Image:
    """A part of a window as it is drawn, in large."""
    window = widget.window()
    place = QRect(widget.mapTo(window, box.topLeft()), box.size())
    image = QImage(place.size() * ZOOM, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ZOOM)
    image.fill(window.palette().window().color())
    window.render(image, QPoint(0, 0), place)
    bits = bytes(image.constBits())
    return Image.frombytes(
        "RGB", (image.width(), image.height()), bits, "raw", "RGB", image.bytesPerLine()
    )


def _contrast_in(widget: QWidget, box: QRect) -> float:
    """The strongest contrast with the commonest colour: that of the letters' strokes."""
    part = QRect(box.topLeft(), box.size().boundedTo(MOST_DRAWN))
    if isinstance(widget, QLabel) and widget.alignment() & Qt.AlignmentFlag.AlignHCenter:
        part.moveLeft(box.center().x() - part.width() // 2)
    if isinstance(widget, QLabel) and widget.alignment() & Qt.AlignmentFlag.AlignVCenter:
        part.moveTop(box.center().y() - part.height() // 2)
    box = part
    if box.isEmpty():
        return 21.0
    colours = Counter({c: n for n, c in drawn(widget, box).getcolors(1 << 20) or ()})
    ground = QColor(*colours.most_common(1)[0][0])
    inks = [colour for colour, count in colours.items() if count >= 2]
    return max((contrast(QColor(*ink), ground) for ink in inks), default=1.0)


def _pale_rows(view: QAbstractItemView, seen: set[Look]) -> Iterator[str]:
    model = view.model()
    roles = Qt.ItemDataRole
    for index in _cells(view):
        box = view.visualRect(index)
        if not str(index.data() or "").strip() or not _in_sight(view.viewport(), box):
            continue
        if box.height() < 14 or box.width() < 10:
            continue
        colours = [str(index.data(role)) for role in (roles.ForegroundRole, roles.BackgroundRole)]
        chosen = view.selectionModel().isSelected(index)
        enabled = bool(model.flags(index) & Qt.ItemFlag.ItemIsEnabled)
        look = (type(view).__name__, *colours, chosen, enabled, index.row() % 2, view.hasFocus())
        if look in seen:
            continue
        seen.add(look)
        found = _contrast_in(view.viewport(), box.adjusted(2, 2, -2, -2))
        if found < (4.5 if enabled else 3.0):
            yield f"row is pale, {found:.2f}: {index.data()!r} {look}"


# --- words ---------------------------------------------------------------------------------------


def not_thai(window: QWidget) -> Iterator[str]:
    """English words and Arabic digits in what the program says."""
    said = [("title", window.windowTitle())]
    for each in visible(window, QWidget):
        if isinstance(each, QLineEdit | QPlainTextEdit | QTextEdit):
            continue  # the user's own text
        said += [(describe(each), text) for text in _texts_of(each)]
    for where, text in said:
        if ENGLISH.search(MAY_BE_ENGLISH.sub("", text.replace("&", ""))):
            yield f"is English: {where} {text!r}"
    for each in visible(window, QLabel, QAbstractButton):
        text = MAY_BE_ENGLISH.sub("", str(each.property("text") or ""))
        if re.search(r"(?<![A-Za-z])[0-9]", text):
            yield f"has Arabic digits: {text!r}"


def _texts_of(widget: QWidget) -> Iterator[str]:
    for key in ("text", "placeholderText", "title"):
        yield str(widget.property(key) or "")
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())


# --- Enter and Esc -------------------------------------------------------------------------------


def pressed_by_enter(window: QWidget) -> Iterator[str]:
    """The buttons that Enter presses from a field that are not what the window is for.

    A button that is made to keep its state tells that it was pressed, without doing anything.
    """
    buttons = [each for each in visible(window, QPushButton) if isinstance(each, QPushButton)]
    kept = [(each, each.isCheckable(), each.isChecked()) for each in buttons]
    for each in buttons:
        each.blockSignals(True)
        each.setCheckable(True)
        each.setChecked(False)
    for field in stops(window):
        if isinstance(field, QLineEdit | QComboBox | QListView) and field.isEnabled():
            field.setFocus()
            QTest.keyClick(field, Qt.Key.Key_Return)
    pressed = [each for each in buttons if each.isChecked()]
    for each, checkable, checked in kept:
        each.setChecked(checked)
        each.setCheckable(checkable)
        each.blockSignals(False)
    for each in pressed:
        meant = each.property("primary") or each is getattr(window, "enter_button", None)
        if not meant or DESTRUCTIVE.search(each.text()):
            yield f"Enter presses: {describe(each)}"


def stays_after_esc(dialog: QWidget, most: int = 3) -> Iterator[str]:
    """A dialog that Esc does not close, at most after a step back."""
    for _ in range(most):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
        if not dialog.isVisible():
            return
    yield "Esc does not close it"
