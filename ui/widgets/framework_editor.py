"""The tree of a framework at the left, the fields of one node at the right, what is wrong below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.framework import Framework, FrameworkError
from ita_desktop.domain.framework_draft import (
    ROOT,
    DraftKind,
    FrameworkDraft,
    Path,
    Problem,
)
from ui.session import Session
from ui.text import shown
from ui.theme import scaled
from ui.widgets.checklist import CheckList
from ui.widgets.forms import Choice, Form
from ui.widgets.framework_fields import kinds_to_add, root_label, specs_of, values_of
from ui.widgets.layouts import ElidedLabel, button, label, row, scrolling, shortcut, tab_through
from ui.widgets.wrapping import WordDelegate

_MARK = "⚠ "
_LEAST_FORM = 440
_AT_FIRST_OPEN = (DraftKind.YEAR, DraftKind.INSTRUMENT)


class FrameworkEditor(QWidget):
    """Edits a draft. Every change is kept in the data file as a draft, outside the history."""

    use_asked = Signal()
    """The draft has no problem and shall be used."""
    left = Signal()
    given_up = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.draft = FrameworkDraft({"layout": 1, "year": session.year})
        self.problems: tuple[Problem, ...] = ()
        self._undo: list[tuple[FrameworkDraft, Path]] = []
        self._redo: list[tuple[FrameworkDraft, Path]] = []
        self._visit: object = None
        self._base = self.draft
        self._earlier: Framework | None = None
        self._path: Path = ROOT
        self.form = Form("framework", ())
        self.issue_items: CheckList | None = None
        self._build()
        self._lay_out()
        self._connect()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("ส่วนของกรอบการประเมิน")
        self.tree.setToolTip("เลือกส่วนที่จะแก้ แล้วแก้ทางขวา")
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setMinimumSize(220, 120)
        self.tree.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.title = ElidedLabel()
        self.title.setProperty("role", "title")
        self.heading = ElidedLabel()
        self.heading.setProperty("role", "title")
        self.node_problem = label("", "wrong")
        self.node_problem.setWordWrap(True)
        self.state = ElidedLabel()
        self.state.setProperty("role", "muted")
        self.problem_list = QListWidget()
        self.problem_list.setAccessibleName("สิ่งที่ต้องแก้ในกรอบนี้")
        self.problem_list.setToolTip("กด Enter เพื่อไปที่ช่องนั้น")
        self.problem_list.setWordWrap(True)
        self.problem_list.setItemDelegate(WordDelegate(self.problem_list))
        self.problem_list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.problem_list.setFixedHeight(scaled(60))
        self.kinds = Choice({})
        self.kinds.setAccessibleName("สิ่งที่จะเพิ่ม")
        self.kinds.setToolTip("เลือกว่าจะเพิ่มอะไรตรงส่วนที่เลือก")
        self.add_button = button("เพิ่ม", self.add, tip="เพิ่มตรงส่วนที่เลือก (Ctrl+N)")
        self.remove_button = button("ลบ", self.remove, tip="ลบส่วนที่เลือก (Ctrl+Delete)")
        self.up_button = button("▲", lambda: self.move_by(-1), tip="เลื่อนขึ้น (Alt+Up)")
        self.down_button = button("▼", lambda: self.move_by(1), tip="เลื่อนลง (Alt+Down)")
        self.up_button.setAccessibleName("เลื่อนขึ้น")
        self.down_button.setAccessibleName("เลื่อนลง")
        self.undo_button = button("↶ เลิกทำ", self.undo, tip="เลิกทำในร่างนี้ (Ctrl+Z)")
        self.redo_button = button("↷ ทำซ้ำ", self.redo, tip="ทำซ้ำในร่างนี้ (Ctrl+Y)")
        self.back_button = button("กลับไปรายการปี", self.left.emit, tip="ร่างยังเก็บไว้ (Esc)")
        self.drop_button = button("ทิ้งร่าง", self.given_up.emit, tip="เลิกแก้ กลับไปเป็นอย่างเดิม")
        self.use_button = button(
            "ตรวจผลแล้วใช้กรอบนี้…", self.use, tip="ดูก่อนว่ามีผลต่อข้อมูลที่มีอยู่อย่างไร", primary=True
        )

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree, 1)
        column.addLayout(row(self.kinds, self.add_button, None))
        column.addLayout(row(self.remove_button, self.up_button, self.down_button, None))
        self._fields = QVBoxLayout()
        self._fields.setContentsMargins(6, 0, 6, 0)
        for part in (self.heading, self.node_problem, self.form):
            self._fields.addWidget(part)
        self._fields.addStretch(1)
        right.setLayout(self._fields)
        area = scrolling(right)
        area.setMinimumWidth(scaled(_LEAST_FORM))
        parts = QHBoxLayout()
        parts.setSpacing(10)
        parts.addWidget(left, 2)
        parts.addWidget(area, 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.undo_button)
        top.addWidget(self.redo_button)
        outer.addLayout(top)
        outer.addLayout(parts, 1)
        outer.addWidget(self.problem_list)
        below = row(self.back_button, self.drop_button)
        below.addWidget(self.state, 1)
        below.addWidget(self.use_button)
        outer.addLayout(below)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        self.problem_list.itemActivated.connect(
            lambda _: self.go_to(self.problem_list.currentRow())
        )
        self.form.typed.connect(self._on_typed)
        keys: tuple[tuple[str, QWidget, Callable[[], object]], ...] = (
            ("Ctrl+N", self, self.add),
            ("Ctrl+Del", self.tree, self.remove),
            ("Alt+Up", self.tree, lambda: self.move_by(-1)),
            ("Alt+Down", self.tree, lambda: self.move_by(1)),
            ("Ctrl+Z", self, self.undo),
            ("Ctrl+Y", self, self.redo),
            ("Ctrl+Shift+Z", self, self.redo),
        )
        for key, where, action in keys:
            shortcut(where, key, action)

    def _in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through; the form of a node is made anew each time."""
        return (
            *(self.undo_button, self.redo_button, self.tree, self.kinds, self.add_button),
            *(self.remove_button, self.up_button, self.down_button, self.form),
            *(self.problem_list, self.back_button, self.drop_button, self.use_button),
        )

    # --- showing -------------------------------------------------------------------------------

    def open(self, draft: FrameworkDraft) -> None:
        """Begin to edit a draft."""
        self.draft, self._base, self._visit = draft, draft, None
        self._undo, self._redo = [], []
        self.title.setText(root_label(draft))
        self._show_all(ROOT)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self, path: Path) -> None:
        """Show the tree anew with a node chosen."""
        self._read_earlier()
        opened = {self._path_of(item) for item in self._items() if item.isExpanded()}
        first = self.tree.topLevelItemCount() == 0
        with QSignalBlocker(self.tree):
            self.tree.clear()
            made: dict[Path, QTreeWidgetItem] = {}
            for node in self.draft.nodes():
                item = QTreeWidgetItem([shown(node.label)])
                item.setData(0, Qt.ItemDataRole.UserRole, node.path)
                item.setToolTip(0, shown(node.label))
                made[node.path] = item
                if node.path:
                    made[node.path[:-2]].addChild(item)
                else:
                    self.tree.addTopLevelItem(item)
                item.setExpanded(node.kind in _AT_FIRST_OPEN if first else node.path in opened)
            chosen = made.get(path, made[ROOT])
            self.tree.setCurrentItem(chosen)
            self.tree.scrollToItem(chosen)
        self._show_node(self._path_of(chosen))
        self._judge()

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(at) for at in range(item.childCount())]
        return found

    def choose(self, path: Path) -> None:
        """Choose a node, in sight."""
        item = next(item for item in self._items() if self._path_of(item) == path)
        self.tree.setCurrentItem(item)
        self.tree.scrollToItem(item)

    @staticmethod
    def _path_of(item: QTreeWidgetItem) -> Path:
        return tuple(item.data(0, Qt.ItemDataRole.UserRole) or ())

    def _read_earlier(self) -> None:
        year = self.draft.crosswalk_year
        try:
            self._earlier = self._session.framework(year) if year else None
        except FrameworkError:
            self._earlier = None

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._show_node(self._path_of(item))
            self._show_marks()

    def _show_node(self, path: Path) -> None:
        """Make the form of a node."""
        self._path, self._visit = path, None
        node = self.draft.node(path)
        specs = specs_of(self.draft, node, self._earlier)
        old, self.form = self.form, Form("framework", specs)
        for field in self.form.fields.values():
            if isinstance(field, Choice):
                # A choice is as wide as the form lets it be, however long the titles in it.
                field.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                field.setMinimumContentsLength(14)
                field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.form.show_values(values_of(self.draft, node, specs))
        self.form.typed.connect(self._on_typed)
        self.issue_items = self._offer_items(path) if node.kind is DraftKind.ISSUE else None
        self._fields.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        tab_through(*self._in_order())
        self.heading.setText(shown(node.short))
        self.kinds.clear()  # what was picked at another node has no place here
        self.kinds.offer({k: shown(v) for k, v in kinds_to_add(self.draft, node).items()})
        self.kinds.setCurrentIndex(0)
        for each in (self.remove_button, self.up_button, self.down_button):
            each.setEnabled(bool(path))

    def _offer_items(self, path: Path) -> CheckList:
        """Boxes for the items of an issue."""
        checks = CheckList("ข้อในประเด็นนี้", rows=7)
        nodes = [self.draft.node(each) for each in self.draft.item_paths.values()]
        checks.offer({node.code: shown(f"{node.code} {node.name}") for node in nodes})
        checks.show_values(self.draft.codes_in(path))
        checks.ticked.connect(
            lambda codes: self._take(self.draft.put_codes(path, codes), visit=(path, "items"))
        )
        self.form.add_row("ข้อในประเด็น", checks)
        return checks

    # --- what is wrong ---------------------------------------------------------------------------

    def _judge(self) -> None:
        """Ask the loader's own checks, and say what they say, at once."""
        self.problems = self.draft.problems(self._earlier)
        with QSignalBlocker(self.problem_list):
            self.problem_list.clear()
            for problem in self.problems:
                self.problem_list.addItem(shown(problem.sentence))
            if not self.problems:
                self.problem_list.addItem("ไม่พบข้อผิดพลาด ยังไม่มีผลกับคะแนนจนกว่าจะกดใช้กรอบนี้")
        said = [f"ต้องแก้ {len(self.problems)} แห่ง"] if self.problems else []
        said += ["ร่างเก็บไว้ในแฟ้มแล้ว"] if self._undo or self._redo else []
        self.state.setText(shown("  •  ".join(said)))
        self.undo_button.setEnabled(bool(self._undo))
        self.redo_button.setEnabled(bool(self._redo))
        self._show_marks()

    def _show_marks(self) -> None:
        """Mark the nodes that have problems, and say those of the chosen one."""
        wrong = {problem.path for problem in self.problems}
        above = {path[:end] for path in wrong for end in range(0, len(path) + 1, 2)}
        for item in self._items():
            path = self._path_of(item)
            text = shown(self.draft.node(path).label)
            marked = f"{_MARK}{text}" if path in above else text
            if item.text(0) != marked:
                item.setText(0, marked)
                item.setToolTip(0, text)
        here = [p for p in self.problems if p.path == self._path]
        labels = {key: each.text() for key, each in self.form.labels.items()}
        lines = [f"{labels.get(p.field, '')} {p.problem} โปรด{p.mend}".strip() for p in here]
        self.node_problem.setText(shown("\n".join(lines)))
        self.node_problem.setVisible(bool(lines))

    def go_to(self, at: int) -> None:
        """Go to the field of a problem."""
        if not 0 <= at < len(self.problems):
            return
        problem = self.problems[at]
        self.choose(problem.path)
        if problem.field in self.form.fields:
            self.form.go_to(problem.field)
        elif self.issue_items is not None and problem.field == "items":
            self.issue_items.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- changing ------------------------------------------------------------------------------

    def _on_typed(self, key: str, text: str) -> None:
        if key == "parent":
            self._move_to(text)
            return
        visit = (self._path, key, self.form.visit(key))
        if visit != self._visit:
            self._base = self.draft
        self._take(self._base.put(self._path, key, text), visit=visit)
        if key == "crosswalk_year":
            self._read_earlier()
            self._judge()

    def _move_to(self, code: str) -> None:
        holder = next(node for node in self.draft.parents() if node.code == code)
        if holder.path != self._path[:-2]:
            draft, path = self.draft.move_to(self._path, holder.path)
            self._take(draft, path)

    def _take(
        self, draft: FrameworkDraft, path: Path | None = None, *, visit: object = None
    ) -> None:
        """Make a changed draft the present one; a path shows the tree anew, at that node."""
        if draft == self.draft:
            return
        if visit is None or visit != self._visit:
            self._undo.append((self.draft, self._path))
        self._redo = []
        self.draft = draft
        self._keep()
        if path is not None:
            self._show_all(path)
        else:
            self._judge()
        self._visit = visit

    def _keep(self) -> None:
        store, year, text = self._session.store, self.draft.year, self.draft.text
        self._session.saver.later(("framework draft", year), store.keep_framework_draft, year, text)

    def add(self) -> None:
        """Add what is picked at the chosen node, and go to its first field."""
        kind = DraftKind(self.kinds.value())
        draft, path = self.draft.add(self._path, kind)
        self._take(draft, path)
        first = "title" if kind is DraftKind.ITEM else next(iter(self.form.fields))
        self.form.go_to(first if first in self.form.fields else "name")

    def remove(self) -> None:
        """Take the chosen node out; undo brings it back."""
        if self._path:
            before = self._path
            draft = self.draft.remove(before)
            beside = (*before[:-1], max(int(before[-1]) - 1, 0))
            known = {node.path for node in draft.nodes()}
            self._take(draft, beside if beside in known else before[:-2])

    def move_by(self, by: int) -> None:
        """Move the chosen node up or down."""
        if self._path:
            draft, path = self.draft.move(self._path, by)
            self._take(draft, path)

    def undo(self) -> None:
        """Take back the last change of the draft."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Bring back what was taken back."""
        self._step(self._redo, self._undo)

    def _step(
        self,
        back: list[tuple[FrameworkDraft, Path]],
        forth: list[tuple[FrameworkDraft, Path]],
    ) -> None:
        if back:
            forth.append((self.draft, self._path))
            self.draft, path = back.pop()
            self._keep()
            self._show_all(path)

    def use(self) -> None:
        """Ask for the draft to be used; with problems, go to the first instead."""
        if self.problems:
            self.go_to(0)
        else:
            self.use_asked.emit()
