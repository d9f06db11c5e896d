"""An export never destroys an earlier one, whatever the disk does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import exports
from tests.faults.office import Office
from tests.faults.shim import needs_shim

pytestmark = needs_shim


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as opened:
        yield opened


def test_the_earlier_file_is_there_or_the_new_one_whole(office: Office):
    found = exports.on(office, iter(["template json"]))
    assert (found.bad, found.notes) == (0, []), "\n".join(found.notes)
    assert found.verdicts["whole"] > 20


def test_a_writer_straight_to_its_target_is_found_out(office: Office):
    assert exports.control(office).verdicts["damaged"] == 1
