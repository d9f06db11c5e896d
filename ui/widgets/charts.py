"""Charts drawn by the program: legible without colour, with their figures beside the bars.

Fillings differ by pattern (full, hatched, dotted, empty), so that a black and white printer or a
copy tells them apart too. Every chart can be copied as a picture or saved as a PNG file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from ita_desktop.domain.analysis import Change
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.scores import NodeKind
from ita_desktop.files import FileNotWritten, write_file
from ui import alerts, theme
from ui.overview import Overview, StatusCount
from ui.text import score_text, shown

PICTURE_WIDTH, PICTURE_SCALE = 900, 2
"""A copied picture is so wide, in pixels at 100 %, and drawn so many times as fine."""
_NO_SCORE = "–"
_STATUS_ORDER: tuple[Status | None, ...] = (
    Status.DONE,
    Status.IN_PROGRESS,
    Status.NOT_STARTED,
    None,
)
_NO_STATUS = "ยังไม่ได้เลือกสถานะ"


@dataclass(frozen=True, slots=True)
class Inks:
    """What a chart is drawn with: on the screen the colours of the look, in a picture on white."""

    text: QColor
    muted: QColor
    line: QColor
    ground: QColor
    strong: QColor

    @classmethod
    def of(cls, colours: theme.Colours) -> Inks:
        """The inks of a look."""
        names = (colours.text, colours.muted, colours.edge, colours.base, colours.accent)
        return cls(*map(QColor, names))

    def full(self) -> QBrush:
        """The filling of what counts most: this year, done."""
        return QBrush(self.strong)

    def hatched(self) -> QBrush:
        """The filling of last year, and of what is under way."""
        return QBrush(self.text, Qt.BrushStyle.BDiagPattern)

    def filling(self, status: Status | None) -> QBrush:
        """The filling of a status; None: none is ticked."""
        if status is Status.DONE:
            return self.full()
        if status is Status.IN_PROGRESS:
            return self.hatched()
        if status is Status.NOT_STARTED:
            return QBrush(self.ground)
        return QBrush(self.text, Qt.BrushStyle.Dense7Pattern)


class Chart(QWidget):
    """A chart with its title. Subclasses say how high it is and how it is drawn."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.inks = Inks.of(theme.colours())
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("คลิกขวาเพื่อคัดลอกหรือบันทึกเป็นภาพ")

    # --- what subclasses say ---------------------------------------------------------------------

    def wanted_height(self, font: QFont) -> float:
        """How high the chart is with that font."""
        raise NotImplementedError

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the chart into the room, which is as high as wanted."""
        raise NotImplementedError

    def in_words(self) -> str:
        """The chart's figures as a text, for a screen reader and for pasting."""
        raise NotImplementedError

    # --- as every chart --------------------------------------------------------------------------

    def show_anew(self) -> None:
        """The figures have changed."""
        self.setAccessibleDescription(self.in_words())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, int(self.wanted_height(self.font())) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        self.inks = Inks.of(theme.colours())
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))

    def picture(self) -> QImage:
        """The chart with its title on white paper, fine enough to be printed."""
        self.inks = Inks.of(theme.LIGHT)
        font = QFont(theme.FAMILY, theme.USUAL_SIZE)
        heading = QFont(theme.FAMILY, theme.USUAL_SIZE + 2, QFont.Weight.DemiBold)
        above = QFontMetricsF(heading).height() + 14
        height = above + self.wanted_height(font) + 16
        size = QSize(PICTURE_WIDTH, int(height)) * PICTURE_SCALE
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(PICTURE_SCALE, PICTURE_SCALE)
        painter.setPen(self.inks.text)
        painter.setFont(heading)
        painter.drawText(
            QRectF(16, 8, PICTURE_WIDTH - 32, above), Qt.AlignmentFlag.AlignLeft, self.title
        )
        painter.setFont(font)
        self.draw(painter, QRectF(16, above, PICTURE_WIDTH - 32, height - above - 8))
        painter.end()
        return image

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def save(self) -> None:
        """Ask where to, and save the picture as a PNG file; tells when that fails."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "บันทึกภาพ", f"{self.title}.png", "ภาพ PNG (*.png)"
        )
        if chosen:
            self.save_at(chosen if chosen.lower().endswith(".png") else f"{chosen}.png")

    def save_at(self, path: str) -> bool:
        """Save the picture; tells when that fails and leaves an earlier file whole."""
        from pathlib import Path

        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.picture().save(buffer, "PNG")  # type: ignore[call-overload]
        try:
            write_file(Path(path), bytes(kept.data()))
        except FileNotWritten as error:
            alerts.warn(self, "บันทึกภาพไม่สำเร็จ", str(error))
            return False
        return True

    def _draw_legend(
        self, painter: QPainter, room: QRectF, entries: Sequence[tuple[str, QBrush]]
    ) -> None:
        """Name each filling in one line."""
        metrics, left = QFontMetricsF(painter.font()), room.left()
        for text, filling in entries:
            box = QRectF(left, room.center().y() - 6, 22, 12)
            painter.setPen(QPen(self.inks.text, 0.8))
            painter.setBrush(filling)
            painter.drawRect(box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.inks.text)
            width = metrics.horizontalAdvance(shown(text)) + 6
            painter.drawText(
                QRectF(box.right() + 6, room.top(), width, room.height()), _LEFT, shown(text)
            )
            left = box.right() + 6 + width + 14

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """The menu of the right mouse button."""
        menu = QMenu(self)
        menu.addAction("คัดลอกภาพ").triggered.connect(lambda _: self.copy())
        menu.addAction("บันทึกเป็นภาพ PNG…").triggered.connect(lambda _: self.save())
        return menu


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart of scores: 0 to 100 each, None where unknown."""

    name: str
    score: Decimal | None
    earlier: Decimal | None
    bold: bool = False


