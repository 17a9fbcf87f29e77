"""What runs inside a render process. The fork server preloads this module."""

import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import threading

import msgspec

from core.documents.render.certificate_model import Job, Printed
from core.documents.render.certificate_pdf import print_certificates
from core.documents.render.docx import render_docx
from core.documents.render.model import Paper
from core.documents.render.pdf import render_pdf

_decoder = msgspec.json.Decoder(Paper)
_certificates = msgspec.json.Decoder(Job)


def start(folder: str, memory_mb: int) -> None:
    """Bound the process: its own temporary folder, a memory limit, an end with its owner."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_owner, args=(folder,), daemon=True).start()
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    limit = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _leave_with_owner(folder: str) -> None:
    """Clean up and end when the owner is gone, even if it was killed.

    The fork server stands between, and it lives on as long as one of its children does.
    """
    owner = multiprocessing.parent_process()
    if owner is not None:
        owner.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def process_id() -> int:
    """The process to kill when a paper hangs."""
    return os.getpid()


def pdf(paper: bytes) -> bytes:
    """A paper in JSON as PDF."""
    return render_pdf(_decoder.decode(paper))


def docx(paper: bytes) -> bytes:
    """A paper in JSON as Word."""
    return render_docx(_decoder.decode(paper))


def certificates(job: bytes, *, one_file: bool) -> Printed:
    """Certificates in JSON as PDF, in one file or each in its own."""
    return print_certificates(_certificates.decode(job), one_file=one_file)
