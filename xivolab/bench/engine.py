"""The container engine: docker or podman, whichever runs here, behind one small class."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.errors import LabError, MissingToolError, XivolabError

if TYPE_CHECKING:
    from python_on_whales import DockerClient

LABEL = "xivolab.bench"
# The bench on which the samples are recorded: a fixed network, one at a time.
RECORDER = "recorder"
# Hosts that forbid raising limits refuse a container whose engine asks for its usual million.
_LIMIT = 4096
# Voice must be sent every 20 ms even when the machine is busy with something else: what sends it goes first.
_CPU_SHARES = 16384
_REALTIME_PRIORITY = 5
_REALTIME_PERIOD_US = 1_000_000
_REALTIME_RUNTIME_US = 150_000
_REALTIME_GROUPS = Path("/sys/fs/cgroup/cpu/cpu.rt_runtime_us")
_INSTALL = "as root on Debian: apt-get install podman runc netavark iptables debootstrap, or start a docker daemon"


class Engine:
    """One way to run containers. What it makes carries the label `xivolab.bench=BENCH`: `clear` finds it, and nothing else.

    Several benches can so stand on one machine, and none removes another's containers.
    """

    def __init__(self, command: Sequence[str], bench: str = RECORDER) -> None:
        from python_on_whales import DockerClient

        self.command = list(command)
        self.bench = bench
        self.client: DockerClient = DockerClient(client_call=self.command)

    @property
    def name(self) -> str:
        """`docker` or `podman`."""
        return Path(self.command[0]).name

    @property
    def label(self) -> str:
        """The label of all that this bench makes."""
        return f"{LABEL}={self.bench}"

    def call(self, *arguments: str, timeout: float = 300) -> str:
        """Run one engine command and return its output; LabError with the engine's own words if it fails."""
        # Not as text: that would take the carriage returns out of the SIP messages in a log.
        return self.feed(None, *arguments, timeout=timeout).decode("utf-8", "replace")

    def feed(self, data: bytes | None, *arguments: str, timeout: float = 300) -> bytes:
        """The same with `data` on standard input, and the output as bytes."""
        try:
            done = subprocess.run(
                [*self.command, *arguments],
                input=data,
                stdin=subprocess.DEVNULL if data is None else None,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise LabError(
                f"no answer within {timeout:g} s", f"{self.name} {arguments[0]}", "see `xivolab doctor`"
            ) from None
        if done.returncode:
            raise LabError(_reason(done.stderr.decode()), f"{self.name} {arguments[0]}", "see `xivolab doctor`")
        return done.stdout

    def create_network(self, name: str, subnets: Sequence[str]) -> None:
        """Make a network with no way out. Raises XivolabError when its addresses are taken on this machine."""
        arguments = ["network", "create", "--internal", "--label", self.label]
        if any(":" in subnet for subnet in subnets):
            arguments.append("--ipv6")
        for subnet in subnets:
            arguments += ["--subnet", subnet]
        try:
            self.call(*arguments, name)
        except LabError as error:
            # No LabError: trying again would not help.
            taken = f"free the addresses {' and '.join(subnets)} on this machine (`ip address` shows who has them)"
            raise XivolabError(error.what, error.where, taken) from error

    def run(
        self,
        image: str,
        name: str,
        *,
        network: str,
        addresses: Sequence[str],
        command: Sequence[str] = (),
        volumes: Mapping[Path, str] | None = None,
        forwards: bool = False,
    ) -> None:
        """Start a container in the background at fixed addresses, one IPv4 first; one that `forwards` is a router.

        On a network with IPv6 both are given: what the engine chooses itself may be another phone's.
        """
        from python_on_whales.exceptions import DockerException

        try:
            self.client.run(
                image,
                command,
                detach=True,
                name=name,
                hostname=name.rpartition("-")[2],
                networks=[network],
                ip=addresses[0],
                ip6=addresses[1] if len(addresses) > 1 else None,
                labels={LABEL: self.bench},
                cap_add=["NET_ADMIN", "NET_RAW", "SYS_NICE"],
                cpu_shares=_CPU_SHARES,
                **_realtime(),
                ulimit=[f"{kind}={value}:{value}" for kind, value in limits().items()],
                sysctl={"net.ipv4.ip_forward": "1"} if forwards else {},
                volumes=[(str(host), inside) for host, inside in (volumes or {}).items()],
                pull="never",
            )
        except DockerException as error:
            raise LabError(_reason(error.stderr or ""), f"{self.name} run {name}", "see `xivolab doctor`") from error

    def execute(self, container: str, *command: str, user: str = "root", timeout: float = 60) -> str:
        """Run a command in a container and return what it prints."""
        return self.call("exec", "--user", user, container, *command, timeout=timeout)

    def start(self, container: str, *command: str) -> None:
        """Start a command in a container and leave it running."""
        self.call("exec", "--detach", container, *command)

    def hurry(self, container: str, program: str) -> None:
        """Give a running program real-time priority, where the machine grants it."""
        script = f"chrt --all-tasks --rr --pid {_REALTIME_PRIORITY} $(pidof {program}) || true"
        self.execute(container, "sh", "-c", script)

    def pid(self, container: str) -> int:
        """Process id, on this machine, of the container's first process."""
        return int(self.call("inspect", "--format", "{{.State.Pid}}", container))

    def remove(self, *containers: str) -> None:
        """Kill and remove containers, those that are gone already included."""
        if containers:
            self.call("rm", "--force", "--time=0" if self.name == "podman" else "--volumes", *containers)

    def clear(self) -> None:
        """Remove every container, network and volume of this bench, a crashed run's too."""
        self.remove(*self.call("ps", "--all", "--quiet", "--filter", f"label={self.label}").split())
        for network in self.call("network", "ls", "--quiet", "--filter", f"label={self.label}").split():
            self.call("network", "rm", network)
        for volume in self.call("volume", "ls", "--quiet", "--filter", f"label={self.label}").split():
            self.call("volume", "rm", "--force", volume)


def detect(bench: str = RECORDER) -> Engine:
    """Return the engine to use for a bench: `XIVOLAB_ENGINE`, else a docker daemon that answers, else podman as root.

    Raises MissingToolError, with what to install or start, when none of them can run containers here.
    """
    wanted = os.environ.get("XIVOLAB_ENGINE")
    names = [wanted] if wanted else ["docker", "podman"]
    reasons = []
    for name in names:
        reason = _why_not(name)
        if reason is None:
            return Engine(_command(name), bench)
        reasons.append(reason)
    raise MissingToolError("no container engine can be used: " + "; ".join(reasons), "pbx", _INSTALL)


def _command(name: str) -> list[str]:
    # crun refuses hosts that mix both versions of control groups; runc takes them.
    if name == "podman" and shutil.which("runc"):
        return [name, "--runtime", "runc"]
    return [name]


def _why_not(name: str) -> str | None:
    if not shutil.which(name):
        return f"{name} is not installed"
    if name == "podman" and os.geteuid() != 0:
        return "podman without root cannot give phones fixed addresses that the recorder reaches: run it as root"
    try:
        done = subprocess.run([*_command(name), "info"], capture_output=True, text=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        return f"{name} does not answer"
    # The docker client succeeds without its daemon, and only says so among its errors.
    if done.returncode or re.search(r"cannot connect|permission denied", done.stdout + done.stderr, re.IGNORECASE):
        return f"{name}: {_reason(done.stderr)}"
    return None


def _realtime() -> dict[str, Any]:
    """Options that let a container use real-time priority, on kernels that share it out by control groups."""
    if not _REALTIME_GROUPS.exists():
        return {}
    # A group below another gets nothing unless each of its parents was given a share: so it sits at the root.
    return {"cgroup_parent": "/", "cpu_rt_period": _REALTIME_PERIOD_US, "cpu_rt_runtime": _REALTIME_RUNTIME_US}


def limits() -> dict[str, int]:
    """The limits of a container, by their name: within those of this process."""
    limits = {}
    for kind, number in (("nproc", resource.RLIMIT_NPROC), ("nofile", resource.RLIMIT_NOFILE)):
        hard = resource.getrlimit(number)[1]
        limits[kind] = _LIMIT if hard == resource.RLIM_INFINITY else min(_LIMIT, hard)
    return limits


def _reason(text: str) -> str:
    """Return the line that tells most: the one that says "Error", else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["no reason given"])[-1]
