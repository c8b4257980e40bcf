from __future__ import annotations

import yaml

from xivolab.bench.model.plain_yaml import PlainLoader


def test_values_are_texts_but_for_null() -> None:
    text = "number: 0123\nnat: no\nport: 5060\nhours: 08:30\nnothing: ~\nempty:\nlist: [1, yes]"
    assert yaml.load(text, PlainLoader) == {
        "number": "0123",
        "nat": "no",
        "port": "5060",
        "hours": "08:30",
        "nothing": None,
        "empty": None,
        "list": ["1", "yes"],
    }


def test_no_python_objects_are_made() -> None:
    import pytest

    with pytest.raises(yaml.YAMLError):
        yaml.load("!!python/object/apply:os.system ['true']", PlainLoader)
