"""A bench: a whole telephone system in containers that stays until it is taken down.

>>> bench = Bench("xivo")           # doctest: +SKIP
>>> bench.up()                      # doctest: +SKIP
>>> bench.pbx.ask("core show version")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.bench.engine import Engine, detect
from xivolab.bench.pbx import Pbx
from xivolab.bench.plant import compose, configure, containers, images, snapshots, subnets
from xivolab.bench.plant import state as states
from xivolab.bench.plant.parts import Part, container, network, parts
from xivolab.bench.plant.state import State
from xivolab.bench.plant.wait import until
from xivolab.errors import LabError, UsageError, XivolabError

if TYPE_CHECKING:
    import psycopg

    from xivolab.bench.model import Configuration
    from xivolab.bench.operator import Operator
    from xivolab.bench.phone import Phones
    from xivolab.bench.phone.phone import Phone
    from xivolab.bench.render import Difference

Progress = Callable[[str], None]
_TRIES = 5
_AT_ONCE = 3
_LOOK = "see `xivolab pbx status` and `xivolab pbx doctor`"


def _silent(text: str) -> None:
    """Say nothing."""


class Bench:
    """One bench by its name. Making the object starts nothing: `up` does, and mends what is broken; `down` removes all.

    Raises UsageError for a name that cannot be one, MissingToolError where no container engine can be used.
    """

    def __init__(self, name: str = states.DEFAULT, on_progress: Progress = _silent) -> None:
        self.name = states.check_name(name)
        self.engine: Engine = detect(name)
        self.on_progress = on_progress
        self._phones: Phones | None = None

    def close(self) -> None:
        """Let go of the phones, which go on; a later use finds them again, in whatever container they are then."""
        if self._phones is not None:
            self._phones.close()
            self._phones = None

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- where things are ---------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """What is known of it. Raises LabError when it is not up."""
        found = states.load(self.name)
        if found is None:
            raise LabError("this bench is not up", self.name, f"xivolab pbx up --bench {self.name}")
        return found

    @property
    def parts(self) -> dict[str, Part]:
        """Its parts by name, in the order in which they start."""
        return {part.name: part for part in parts(self.state)}

    def container(self, part: str) -> str:
        """The name of a part's container."""
        return container(self.name, part)

    def has(self, part: str) -> str:
        """The name of a part's container. Raises UsageError when the bench has no such part, LabError when it is not up."""
        if part not in self.parts:
            raise UsageError(f"there is no part {part!r}", "", f"name one of {', '.join(self.parts)}")
        return self.container(part)

    def address(self, part: str, net: str = "lan") -> str:
        """The address of a part in one of the networks `lan`, `wan`, `home`."""
        return self.parts[part].networks[net]

    @property
    def pbx(self) -> Pbx:
        """The Asterisk of the PBX: `ask` it."""
        return Pbx(self.engine, self.container("pbx"))

    @property
    def dsn(self) -> str:
        """The address of the database, with its password, as xivolab and psycopg take it."""
        return f"postgresql://asterisk:{self.state.secret('db')}@{self.address('db')}:5432/asterisk"

    # --- up and down --------------------------------------------------------------------------------------------------

    def up(self, configuration: Configuration | None = None, phones: int | None = None) -> None:
        """Bring everything up that is not. What runs and is as it should be is left alone.

        The first time it is configured, as `presets.small` without another `configuration`; later ones are for `apply`.
        `phones` are switched on for the first lines (6, or as many as last time). Raises MissingToolError, LabError with what
        did not come up.
        """
        with states.locked(self.name):
            state = self._stand()
            self._serve(state)
            if phones is not None:
                state.phones = phones
                state.save()
            self._settle(state, configuration)

    def down(self) -> None:
        """Remove its containers, networks, volumes and files, whatever state they are in."""
        from xivolab.bench.plant import exposure

        with states.locked(self.name):
            self.close()
            with suppress(LabError):  # it is not up, or its file is damaged: the door shuts by itself
                exposure.close(self)
            self.engine.clear()
            states.forget(self.name)

    def compose(self) -> str:
        """The bench as a compose file, its images built and its addresses chosen; nothing is started."""
        with states.locked(self.name):
            tags = self._images()
            state = states.load(self.name)
            if state is None:
                state = State(self.name, subnets.choose(self.name, subnets.taken(self.engine)))
                state.save()
            return compose.text(self.name, parts(state), tags, state.subnets)

    def _images(self) -> dict[str, str]:
        """The tags by target, all of them built. The phones stand on another Debian: theirs is made beside the others."""
        with ThreadPoolExecutor(1) as pool:
            phones = pool.submit(images.ensure, self.engine, images.PHONES, self.on_progress)
            built = {target: images.ensure(self.engine, target, self.on_progress) for target in images.TARGETS}
            return built | {images.PHONES: phones.result()}

    def _stand(self) -> State:
        """Images, networks and volumes, and the containers in them, running."""
        tags = self._images()
        state = states.load(self.name)
        if state is None:
            # Whatever carries this name and is not known here (another day's, a crash) has secrets that are lost.
            self.engine.clear()
        state = self._networks(state)
        everybody = parts(state)
        containers.ensure_volumes(self.engine, everybody)
        self.on_progress("starting the containers")
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda part: containers.ensure(self.engine, part, tags[part.image], everybody), everybody))
        return state

    def _networks(self, state: State | None) -> State:
        refused: list[subnets.Network] = []
        for _ in range(_TRIES):
            if state is None:
                state = State(self.name, subnets.choose(self.name, subnets.taken(self.engine), refused))
            try:
                containers.ensure_networks(self.engine, state.subnets)
            except XivolabError as error:
                # Somebody was quicker, or has them since: everything moves to another block, the volumes stay.
                self.on_progress(f"other addresses are chosen ({error.what})")
                containers.remove_networked(self.engine)
                refused += [subnets.parse(subnet) for subnet in state.subnets.values()]
                state.subnets = subnets.choose(self.name, subnets.taken(self.engine), refused)
            else:
                state.save()
                return state
        raise LabError("no free addresses were found", self.name, _LOOK)

    def _serve(self, state: State) -> None:
        """The database lets in whom it should, and Asterisk runs with its files."""
        db, pbx = self.container("db"), self.container("pbx")
        self.on_progress("waiting for the database")
        ask = ("psql", "-U", "postgres", "-d", "postgres", "-Atc", "SELECT 1")
        until(
            lambda: self.engine.execute(db, *ask, user="postgres"), 30, "the database does not answer", self.name, _LOOK
        )
        password = f"ALTER ROLE asterisk PASSWORD '{state.secret('db')}';".encode()
        self.engine.feed(password, "exec", "-i", "--user", "postgres", db, "psql", "-q", "-d", "postgres")
        self._reach_database()
        keys = f"{configure.FOLDER}/keys"
        self.engine.execute(pbx, "install", "-d", "-o", "asterisk", "-g", "asterisk", keys)
        addresses = [*next(part for part in parts(state) if part.name == "pbx").networks.values()]
        self.engine.execute(pbx, "sh", "/usr/local/lib/xivolab/make_keys", keys, *addresses)

    def _reach_database(self) -> None:
        """Wait until it is reached from here: after it was made anew this machine may look for the former one for a while."""
        import psycopg

        for _ in range(_TRIES):
            try:
                psycopg.connect(self.dsn, connect_timeout=3).close()
            except psycopg.errors.ConnectionTimeout:
                continue
            except psycopg.Error:  # whatever else is wrong is told to whoever asks it something
                return
            return

    def _settle(self, state: State, configuration: Configuration | None) -> None:
        """Configured, booted, the known state kept, the phones on their desks."""
        from xivolab.bench.nat import Home

        operator = self.operator
        operator.begin()
        self.on_progress("waiting for Asterisk")
        if not state.configured:
            from xivolab.bench.model import presets

            self._apply(configuration or presets.small(secret=state.secret("trunk")))
            snapshots.take(self, snapshots.KNOWN)
        self.service("start")
        self.wait_booted()
        operator.wait()
        Home(self).ensure()
        self.on_progress("switching the phones on")
        self.staff()

    # --- working with it ----------------------------------------------------------------------------------------------

    def put(self, texts: Mapping[str, str]) -> list[str]:
        """Put files into Asterisk's folder, by name, and let it read them: those of last time that are not among them go.

        Returns what Asterisk was told: to reload this or that, or to restart, or nothing.
        """
        state = self.state
        written = configure.write(self.engine, self.container("pbx"), texts)
        again = written.again and bool(state.configured)
        self.service("restart" if again else "start", "asterisk")
        self.wait_booted()
        commands = [] if written.again else configure.reloads(written)
        for command in commands:
            self.pbx.ask(command)
        state = self.state
        state.configured = configure.fingerprint(texts)
        state.save()
        return ["core restart now"] if again else commands

    @property
    def configuration(self) -> Configuration:
        """What the database says. Raises ConfigurationError where somebody wrote into it what cannot be."""
        from xivolab.bench import store

        with self.connect() as connection:
            return store.load(connection)

    def apply(self, configuration: Configuration | None = None) -> list[str]:
        """Put a configuration into effect, that of the database without one; what Asterisk was told for it.

        The phones on the desks change with their lines. Raises LabError.
        """
        with states.locked(self.name):
            commands = self._apply(configuration)
            self.staff()
            return commands

    def _apply(self, configuration: Configuration | None) -> list[str]:
        from xivolab.bench import render, store

        if configuration is None:
            configuration = self.configuration
        else:
            with self.connect() as connection:
                store.save(connection, configuration)
        return self.put({**configure.ground(self.state), **render.render(configuration)})

    def difference(self) -> list[Difference]:
        """What the database says and does not run, and the other way round."""
        from xivolab.bench import render

        return render.difference(self.configuration, self.pbx.ask)

    @property
    def phones(self) -> Phones:
        """The phones; `phones.phones` has those that are switched on, those on the desks by their number."""
        if self._phones is None:
            from xivolab.bench.phone import Phones

            self._phones = Phones(self.engine, self.container("phones"))
        return self._phones

    @property
    def operator(self) -> Operator:
        """The operator at the other end of the trunk."""
        from xivolab.bench.operator import Customer, Operator
        from xivolab.bench.phone.image import tag

        customer = Customer(self.address("pbx", "wan"), "xivo", self.state.secret("trunk"))
        return Operator(self.engine, self.container("operator"), customer, tag())

    def phone(self, number: str) -> Phone:
        """The phone on the desk of a line. Raises UsageError where none is."""
        _ = self.phones.link
        if number not in self.phones.phones:
            there = ", ".join(sorted(self.phones.phones)) or "none"
            raise UsageError(
                f"there is no phone {number!r}", self.name, f"there are: {there}; xivolab pbx up --phones N"
            )
        return self.phones.phones[number]

    def staff(self) -> None:
        """Have the phones on their desks. Raises LabError when one does not register."""
        from xivolab.bench.plant.people import staff

        self.close()
        staff(self, self.phones, self.configuration, self.state.phones)

    def service(self, action: str, *names: str) -> str:
        """Start, stop, restart or ask (status) services of the PBX: `asterisk`, `agid`, `call_logd`; all without names."""
        return self.execute("pbx", "xivo-service", action, *names)

    def wait_booted(self, seconds: float = 30) -> None:
        """Wait until Asterisk has started. Raises LabError."""
        until(
            lambda: "fully booted" in self.pbx.ask("core waitfullybooted"),
            seconds,
            "Asterisk has not started",
            self.container("pbx"),
            f"xivolab pbx exec --bench {self.name} cat /run/xivolab/asterisk.last",
        )

    def snapshot(self, name: str) -> Path:
        """Keep the state under a name: database, AstDB, who is registered, spool and configuration. The file it is in."""
        with states.locked(self.name):
            return snapshots.take(self, name)

    def restore(self, name: str) -> None:
        """Put back what `snapshot` kept. Raises UsageError for an unknown name."""
        with states.locked(self.name):
            snapshots.restore(self, name)

    def reset(self) -> None:
        """Back to the known state; phones that are registered stay so."""
        with states.locked(self.name):
            snapshots.restore(self, snapshots.KNOWN, contacts="now")

    def execute(self, part: str, *command: str, user: str = "root", timeout: float = 60) -> str:
        """Run a command in a part and return what it prints. Raises LabError when it fails."""
        return self.engine.execute(self.container(part), *command, user=user, timeout=timeout)

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection to the database; close it. Raises LabError when there is none to be had."""
        import psycopg

        try:
            return psycopg.connect(self.dsn, connect_timeout=5, autocommit=True)
        except psycopg.Error as error:
            remedy = f"xivolab pbx up --bench {self.name}; or back to the known state: xivolab pbx reset"
            raise LabError(f"the database does not answer ({error})".splitlines()[0], self.name, remedy) from error

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, none for a command."""
        with self.connect() as connection:
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def network(self, name: str) -> str:
        """The engine's name of one of the networks `lan`, `wan`, `home`."""
        return network(self.name, name)
