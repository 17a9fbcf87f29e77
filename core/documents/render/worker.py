"""What runs inside a render process. The fork server preloads this module."""

import ctypes
import os
import resource
import signal
import tempfile

import msgspec

from core.documents.render.docx import render_docx
from core.documents.render.model import Paper
from core.documents.render.pdf import render_pdf

_PR_SET_PDEATHSIG = 1
_decoder = msgspec.json.Decoder(Paper)


def start(folder: str, memory_mb: int) -> None:
    """Bound the process: its own temporary folder, a memory limit, death with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    limit = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def process_id() -> int:
    """The process to kill when a paper hangs."""
    return os.getpid()


def pdf(paper: bytes) -> bytes:
    """A paper in JSON as PDF."""
    return render_pdf(_decoder.decode(paper))


def docx(paper: bytes) -> bytes:
    """A paper in JSON as Word."""
    return render_docx(_decoder.decode(paper))
