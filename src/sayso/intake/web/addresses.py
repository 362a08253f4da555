"""What a person or a page writes as an address → its parts, read strictly: what two programs might read in two ways
(backslashes, white space, numbers in odd spellings, names before an @) is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from sayso.extras import need
from sayso.intake.web.failure import NotFetched

LONGEST = 8_000
PORTS = {"http": 80, "https": 443}

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\s]")
_HOST_AND_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]]+))(?::([0-9]{0,5}))?")
_NAME = re.compile(r"(?!.{254})[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
"""Hosts that a resolver takes for a number: 127.1, 0x7f000001, 017700000001."""
_PATH = "/%:@!$&'()*+,;=~"
_QUERY = _PATH + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address. `host` is a name in ASCII, or an IP address in its usual spelling without brackets; `target` is
    the path and what is asked, percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str = "/"

    @property
    def site(self) -> str:
        """The address without its path: "https://wire.example"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port != PORTS[self.scheme] else "")

    def __str__(self) -> str:
        return self.site + self.target


def is_address(source: str) -> bool:
    """Whether this means something on the web and not a file (`ftp://…` does too, though it cannot be read)."""
    return _ADDRESS.match(source) is not None


def parsed(text: str) -> Address:
    """The address that `text` writes. Raises NotFetched if it is none, or one that is not to be trusted."""
    text = text.strip()
    if len(text) > LONGEST:
        raise NotFetched(f"the address is longer than {LONGEST:,} characters")
    if _UNFIT.search(text) or not _encodes(text):
        raise NotFetched("the address holds white space or characters that no address may hold")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise NotFetched("it is not an address") from None
    if parts.scheme not in PORTS:
        raise NotFetched("only addresses with https:// or http:// are read")
    if "@" in parts.netloc:
        raise NotFetched("the address holds a user name or a password: leave them out")
    match = _HOST_AND_PORT.fullmatch(parts.netloc)
    if match is None:
        raise NotFetched("the address names no host" if not parts.netloc else "the address's host cannot be understood")
    ipv6, name, digits = match.groups()
    port = int(digits) if digits else PORTS[parts.scheme]
    if not 0 < port < 1 << 16:
        raise NotFetched("the address's port is not a number from 1 to 65535")
    asked = f"?{quote(parts.query, _QUERY)}" if parts.query else ""
    return Address(parts.scheme, _ipv6(ipv6) if ipv6 else _host(name), port, (quote(parts.path, _PATH) or "/") + asked)


def joined(base: Address, link: str) -> Address:
    """Where a link on the page at `base` leads. Raises NotFetched if nowhere."""
    link = link.strip().replace(" ", "%20")  # which servers do write
    try:
        return parsed(urljoin(str(base), link))
    except ValueError:
        raise NotFetched("it is not an address") from None


def _host(name: str) -> str:
    if not name.isascii():
        idna = need("idna", "intake", "reading addresses")
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except UnicodeError:
            raise NotFetched("the address's host is no possible name") from None
    name = name.lower().removesuffix(".")
    if _NAME.fullmatch(name) is None:
        raise NotFetched("the address's host is no possible name")
    return _ipv4(name) if _NUMBER.fullmatch(name) else name


def _ipv4(number: str) -> str:
    try:
        return str(IPv4Address(number))
    except ValueError:
        raise NotFetched("the address's host is a number in an odd spelling") from None


def _ipv6(number: str) -> str:
    try:
        return str(IPv6Address(number))
    except ValueError:
        raise NotFetched("the address's host is no possible number") from None


def _encodes(text: str) -> bool:
    """Whether the text holds no half of a surrogate pair."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
