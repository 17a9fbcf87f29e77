"""Walk a chain, compute every hash anew and compare it with what was written down outside.

Works on pages of links, so a chain of any length needs the memory of one page.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from core.audit import phrases_chain as phrases
from core.audit.schemas import Anchor, Chain, Fault, Finding, Head, Link, Report

PAGE = 2000
MOST_FINDINGS = 100
LAST_ID = UUID(int=2**128 - 1)


def digest(previous: str, line: str) -> str:
    """Return the hash of a link: SHA-256 over the previous hash and the line."""
    return hashlib.sha256(f"{previous}|{line}".encode()).hexdigest()


class _Walk:
    """What is known on the way along a chain."""

    def __init__(self, anchors: Sequence[Anchor], start: int) -> None:
        self.anchors: defaultdict[int, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self.anchors[anchor.seq].append(anchor)
        self.seq = start
        self.hash = ""
        self.knows_before = start == 0
        self.checked = 0
        self.faults = 0
        self.findings: list[Finding] = []

    def tell(self, fault: Fault, seq: int, sentence: str) -> None:
        self.faults += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(fault, seq, sentence))

    def step(self, link: Link) -> None:
        """Look at the next link; each fault is told once, where it is."""
        self.checked += 1
        if link.seq == self.seq:
            self.tell(Fault.DOUBLED, link.seq, phrases.doubled(link.seq))
        elif link.seq > self.seq + 1:
            sentence = phrases.missing(self.seq + 1, link.seq - 1)
            self.tell(Fault.MISSING, self.seq + 1, sentence)
        elif self.knows_before and link.prev_hash != self.hash:
            self.tell(Fault.BROKEN, link.seq, phrases.broken(link.seq))
        if digest(link.prev_hash, link.line) != link.hash:
            self.tell(Fault.ALTERED, link.seq, phrases.altered(link.seq))
        for anchor in self.anchors.get(link.seq, ()):
            if anchor.hash != link.hash:
                self.tell(Fault.REMADE, link.seq, phrases.remade(anchor))
        self.seq, self.hash, self.knows_before = link.seq, link.hash, True

    def end(self, head: Head, unlinked: int) -> None:
        """Compare the end with the head inside and the anchors outside."""
        if self.seq < head.seq:
            self.tell(Fault.CUT, self.seq + 1, phrases.cut(self.seq, head.seq))
        elif (self.seq, self.hash) != (head.seq, head.hash):
            self.tell(Fault.BROKEN, self.seq, phrases.other_head(self.seq))
        beyond = [a for seq, group in self.anchors.items() if seq > self.seq for a in group]
        if beyond:
            furthest = max(beyond, key=lambda anchor: anchor.seq)
            self.tell(Fault.CUT, self.seq + 1, phrases.cut_by_anchor(furthest, self.seq))
        if unlinked:
            self.tell(Fault.UNLINKED, 0, phrases.unlinked(unlinked))


async def verify(chain: Chain, anchors: Sequence[Anchor], *, newest: int | None = None) -> Report:
    """Verify a whole chain, or only its newest links; anchors before the first are left out.

    Others may write meanwhile: what comes is followed up to the head.
    """
    head = await chain.head()
    start = max(0, head.seq - newest) if newest else 0
    used = [anchor for anchor in anchors if anchor.seq > start]
    walk = _Walk(used, start)
    after = (start, LAST_ID)
    expected = 0
    while True:
        page = await chain.links(after, PAGE)
        for link in page:
            walk.step(link)
        after = (page[-1].seq, page[-1].id) if page else after
        if len(page) == PAGE:
            continue
        if walk.seq < expected:  # the head told so before these links were read
            break
        head = await chain.head()
        if head.seq <= walk.seq:
            break
        expected = head.seq
    walk.end(head, await chain.unlinked())
    return Report(
        chain=chain.name,
        head=head,
        first=start + 1,
        checked=walk.checked,
        anchors=len(used),
        last_anchor=max(anchors, key=lambda anchor: anchor.at, default=None),
        faults=walk.faults,
        findings=walk.findings,
    )
