from __future__ import annotations

from tests.bench.model.everything import everything
from xivolab.bench.render.rooms import confbridge


def test_a_conference_has_a_bridge_and_two_kinds_of_users() -> None:
    text = confbridge(everything())
    assert "[xivo-bridge-salle]\ntype = bridge\nmax_members = 5\nrecord_conference = yes\n" in text
    admin = text.partition("[xivo-admin-salle]")[2]
    assert "admin = yes" in admin
    assert "admin = yes" not in text.partition("[xivo-user-salle]")[2].partition("[")[0]
