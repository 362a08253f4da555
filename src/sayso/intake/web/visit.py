"""From an address to what stands there: robots.txt is asked first, pauses are kept, redirects followed one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake.loaded import Original
from sayso.intake.web.addresses import PORTS, Address, joined, parsed
from sayso.intake.web.failure import NotFetched
from sayso.intake.web.limits import MEGABYTE, Limits
from sayso.intake.web.network import Network
from sayso.intake.web.robots import MOST_BYTES, Robots, robots

if TYPE_CHECKING:
    from sayso.intake.web.wire import Answer

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHOLE = frozenset({200, 203})
_ANSWERS = {
    401: "it asks for a password (401)",
    402: "it asks for payment (402)",
    403: "the site refuses it (403)",
    404: "there is no such page (404)",
    410: "the page is gone (410)",
    429: "the site asks to be left alone for a while (429)",
    451: "the page is withheld for legal reasons (451)",
}
_SIGNING_IN = frozenset({"login", "log-in", "signin", "sign-in", "sso", "oauth", "oauth2", "authorize", "subscribe"})
_IN_MEMORY = 8 * MEGABYTE


def fetch(address: str, limits: Limits | None = None) -> Original:
    """What stands at an address. Raises UnreadableSource with the sentence that says why it cannot be read, and
    MissingExtra if a library for it is not installed."""
    with Web(limits) as web:
        return web.fetch(address)


class Web:
    """A visit to the web: what each site's robots.txt says and when it was last asked are remembered while it lasts.

    Not to be shared between threads.
    """

    def __init__(self, limits: Limits | None = None, network: Network | None = None) -> None:
        need("httpx2", "intake", "reading addresses")
        from sayso.intake.web.wire import Wire

        self._limits = limits or Limits()
        self._network = network or Network()
        self._wire = Wire(self._limits, self._network)
        self._robots: dict[str, Robots | NotFetched] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the visit."""
        self._wire.close()

    def fetch(self, address: str) -> Original:
        """What stands at an address, which a person gave. Raises UnreadableSource with the sentence that says why it
        cannot be read."""
        return self._fetched(address, None)

    def follow(self, links: Iterable[str], found_at: str) -> Iterator[Original | UnreadableSource]:
        """What stands where the links lead that were found at an address (in a feed), each once and in their order; for
        what cannot be read, why. They may name no other port than the usual ones and that of `found_at`."""
        for link in dict.fromkeys(links):
            try:
                yield self._fetched(link, found_at)
            except UnreadableSource as error:
                yield error

    def _fetched(self, written: str, found_at: str | None) -> Original:
        try:
            if found_at is None:
                address = parsed(written)
                port = address.port
            else:
                base = parsed(found_at)
                address, port = joined(base, written), base.port
            return self._followed(written, address, port)
        except NotFetched as error:
            raise UnreadableSource(_shown(written), error.reason) from error

    def _followed(self, written: str, address: Address, port: int) -> Original:
        """What stands at the end of the redirects from `address` on; `port` may be asked beside the usual ones."""
        first = address
        until = self._network.clock() + self._limits.whole
        self._wire.forget()
        for _ in range(self._limits.redirects + 1):
            try:
                self._check_port(address, port)
                until += self._wait(address, self._rules(address))
                with self._wire.get(address, until) as answer:
                    if answer.status not in _REDIRECTS or not answer.location:
                        return self._original(written, first, address, answer)
                    location = answer.location
            except NotFetched as error:
                raise error if address == first else NotFetched(f"it leads to {address}: {error.reason}") from error
            address = joined(address, location)
        raise NotFetched(f"it leads from one address to the next more than {self._limits.redirects} times")

    def _original(self, written: str, first: Address, address: Address, answer: Answer) -> Original:
        if answer.status not in _WHOLE:
            raise NotFetched(_refusal(answer.status))
        if address != first and _is_signing_in(address) and not _is_signing_in(first):
            raise NotFetched("that is a page to sign in, the text is not open to everybody")
        stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - who reads the original closes it
        try:
            for piece in answer.pieces:
                stream.write(piece)
            if stream.tell() == 0:
                raise NotFetched("it is empty")
        except BaseException:
            stream.close()
            raise
        stream.seek(0)
        return Original(
            name=_shown(written),
            stream=cast(BinaryIO, stream),
            address=str(address),
            media_type=answer.media_type,
            charset=answer.charset,
        )

    def _check_port(self, address: Address, port: int) -> None:
        if address.port not in (*PORTS.values(), port) and not self._limits.allow_private:
            raise NotFetched(f"port {address.port} is not one of the web's, and nobody asked for it")

    def _rules(self, address: Address) -> Robots:
        """What the site of an address lets Sayso do; raises NotFetched if that does not include reading it."""
        site = address.site
        if site not in self._robots:
            try:
                self._robots[site] = self._robots_at(address)
            except NotFetched as error:
                self._robots[site] = error
        rules = self._robots[site]
        if isinstance(rules, NotFetched):
            raise NotFetched(rules.reason)
        if not rules.allows(address.target):
            raise NotFetched("the site asks programs not to read it (robots.txt)")
        return rules

    def _robots_at(self, address: Address) -> Robots:
        """The robots.txt of a site, as RFC 9309 has it: none means that all is allowed, an error that nothing is."""
        until = self._network.clock() + self._limits.whole
        at = Address(address.scheme, address.host, address.port, "/robots.txt")
        for _ in range(self._limits.redirects + 1):
            self._check_port(at, address.port)
            with self._wire.get(at, until) as answer:
                if answer.status in _REDIRECTS and answer.location:
                    at = joined(at, answer.location)
                    continue
                if answer.status == 429 or answer.status >= 500:
                    raise NotFetched(f"its robots.txt cannot be had (error {answer.status}), so it may not be read now")
                return robots(_beginning(answer)) if answer.status in _WHOLE else Robots()
        return Robots()

    def _wait(self, address: Address, rules: Robots) -> float:
        """Keep the pause that is due before the host is asked again; how long that took."""
        pause = max(self._limits.pause, rules.delay)
        last = self._asked.get(address.host)
        due = 0.0 if last is None else last + pause - self._network.clock()
        if due > self._limits.longest_pause:
            raise NotFetched(
                f"its robots.txt asks for {pause:g} seconds between two requests, longer than Sayso waits"
                f" ({self._limits.longest_pause:g})"
            )
        if due > 0:
            self._network.sleep(due)
        self._asked[address.host] = self._network.clock()
        return max(due, 0.0)


def _beginning(answer: Answer) -> str:
    data = bytearray()
    for piece in answer.pieces:
        data += piece
        if len(data) >= MOST_BYTES:
            break
    return data[:MOST_BYTES].decode("utf-8", "replace")


def _refusal(status: int) -> str:
    if status >= 500:
        return f"the site has an error of its own ({status})"
    return _ANSWERS.get(status, f"the site answers with {status} instead of a page")


def _is_signing_in(address: Address) -> bool:
    path = address.target.partition("?")[0].lower()
    return any(part.partition(".")[0] in _SIGNING_IN for part in path.split("/"))


def _shown(written: str) -> str:
    """An address as it is named in a sentence: without its secrets, and not without end."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in written.strip())
    scheme, slashes, rest = shown.partition("://")
    host, slash, path = rest.partition("/")
    shown = scheme + slashes + host.rpartition("@")[2] + slash + path if slashes else shown
    return shown if len(shown) <= 300 else shown[:299] + "…"
