"""Which addresses may be asked."""

import pytest

from ogi.warehouse.fetching.addresses import is_allowed


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"]
)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert is_allowed(address, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "192.0.2.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "fc00::1",
        "fec0::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "2002:0a00:0001::1",
        "2001:0:7f00:1::1",
        "64:ff9b::7f00:1",
        "::127.0.0.1",
    ],
)
def test_one_of_no_public_network_may_not(address: str) -> None:
    assert not is_allowed(address, allow_private=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fc00::1", "::ffff:10.0.0.1"])
def test_one_of_the_own_network_may_where_the_settings_allow_it(address: str) -> None:
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "ff02::1", "0.0.0.0", "::"],
)
def test_link_local_multicast_and_unspecified_never_may(address: str) -> None:
    assert not is_allowed(address, allow_private=True)
