"""Which machines may be asked: public ones, and those of the own network only where the settings say so.

A name is resolved once and the connection goes to the address that was checked, so that a name that changes its address
in between (DNS rebinding) leads nowhere else.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

from ogi.warehouse.fetching.errors import FetchFailed


def checked_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return the addresses of a host, all of which may be asked.

    Raises:
        FetchFailed: one of them may not be asked.
        OSError: the name has no address.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for address in addresses:
        if not is_allowed(address, allow_private=allow_private):
            raise _refused(host, address, may_be_allowed=is_allowed(address, allow_private=True))
    return addresses


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Tell whether an address may be asked: every address that it stands for must be public, or private if allowed.

    Link-local addresses stay refused: a cloud's machines hand out their keys there.
    """
    return all(_is_allowed(one, allow_private) for one in _meant(ip_address(address)))


def _refused(host: str, address: str, *, may_be_allowed: bool) -> FetchFailed:
    if may_be_allowed:
        return FetchFailed(
            "url_address_refused",
            f"{host} 的地址 {address} 在内网或本机，未访问；如确为内网网站，请设置 fetch.allow_private_addresses。",
            f"{host} is at {address}, a private address; for an intranet set fetch.allow_private_addresses.",
        )
    return FetchFailed(
        "url_address_refused",
        f"{host} 的地址 {address} 是保留地址，从不访问；请核对网址。",
        f"{host} is at {address}, a reserved address that is never asked: check the address.",
    )


def _is_allowed(address: IPv4Address | IPv6Address, allow_private: bool) -> bool:
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    if allow_private and (address.is_private or address.is_loopback):
        return True
    is_site_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not address.is_reserved and not is_site_local


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return the address, or the IPv4 address that an IPv6 one is a wrapping of, with the wrapping where it is routed."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    wrapped = [address.sixtofour, *(address.teredo or ())]
    return [address, *(inner for inner in wrapped if inner is not None)]
