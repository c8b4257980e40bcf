"""`make setup`: the virtual environment with everything in it, and the system packages where we may install them.

Runs with the system's Python before there is an environment, so it uses the standard library alone. Run again it
only looks at two stamps: one of the packages installed, one of the compiled kernels.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from xivolab.errors import MissingToolError, XivolabError
from xivolab.machine.programs import Need, install_command, missing

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PYTHON = VENV / "bin" / "python"


def say(line: str) -> None:
    """One line of progress."""
    print(f"setup: {line}", flush=True)


def is_debian_root() -> bool:
    """Whether packages of the system can be installed here without asking anybody."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(*words: str) -> bool:
    """Run apt-get without a question; whether it could."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-y", *words]
    return subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode == 0


def apt_install(packages: Iterable[str]) -> bool:
    """Install Debian packages; whether apt could."""
    return apt("install", "--no-install-recommends", *packages)


def install_programs(need: Need) -> None:
    """Tshark and, for the tests, the browser and the container engine: installed, or named in one line."""
    wanted = missing(need)
    if wanted and is_debian_root():
        say(f"installing {', '.join(program.name for program in wanted)}")
        apt("update")
        # One by one: what this system does not have must not keep the others away.
        wanted = [program for program in wanted if not apt_install(program.debian)]
    if wanted:
        names = ", ".join(f"{program.name} ({program.purpose})" for program in wanted)
        say(f"not on this machine: {names}; to have them: {install_command(wanted)}")


def make_venv() -> None:
    """An environment of this Python in `.venv`, unless a working one is there."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not (is_debian_root() and apt("update") and apt_install([package])):
            raise MissingToolError("this Python cannot make environments", sys.executable, f"apt-get install {package}")
    say(f"making .venv with Python {sys.version.split()[0]}")
    # In a process of its own: ensurepip may have been installed a moment ago.
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def digest(files: Iterable[Path], *more: str) -> str:
    """A hash of what some files hold."""
    total = hashlib.sha256(" ".join(more).encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def stamped(name: str, value: str) -> bool:
    """Whether the step `name` was last finished for this very `value`."""
    stamp = VENV / f".xivolab-{name}"
    return stamp.exists() and stamp.read_text() == value


def set_stamp(name: str, value: str) -> None:
    """The step `name` is done for `value`."""
    (VENV / f".xivolab-{name}").write_text(value)


def install_packages() -> None:
    """The locked versions, then xivolab itself as a link to this checkout."""
    value = digest([ROOT / "pyproject.toml", LOCK], str(ROOT))
    if stamped("packages", value):
        return
    say("installing the Python packages (some minutes the first time)")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    subprocess.run([*pip, "-r", LOCK], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    set_stamp("packages", value)


def compile_kernels() -> None:
    """Fill the caches of compiled kernels and of Python's own code: the first command is as fast as the others."""
    value = digest(sorted((ROOT / "xivolab").rglob("*.py")))
    if stamped("kernels", value):
        return
    say("compiling the kernels")
    subprocess.run([PYTHON, "-m", "compileall", "-q", ROOT / "xivolab"], check=True)
    subprocess.run([PYTHON, "-m", "xivolab._compile"], check=True, cwd=ROOT)
    set_stamp("kernels", value)


def main(need: Need) -> None:
    """Set this machine up for `make demo` or for `make test`."""
    install_programs(need)
    make_venv()
    install_packages()
    compile_kernels()


if __name__ == "__main__":
    try:
        main("test" if "--for-tests" in sys.argv else "demo")
    except XivolabError as error:
        sys.exit(f"setup: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"setup: {' '.join(map(str, error.cmd))} failed; its own message is above")
