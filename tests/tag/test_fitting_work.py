"""What fitting many tags asks for, counted: a nation's tags take no more work each than a district's."""

from __future__ import annotations

import pytest

from keytag.roster.model import Roster
from keytag.tag import rows
from keytag.tag.compose import Composer
from keytag.tag.fitting import Solver
from keytag.tag.template import Template
from tests.conftest import roster_of, template_named


def test_the_step_of_a_size_is_found_without_trying_each(
    shipped_roster: Roster, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    solvers: list[Solver] = []
    made, sized = Solver.__init__, Solver.first_size
    monkeypatch.setattr(Solver, "__init__", lambda self, *given: solvers.append(self) or made(self, *given))
    Composer(template, draft=True).compose_job(shipped_roster.job, shipped_roster.units)
    asked: list[int] = []
    monkeypatch.setattr(Solver, "first_size", lambda self, step: asked.append(step) or sized(self, step))
    tried = 0
    for solver in solvers:
        for most in {solver.least, 0, 7, solver.most}:
            for size in {sized(solver, step) for step in range(solver.least, most + 1)}:
                step = most
                while step and sized(solver, step) > size + 1e-6:
                    step -= 1
                asked.clear()
                assert solver.step_of(size, most) == step
                assert len(asked) <= 8
                tried += 1
    assert tried > 100


def test_letters_are_boxed_for_few_of_many_titles() -> None:
    units = "".join(f"  - {{kind: xã, name: Ia Đêr {n}, duty: 0269.3000.{200 + n}}}\n" for n in range(40))
    authority = "authority: {name: Đak Đoa, level: district, duty: 0269.3000.113}\n"
    roster = roster_of(f"job: {{edition: 05/2020}}\n{authority}units:\n{units}")
    rows._glyphs.cache_clear()
    Composer(template_named("oval-50x20"), draft=True).compose_job(roster.job, roster.units)
    assert rows._glyphs.cache_info().misses < len(roster.units)
