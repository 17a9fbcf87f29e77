"""Argument and result type of every hook, read from the specs, and the check of a result."""

from typing import NamedTuple, cast, get_type_hints

import msgspec

from core.plugin import spec

JUDGING = frozenset({"eligibility", "score"})


class HookTypes(NamedTuple):
    """What a hook takes and what it must return."""

    argument: type
    result: type


def _read_specs() -> dict[str, HookTypes]:
    found = {}
    for name, member in vars(spec).items():
        if getattr(member, f"{spec.PROJECT}_spec", None):
            hints = get_type_hints(member)
            found[name] = HookTypes(hints["request"], hints["return"])
    return found


HOOKS = _read_specs()


def encode(value: object) -> bytes:
    """Encode a value of the contract as JSON; raises TypeError for anything else."""
    return msgspec.json.encode(value)


def decode_result(hook: str, data: bytes) -> object:
    """Decode a hook's answer; raises msgspec.ValidationError where a field has another type."""
    return cast("object", msgspec.json.decode(data, type=HOOKS[hook].result))


def checked(hook: str, value: object) -> object:
    """Return the answer, rebuilt from its JSON form, so that junk deep inside is found too."""
    return decode_result(hook, encode(value))


def parse_version(text: str) -> tuple[int, ...]:
    """Read "1.0" as (1, 0); raises ValueError for anything else."""
    return tuple(int(part) for part in text.split("."))
