"""What `xivolab pbx status` says: what a bench is made of, and how each part is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from xivolab.bench import image
from xivolab.bench.plant import containers, exposure, health, images
from xivolab.bench.plant.bench import Bench


def facts(bench: Bench) -> dict[str, Any]:
    """The bench as data: its engine, versions, addresses, and the health of its parts."""
    state = bench.state
    looked = health.look(bench)
    pbx = containers.look(bench.engine, bench.container("pbx"))
    return {
        "bench": bench.name,
        "ok": all(one.ok for one in looked),
        "engine": bench.engine.name,
        "debian": image.SUITE,
        "asterisk": next((one.found.split()[1] for one in looked if (one.part, one.what, one.ok) == ASTERISK), None),
        "asterisk_pinned": images.ASTERISK,
        "image": pbx.image if pbx else None,
        "networks": state.subnets,
        "addresses": {name: part.networks for name, part in bench.parts.items()},
        "exposed": exposure.told(state.exposed),
        "health": [asdict(one) for one in looked],
    }


ASTERISK = ("pbx", "asterisk", True)


def as_json(bench: Bench) -> str:
    """The facts as a JSON object."""
    return json.dumps(facts(bench), indent=1)


def as_text(bench: Bench) -> str:
    """The facts for a person, in 80 columns."""
    told = facts(bench)
    nets = ", ".join(f"{name} {subnet}" for name, subnet in told["networks"].items())
    versions = f"Debian {told['debian']}, Asterisk {told['asterisk'] or '?'} (pinned: {told['asterisk_pinned']})"
    lines = [
        f"bench {told['bench']}: {told['engine']}, {versions}",
        f"networks: {nets}",
        *([f"open to the room at {told['exposed']}"] if told["exposed"] else []),
        "",
        f"{'part':10}{'what':11}{'':9}found",
    ]
    for one in told["health"]:
        mark = "ok" if one["ok"] else "TROUBLE"
        lines.append(f"{one['part']:10}{one['what']:11}{mark:9}{one['found']}")
    return "\n".join(lines)
