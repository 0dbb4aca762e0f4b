"""Who may ask: the key in the address, the cookie it is exchanged for, and what pages send."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from secrets import compare_digest, token_urlsafe

LOOPBACK = "127.0.0.1"
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # refused unless asked for by name


@dataclass(frozen=True, slots=True)
class Session:
    """The secrets of one start of the server, and where it listens."""

    port: int
    host: str = LOOPBACK
    key: str = field(default_factory=token_urlsafe, repr=False)
    """Stands in the address that is printed."""
    cookie: str = field(default_factory=token_urlsafe, repr=False)
    """What the browser has instead of it."""
    form: str = field(default_factory=token_urlsafe, repr=False)
    """What a page of ours sends with whatever it writes; no other site can read it."""

    @property
    def cookie_name(self) -> str:
        """A cookie goes to all ports of a host: each server has one of its own."""
        return f"cleaner-review-{self.port}"

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = LOOPBACK if self.host in _EVERYWHERE else self.host
        return f"http://{_bracketed(host)}:{self.port}/?key={self.key}"

    def is_host(self, named: str) -> bool:
        """Whether a Host header names this server.

        A page of another site whose name was made to lead here names itself (DNS rebinding).
        """
        host, _, port = named.rpartition(":")
        if port != str(self.port):
            return False
        if host == "localhost" or host == _bracketed(self.host):
            return True
        return self.host in _EVERYWHERE and _is_address(host.strip("[]"))

    def is_key(self, given: str) -> bool:
        """Whether this is the key, told in a time that says nothing about it."""
        return compare_digest(given.encode(), self.key.encode())

    def is_cookie(self, given: str) -> bool:
        """Whether this is the cookie."""
        return compare_digest(given.encode(), self.cookie.encode())

    def is_form(self, given: str) -> bool:
        """Whether this is the token of our pages."""
        return compare_digest(given.encode(), self.form.encode())


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host of this name.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
