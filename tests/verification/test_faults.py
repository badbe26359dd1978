"""Proof that verify can fail: single faults made in a finished folder, hashes recomputed; each is found and named.

Some of the faults of `mutants.py` and its neighbours, at least one of each kind; `tests/long/verify_mutants.py`
tries all of them in folders of six kinds.
"""

from __future__ import annotations

import pytest

from keytag.verification.model import TITLES
from tests.conftest import REPOSITORY
from tests.verification.damage import Job, failed
from tests.verification.mutants import MASTERS, PLATE, Mutant
from tests.verification.mutants_invented import MUTANTS

CHOSEN = """
one_station_off_by_0_02 die_line_bulges_by_0_04 one_station_left_out hole_half_its_size bleed_clipped
tone_2_5_per_cent_less chief_and_deputy_exchanged one_digit_of_another modules_flipped
registration_marks_only_in_black a_figure_of_the_slug a_layer_not_printed labels_of_another_job
run_one_less_and_all_that_follows job_json_edited_by_hand a_plate_in_capitals a_blank_over_one_station
a_3_closed_to_an_8 a_digit_of_the_masters_only a_second_content_stream a_page_more_than_is_counted
the_svg_moved_by_a_transform a_figure_of_a_box_label_covered a_finding_taken_out files_exchanged
a_nick_in_the_die_line a_number_on_one_back_in_the_next_units_place a_revision_appended a_private_part_of_an_editor
a_title_of_another_job_everywhere
"""
BY_NAME = {mutant.name: mutant for mutant in MUTANTS}


def test_a_good_job_has_no_failure_and_nothing_is_left_out(job: Job) -> None:
    report = job.verify()
    assert failed(report) == {}
    assert {item.key: item.skipped for item in report.items if item.skipped} == {}
    assert all(item.compared > 0 for item in report.items)
    assert [item.key for item in report.items] == [
        key for key in TITLES if key not in ("numbers", "films", "parcel")
    ]  # those of numbered jobs, and of what lies beside


def test_saved_anew_it_is_still_good(job: Job) -> None:
    """So that what is found below is the fault, and not the saving; the ticket names the files by their hashes."""
    for name in (PLATE, MASTERS):
        job.spoil(name, lambda pdf: None)
    assert failed(job.verify()).keys() <= {"papers"}


@pytest.mark.parametrize("mutant", [BY_NAME[name] for name in CHOSEN.split()], ids=lambda mutant: mutant.name)
def test_each_fault_is_found_and_named(job: Job, mutant: Mutant) -> None:
    mutant.make(job)
    found = failed(job.verify())
    assert found.keys() & mutant.items, found


def test_the_page_tells_how_many_faults_are_tried() -> None:
    page = (REPOSITORY / "docs/verification.md").read_text("utf-8")
    assert f"{len(CHOSEN.split())} of them run with every test" in " ".join(page.split())
    assert f"{len(MUTANTS)} single faults" in " ".join(page.split())
