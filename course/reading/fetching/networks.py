"""Which Internet addresses are public: everything else is somebody's inside, perhaps our own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

# IANA's registries of special purpose addresses, and the machine's agent of one cloud, which has a public address.
_NOT_PUBLIC = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
    ).split()
)
# All that is given out for global use lies here; addresses that hold an IPv4 address inside lie outside or below.
_GLOBAL = IPv6Network("2000::/3")
_NOT_GLOBAL = tuple(IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split())


def is_public(address: str) -> bool:
    """Whether this IP address, as a lookup returns it, belongs to the public Internet. What is no address is not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC)
    return found in _GLOBAL and not any(found in network for network in _NOT_GLOBAL)
