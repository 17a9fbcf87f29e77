"""Section of the rungs on which the plan is silent: occasions, and who signs."""

from __future__ import annotations

from collections.abc import Mapping

from core.movements import phrases
from core.movements.resolved import is_open, rung_key
from core.movements.sections.inputs import Context, Group, Input, Typed
from core.movements.value_words import rung_words
from core.movements.values import DepartmentValues, RungChoice, Signer
from core.plugin.api import AwardRung, Occasion

CHOOSE = ("", "Chưa đặt")
NO_OCCASION = "Kế hoạch không nêu dịp: Sở chọn. Chưa chọn dịp nào thì chưa đề nghị được."
NO_SIGNER = "Kế hoạch không nêu ai quyết định: Sở chọn."


def typed_rungs(values: DepartmentValues) -> dict[str, str]:
    """Return the choices as they are typed."""
    found: dict[str, str] = {}
    for key, choice in values.rungs.items():
        found |= {f"rung.{key}.{each}": "1" for each in choice.occasions}
        if choice.signer is not None:
            found[f"rung.{key}.signer"] = choice.signer.value
    return found


def show_rungs(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each rung that the plan leaves open."""
    return [_rung(rung, typed) for rung in context.plan.ladder if is_open(rung)]


def _rung(rung: AwardRung, typed: Mapping[str, str]) -> Group:
    name = f"rung.{rung_key(rung)}"
    inputs: list[Input] = []
    if rung.occasion is None:
        inputs += [
            Input(name=f"{name}.{each}", label=phrases.OCCASIONS[each.value], kind="tick",
                  value=typed.get(f"{name}.{each}", ""), width=6)
            for each in Occasion
        ]  # fmt: skip
    if rung.action is None:
        inputs.append(
            Input(name=f"{name}.signer", label="Người quyết định", kind="select",
                  value=typed.get(f"{name}.signer", ""),
                  options=(CHOOSE, *phrases.SIGNERS.items()))
        )  # fmt: skip
    notes = [NO_OCCASION] * (rung.occasion is None) + [NO_SIGNER] * (rung.action is None)
    occasion = rung.occasion.value if rung.occasion else ""
    return Group(
        title=rung_words(rung.award, rung.subject_kind.value, occasion, rung.issuer or ""),
        plan=rung.award,
        reference=rung.legal_basis,
        note=" ".join(notes),
        source="department" if any(typed.get(each.name) for each in inputs) else "not_stated",
        inputs=tuple(inputs),
    )


def read_rungs(context: Context, typed: Typed) -> dict[str, RungChoice]:
    """Read the choices; only rungs that the plan leaves open are asked."""
    found = {}
    for rung in filter(is_open, context.plan.ladder):
        name = f"rung.{rung_key(rung)}"
        occasions = tuple(
            each for each in Occasion if rung.occasion is None and typed.tick(f"{name}.{each}")
        )
        signer = ""
        if rung.action is None:
            signer = typed.choice(f"{name}.signer", phrases.SIGNERS)
        choice = RungChoice(occasions=occasions, signer=Signer(signer) if signer else None)
        if choice != RungChoice():
            found[rung_key(rung)] = choice
    return found
