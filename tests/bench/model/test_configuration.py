from __future__ import annotations

import pytest

from tests.bench.model.everything import data, everything
from xivolab.bench.model import Configuration, ConfigurationError
from xivolab.bench.model.presets import course, small


@pytest.mark.parametrize("make", [small, course, everything])
def test_yaml_gives_the_same_configuration_again(make: object) -> None:
    configuration = make()  # type: ignore[operator]
    assert Configuration.from_yaml(configuration.yaml()) == configuration


def test_ids_and_names_that_are_not_given_are_made_up_once() -> None:
    first = small()
    lines = [line for _, line in first.lines()]
    assert len({line.name for line in lines}) == len(lines)
    assert all(len(line.name) == 8 and line.name.isalnum() and line.name.islower() for line in lines)
    assert [user.id for user in first.users] == list(range(1, 7))
    assert {line.name for _, line in small().lines()} != {line.name for line in lines}
    assert Configuration.from_yaml(first.yaml()) == first


def test_given_ids_stay_and_others_go_around_them() -> None:
    users = [{"firstname": "A", "id": 2}, {"firstname": "B"}, {"firstname": "C"}]
    found = Configuration.of({**data(), "users": [*data()["users"], *users]})
    assert sorted(user.id for user in found.users) == [1, 2, 3, 4, 5, 6]
    assert next(user for user in found.users if user.id == 2).firstname == "A"


def test_every_mistake_is_told_with_its_field() -> None:
    wrong = {**data(), "users": [{"firstname": "A", "ringseconds": 2, "colour": "red", "lines": [{"number": "abc"}]}]}
    with pytest.raises(ConfigurationError) as raised:
        Configuration.of(wrong)
    told = {mistake.field: (mistake.wrong, mistake.allowed) for mistake in raised.value.mistakes}
    assert told["users[0].ringseconds"] == ("2 is too small", "at least 5")
    assert told["users[0].colour"] == ("no such option", "the bench refuses what it cannot put into effect")
    assert told["users[0].lines[0].number"] == ("'abc' is not written as it must be", "digits, * and #")
    assert str(raised.value).startswith("configuration: users[0].ringseconds: 2 is too small (and 2 more); at least 5")


def test_mistakes_are_told_in_french() -> None:
    with pytest.raises(ConfigurationError) as raised:
        Configuration.of({"users": [{"firstname": "A", "ringseconds": 2}]}, lang="fr")
    assert str(raised.value.mistakes[0]) == "users[0].ringseconds: 2 est trop petit; au moins 5"


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(ConfigurationError, match=r"bench\.yaml: line 2: this is not YAML"):
        Configuration.from_yaml("users:\n  - {", "bench.yaml")


def test_what_is_no_configuration_at_all_is_told() -> None:
    with pytest.raises(ConfigurationError, match="configuration: "):
        Configuration.from_yaml("- 1")


def test_users_are_found_by_their_number() -> None:
    configuration = small()
    assert configuration.user("1002").firstname == "Bob"
    assert configuration.user("1002@default").firstname == "Bob"
    with pytest.raises(KeyError):
        configuration.user("1002@from-extern")


def test_a_copy_with_changes_is_checked() -> None:
    assert small().copy_checked(groups=[]).groups == []
    with pytest.raises(ConfigurationError, match="there is no trunk 'operator'"):
        small().copy_checked(trunks=[])
