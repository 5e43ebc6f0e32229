"""Machines of their own inside this one: network namespaces, each with a cable to this one that can be pulled."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.processes.guardian import Guardian
from tests.services import Unavailable, wait_for

NETWORK = "198.18.0.0/15"
"""Kept for trying networks out: nobody outside has such an address."""


@dataclass(frozen=True)
class Host:
    """A namespace that lasts as long as the process `pid`; `here` is our end of its cable, `gateway` our address."""

    pid: int
    here: str
    gateway: str
    address: str

    @property
    def enter(self) -> list[str]:
        """What stands before a command that is to run on this host; the process is the command's own."""
        return ["nsenter", f"--target={self.pid}", "--net"]

    def pull_the_cable(self) -> None:
        """Nothing comes and nothing goes, and nobody is told: what was on its way is lost."""
        run("ip", "link", "set", self.here, "down")

    def plug_it_in(self) -> None:
        """The network is there again, for connections that were open as well."""
        run("ip", "link", "set", self.here, "up")

    def connect(self, peer: str) -> None:
        """The cable is there, with an address at either end."""
        run("ip", "link", "add", self.here, "type", "veth", "peer", "name", peer, "netns", str(self.pid))
        run("ip", "address", "add", f"{self.gateway}/30", "dev", self.here)
        run(*self.enter, "ip", "address", "add", f"{self.address}/30", "dev", peer)
        for command in ([*self.enter, "ip", "link", "set", "lo", "up"], [*self.enter, "ip", "link", "set", peer, "up"]):
            run(*command)
        self.plug_it_in()


@contextmanager
def two_hosts() -> Iterator[tuple[Host, Host]]:
    """Two hosts that reach this machine at their gateways, and not each other; gone at the end, even if we are killed.

    Raises Unavailable where this machine makes no network namespaces.
    """
    with ExitStack() as stack:
        hosts = [stack.enter_context(_host(number)) for number in range(2)]
        yield hosts[0], hosts[1]


@contextmanager
def _host(number: int) -> Iterator[Host]:
    # Runs of the tests beside each other take other names and addresses.
    own = os.getpid() % 8_192 * 2 + number
    first = own * 4
    address = f"198.{18 + (first >> 16)}.{first >> 8 & 255}."
    process, guardian = _in_namespace(), Guardian()
    guardian.note(process.pid)
    try:
        host = Host(process.pid, f"postil{own}", f"{address}{first % 256 + 1}", f"{address}{first % 256 + 2}")
        host.connect("cable")
        yield host
    finally:
        process.kill()
        process.communicate()
        guardian.forget(process.pid)
        guardian.dismiss()


def _in_namespace() -> subprocess.Popen[bytes]:
    """A process that does nothing, in a network of its own."""
    try:
        process = subprocess.Popen(
            ["unshare", "--net", "sleep", "infinity"], stderr=subprocess.PIPE, start_new_session=True
        )
    except FileNotFoundError:
        raise Unavailable("there is no unshare, which makes network namespaces") from None
    ours = Path("/proc/self/ns/net").readlink()

    def is_there() -> bool:
        if process.poll() is not None:
            raise Unavailable(f"network namespaces cannot be made: {process.communicate()[1].decode().strip()}")
        try:
            return Path(f"/proc/{process.pid}/ns/net").readlink() != ours
        except OSError:  # it has just ended, and says why next time
            return False

    wait_for(is_there, what="A network namespace")
    return process


def run(*command: str) -> None:
    """It is done. Raises Unavailable with what the command said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Unavailable(f"there is no {command[0]}") from None
    if done.returncode != 0:
        raise Unavailable(f"hosts cannot be connected, {' '.join(command[:3])} failed: {done.stderr.strip()}")
