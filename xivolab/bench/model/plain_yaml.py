"""YAML whose values are texts: 0123 is a number to dial, not the octal 83, and `nat: no` is a choice, not a truth value."""

from __future__ import annotations

import re

import yaml


class PlainLoader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads every value as text, but for null; the model makes numbers and truth values of texts where it wants them."""


PlainLoader.yaml_implicit_resolvers = {}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
