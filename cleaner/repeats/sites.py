"""Which site a document is of."""

from __future__ import annotations

import os
from typing import NamedTuple

from cleaner.html.sites import host
from cleaner.model import Document


class Site(NamedTuple):
    """What pages are counted together."""

    kind: str
    name: str

    @property
    def key_text(self) -> str:
        """What tells it from all other sites."""
        return f"{self.kind}:{self.name}"

    @property
    def told(self) -> str:
        """Where its pages are, as a person says it."""
        return {"host": f"of {self.name}", "folder": f"in {self.name}"}.get(self.kind, "counted")


def site_of(document: Document) -> Site:
    """The host of its address, else the folder of its file as it was named, else one for all.

    Hosts of one owner are different sites, but for a leading `www.`.
    """
    return site(document.url, document.path)


def site(url: str | None, path: str | None) -> Site:
    """The same by the address and the path of a document."""
    name = host(url)
    if name:
        return Site("host", name)
    folder = (path or "").replace(os.sep, "/").rpartition("/")[0]
    return Site("folder", folder) if folder else Site("corpus", "")
