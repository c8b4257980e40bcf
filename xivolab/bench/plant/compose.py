"""The same bench as a compose file, for those who prefer `docker compose` to `xivolab pbx up`.

It is made of the parts that `up` makes containers of. What it does not say is what Asterisk is configured to: `xivolab pbx up`, run
afterwards, leaves the containers alone and does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xivolab.bench.engine import LABEL, limits
from xivolab.bench.plant import containers
from xivolab.bench.plant.parts import Part, container, hosts, network, volume


def text(bench: str, some: Sequence[Part], images: Mapping[str, str], subnets: Mapping[str, str]) -> str:
    """The compose file."""
    import yaml

    head = f"# Made by `xivolab pbx compose --bench {bench}`: make it again rather than change it.\n"
    return head + str(yaml.safe_dump(document(bench, some, images, subnets), sort_keys=False, width=120))


def document(bench: str, some: Sequence[Part], images: Mapping[str, str], subnets: Mapping[str, str]) -> dict[str, Any]:
    """The compose file as data; `images` has the tag by target, `subnets` the subnet by network."""
    labels = {LABEL: bench}
    volumes = dict.fromkeys(name for part in some for name in part.volumes)
    return {
        "name": f"xivolab-{bench}",
        "services": {part.name: _service(bench, part, some, images[part.image]) for part in some},
        "networks": {
            name: {
                "name": network(bench, name),
                "internal": True,
                "labels": labels,
                "ipam": {"config": [{"subnet": subnet}]},
            }
            for name, subnet in subnets.items()
        },
        "volumes": {name: {"name": volume(bench, name), "labels": labels} for name in volumes},
    }


def _service(bench: str, part: Part, some: Sequence[Part], image: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "image": image,
        "pull_policy": "never",
        "container_name": container(bench, part.name),
        "hostname": part.hostname,
        "labels": {LABEL: bench, containers.MARK: containers.fingerprint(part, image, some)},
        "networks": {name: {"ipv4_address": where} for name, where in part.networks.items()},
        "extra_hosts": [f"{name}:{where}" for name, where in hosts([one for one in some if one is not part]).items()],
        "cap_drop": ["ALL"],
        "cap_add": list(part.capabilities),
        "security_opt": ["no-new-privileges"],
        "read_only": not part.writable,
        "tmpfs": [f"{folder}:{containers.SCRATCH}" for folder in part.scratch],
        "volumes": [f"{name}:{folder}" for name, folder in part.volumes.items()],
        "environment": dict(part.environment),
        "sysctls": dict(part.sysctls),
        "ulimits": {name: {"soft": value, "hard": value} for name, value in limits().items()},
        "dns": [containers.RESOLVER],
        "pids_limit": containers.PIDS,
        "cpu_shares": containers.CPU_SHARES,
    }
    return {name: value for name, value in told.items() if value not in ([], {})}
