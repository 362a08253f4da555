"""Which numbers on the internet may be asked for something, and why the others may not.

The lists are those of IANA's special-purpose registries (RFC 6890 and what has been entered since), read strictly: an
IPv6 address that holds an IPv4 address in itself could mean any machine at all and is never public. They are written
out here because what `ipaddress` calls global changes from one Python to the next, and takes in multicast and NAT64.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_HERE = "this machine itself"
_PRIVATE = "a private network"
_RESERVED = "a reserved network"
_EXAMPLES = "a network for examples in books"
_HIDDEN = "an IPv4 address hidden in an IPv6 address"
_MANY = "many machines at once (multicast)"
_LINK = "the nearest network, where clouds keep their metadata"

_IPV4 = {
    IPv4Network(network): what
    for network, what in (
        ("0.0.0.0/8", _HERE),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", _HERE),
        ("168.63.129.16/32", "a cloud's own service"),  # Azure's, on a number that is public by itself
        ("169.254.0.0/16", _LINK),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.0/24", _RESERVED),
        ("192.0.2.0/24", _EXAMPLES),
        ("192.88.99.0/24", _RESERVED),  # 6to4 relays
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _RESERVED),  # measurements of speed
        ("198.51.100.0/24", _EXAMPLES),
        ("203.0.113.0/24", _EXAMPLES),
        ("224.0.0.0/4", _MANY),
        ("240.0.0.0/4", _RESERVED),
    )
}
_IPV6 = {
    IPv6Network(network): what
    for network, what in (
        ("::/128", _HERE),
        ("::1/128", _HERE),
        ("::/96", _HIDDEN),
        ("::ffff:0:0/96", _HIDDEN),
        ("64:ff9b::/96", _HIDDEN),  # NAT64
        ("64:ff9b:1::/48", _HIDDEN),
        ("2001::/32", _HIDDEN),  # Teredo
        ("2001::/23", _RESERVED),
        ("2001:db8::/32", _EXAMPLES),
        ("2002::/16", _HIDDEN),  # 6to4
        ("3fff::/20", _EXAMPLES),
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK),
        ("fec0::/10", _PRIVATE),
        ("ff00::/8", _MANY),
    )
}
_GIVEN_OUT = IPv6Network("2000::/3")
"""All of IPv6 that has been given out to anybody."""


def is_number(host: str) -> bool:
    """Whether a host is an IP address, and not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def not_public(number: str) -> str | None:
    """What an IP address leads to, if that is not one machine on the open internet. Raises ValueError if it is none."""
    ip = ip_address(number)
    if isinstance(ip, IPv4Address):
        return next((what for network, what in _IPV4.items() if ip in network), None)
    if ip.scope_id is not None:
        return _LINK
    return next((what for network, what in _IPV6.items() if ip in network), _outside(ip))


def _outside(ip: IPv6Address) -> str | None:
    return None if ip in _GIVEN_OUT else _RESERVED