class ScoreChart(Chart):
    """This year's scores as bars beside last year's, with the pass mark as a dashed line."""

    def __init__(self) -> None:
        super().__init__("คะแนนเทียบปีก่อน")
        self._bars: tuple[Bar, ...] = ()
        self._years = ("", "")
        self._mark = Decimal(85)

    def show_scores(self, overview: Overview) -> None:
        """Show the total, the instruments and the indicators of the analysed year."""
        indicators = overview.tree.framework.indicators
        self._bars = tuple(
            Bar(
                _row_name(each, indicators),
                each.score,
                each.earlier,
                bold=each.code not in indicators,
            )
            for each in overview.scores
        )
        self._years = (f"ปี {overview.year - 1}", f"ปี {overview.year - 2}")
        self._mark = overview.tree.framework.pass_mark
        self.title = shown(f"คะแนน {self._years[0]} เทียบ {self._years[1]}")
        self.setAccessibleName(self.title)
        self.show_anew()

    def in_words(self) -> str:
        now, before = self._years
        lines = (
            f"{bar.name} {now} {_figure(bar.score)} {before} {_figure(bar.earlier)}"
            for bar in self._bars
        )
        return shown("\n".join(lines))

    def _row_height(self, font: QFont) -> float:
        return QFontMetricsF(font).height() + 5

    def wanted_height(self, font: QFont) -> float:
        row = self._row_height(font)
        return row * (len(self._bars) + 2) + 6

    def draw(self, painter: QPainter, room: QRectF) -> None:
        font = QFont(painter.font())
        row, metrics = self._row_height(font), QFontMetricsF(font)
        bold = QFontMetricsF(QFont(font.family(), font.pointSize(), QFont.Weight.DemiBold))
        figure = metrics.horizontalAdvance(shown("100.00")) + 10
        widest = max((bold.horizontalAdvance(shown(bar.name)) for bar in self._bars), default=0)
        names = min(room.width() * 0.42, widest + 14)
        bars = QRectF(
            room.left() + names,
            room.top() + row,
            room.width() - names - 2 * figure,
            row * len(self._bars),
        )
        self._draw_head(painter, room, bars, row, figure)
        for at, bar in enumerate(self._bars):
            line = QRectF(room.left(), bars.top() + at * row, room.width(), row)
            font.setWeight(QFont.Weight.DemiBold if bar.bold else QFont.Weight.Normal)
            painter.setFont(font)
            name = QFontMetricsF(font).elidedText(
                shown(bar.name), Qt.TextElideMode.ElideRight, names - 8
            )
            painter.setPen(self.inks.text)
            painter.drawText(line, _LEFT, name)
            for number, value in enumerate((bar.score, bar.earlier)):
                right = line.right() - (1 - number) * figure
                painter.drawText(
                    QRectF(right - figure, line.top(), figure, row), _RIGHT, _figure(value)
                )
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            self._draw_bars(painter, QRectF(bars.left(), line.top(), bars.width(), row), bar)
        self._draw_mark(painter, bars)
        self._draw_years(painter, QRectF(room.left(), bars.bottom() + 4, room.width(), row))

    def _draw_head(
        self, painter: QPainter, room: QRectF, bars: QRectF, row: float, figure: float
    ) -> None:
        """The years above the figures, and what the dashed line is."""
        painter.setPen(self.inks.muted)
        for number, year in enumerate(self._years):
            right = room.right() - (1 - number) * figure
            painter.drawText(QRectF(right - figure, room.top(), figure, row), _RIGHT, shown(year))
        text = shown(f"เกณฑ์ผ่าน {self._mark:g}")
        x = bars.left() + bars.width() * float(self._mark) / 100
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 4
        left = min(max(x - width / 2, bars.left()), bars.right() - width)
        painter.drawText(QRectF(left, room.top(), width, row), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_bars(self, painter: QPainter, room: QRectF, bar: Bar) -> None:
        thick = room.height() * 0.34
        painter.setPen(QPen(self.inks.text, 0.8))
        for number, (value, filling) in enumerate(
            ((bar.score, self.inks.full()), (bar.earlier, self.inks.hatched()))
        ):
            if value is not None:
                top = room.top() + room.height() * 0.14 + number * (thick + 1)
                long = room.width() * float(value) / 100
                painter.setBrush(filling)
                painter.drawRect(QRectF(room.left(), top, long, thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_mark(self, painter: QPainter, bars: QRectF) -> None:
        painter.setPen(QPen(self.inks.line, 1))
        painter.drawLine(bars.topLeft(), bars.bottomLeft())
        x = bars.left() + bars.width() * float(self._mark) / 100
        # On white, so that it is seen on a full bar too.
        for pen in (QPen(self.inks.ground, 3), QPen(self.inks.text, 1.2, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()))

    def _draw_years(self, painter: QPainter, room: QRectF) -> None:
        fillings = (self.inks.full(), self.inks.hatched())
        self._draw_legend(painter, room, tuple(zip(self._years, fillings, strict=True)))


class StatusChart(Chart):
    """Measures by status, one bar a round, with the counts in words beneath."""

    def __init__(self) -> None:
        super().__init__("มาตรการตามสถานะ")
        self._counts: tuple[StatusCount, ...] = ()

    def show_statuses(self, overview: Overview) -> None:
        """Show the measures of the year."""
        self._counts = overview.statuses
        self.title = shown(f"มาตรการปี {overview.year} ตามสถานะ")
        self.setAccessibleName(self.title)
        self.show_anew()

    def in_words(self) -> str:
        lines = []
        for each in self._counts:
            parts = [
                f"{_status_word(status)} {each.counts.get(status, 0)}" for status in _STATUS_ORDER
            ]
            lines.append(f"{_bar_name(each)} {each.all} รายการ: {' '.join(parts)}")
        return shown("\n".join(lines))

    def _row_height(self, font: QFont) -> float:
        return QFontMetricsF(font).height() * 1.7

    def wanted_height(self, font: QFont) -> float:
        lines = QFontMetricsF(font).height() + 5
        return self._row_height(font) * len(self._counts) + 2 * lines + 8

    def draw(self, painter: QPainter, room: QRectF) -> None:
        font = painter.font()
        row, metrics = self._row_height(font), QFontMetricsF(font)
        widest = max(
            (metrics.horizontalAdvance(shown(_bar_name(e))) for e in self._counts), default=0
        )
        names = widest + 12
        for at, each in enumerate(self._counts):
            line = QRectF(room.left(), room.top() + at * row, room.width(), row)
            painter.setPen(self.inks.text)
            painter.drawText(line, _LEFT, shown(_bar_name(each)))
            self._draw_bar(painter, line.adjusted(names, 3, -1, -5), each)
        below = room.top() + row * len(self._counts) + 2
        self._draw_legends(painter, QRectF(room.left(), below, room.width(), metrics.height() + 5))

    def _draw_bar(self, painter: QPainter, room: QRectF, count: StatusCount) -> None:
        painter.setPen(QPen(self.inks.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not count.all:
            painter.drawRect(room)
            painter.setPen(self.inks.muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "ยังไม่มีมาตรการ")
            return
        left = room.left()
        for status in _STATUS_ORDER:
            number = count.counts.get(status, 0)
            if not number:
                continue
            part = QRectF(left, room.top(), room.width() * number / count.all, room.height())
            painter.setPen(QPen(self.inks.text, 1))
            painter.setBrush(self.inks.filling(status))
            painter.drawRect(part)
            self._draw_number(painter, part, number)
            left = part.right()
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_number(self, painter: QPainter, part: QRectF, number: int) -> None:
        """The number on a white label, so that no pattern runs through it."""
        text = shown(number)
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        if width > part.width():
            return  # the legend beneath says it
        plate = QRectF(0, 0, width, min(part.height() - 4, QFontMetricsF(painter.font()).height()))
        plate.moveCenter(part.center())
        painter.fillRect(plate, self.inks.ground)
        painter.setPen(self.inks.text)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_legends(self, painter: QPainter, room: QRectF) -> None:
        entries = tuple((_status_word(each), self.inks.filling(each)) for each in _STATUS_ORDER)
        self._draw_legend(painter, room, entries[:2])
        self._draw_legend(painter, room.translated(0, room.height()), entries[2:])


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _row_name(change: Change, indicators: Collection[str]) -> str:
    """An indicator with its number, an instrument by its letters."""
    if change.kind is NodeKind.INSTRUMENT:
        return change.code
    return f"{change.code}. {change.name}" if change.code in indicators else change.name


def _figure(score: Decimal | None) -> str:
    return score_text(score) or _NO_SCORE


def _status_word(status: Status | None) -> str:
    return _NO_STATUS if status is None else status.label


def _bar_name(count: StatusCount) -> str:
    name = "มาตรการ" if count.kind is MeasureKind.MEASURE else "แนวทาง"
    return f"{name} {Round(count.round).label}"
