"""Hostile input in every layer: a short run of what ``dev.py fuzz`` does at length, and what it found."""

import importlib.util
import pickle
import platform
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.exchange.reader import read_envelope
from tests.exchange.making import opened, year_records
from tests.exchange.people import WARD_KEYS
from tests.fuzz.__main__ import table
from tests.fuzz.all_targets import SHARES, SLOW, all_targets, plan_of
from tests.fuzz.oracle import Finding, check_says_what_its_bytes_say
from tests.fuzz.package_targets import good_file
from tests.fuzz.target import Target
from tests.fuzz.working import Seen, TookTooLong, judge_one, limited, part_of, run_cases

CASES = 1500
CORPUS = Path(__file__).parent / "corpus"
BY_NAME = {f"{target.layer}: {target.name}": target for target in all_targets()}
QUICK = [target for target in all_targets() if target.layer not in SLOW]

# The seeds of an age header are what it seals, and one sheet of a workbook is no whole list.
JUDGED = [target for target in all_targets() if target.layer not in ("age header", "csv")]

# What a run found once: the target, and what becomes of the part since.
FOUND = {
    "a-certificate-that-is-not-ASCII": ("lines: setup/offices", "data.schema"),
    "a-gap-between-the-places-of-sums": ("lines: ward_report/activity_totals", "data.reference"),
    "a-half-coverage-of-a-value": ("lines: ward_report/activity_totals", "data.schema"),
    "a-recovery-recipient-of-low-order": ("lines: setup/offices", "data.schema"),
    "a-value-in-other-words-than-its-sum": ("lines: ward_report/activity_totals", "data.reference"),
    "a-year-before-1000": ("texts: ward_report/coverage", "accepted"),
    "an-answer-to-be-answered-to-a-mistyped-recipient": ("package.json: answer", "pkg.schema"),
    "two-items-at-one-place": ("lines: ward_report/compilation", "data.reference"),
}


@pytest.mark.parametrize("layer", SHARES)
def test_what_is_changed_is_refused_in_words_or_is_what_its_bytes_say(layer):
    findings, outcomes = [], Counter()
    for place, count in plan_of(CASES):
        target = all_targets()[place]
        if target.layer == layer:
            seen = run_cases(target, "ci", 0, count)
            findings += [(name, case, what) for _, name, case, what, _ in seen.findings]
            outcomes += seen.outcomes
    assert findings == []
    assert sum(outcomes.values()) > 0


@given(st.sampled_from(QUICK), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_what_hypothesis_draws_is_refused_in_words_or_is_what_its_bytes_say(target: Target, random: Random):
    assert target.judge(target.draw(random))


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_known_now(name):
    target, code = FOUND[name]
    assert BY_NAME[target].judge((CORPUS / f"{name}.part").read_bytes()) == code


def test_every_part_that_was_kept_is_tried():
    assert {path.stem for path in CORPUS.iterdir()} == FOUND.keys()


@pytest.mark.parametrize("target", JUDGED, ids=lambda target: f"{target.layer}: {target.name}")
def test_the_good_part_of_a_target_is_taken(target):
    for seed in target.seeds:
        assert target.judge(seed) in {
            "accepted",
            "unchanged",
            "attached",
            "known",
            "accepted already_received",
        }


def test_coverage_guides_a_short_run(tmp_path):
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("atheris has wheels for Linux on x86-64 only")
    assert importlib.util.find_spec("atheris"), "atheris is locked for this platform"
    command = [sys.executable, "-m", "tests.fuzz.guided", str(tmp_path), "200", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    [seen] = pickle.loads((tmp_path / "guided.pickle").read_bytes())
    assert seen.findings == []
    assert sum(seen.outcomes.values()) >= 190


def test_a_case_is_made_again_from_its_seed():
    target = BY_NAME["lines: report/activities"]
    parts = [part_of(target, "1", case) for case in range(20)]
    assert parts == [part_of(target, "1", case) for case in range(20)]
    assert len(set(parts)) > 15


def test_any_exception_is_a_finding_and_is_kept_with_its_part():
    def fail(part: bytes) -> str:
        raise KeyError("x")

    seen = Seen("lines")
    judge_one(seen, Target("lines", "broken", [b""], lambda random, part: part, fail), b"part", "case 1")
    assert seen.findings == [("lines", "broken", "case 1", "KeyError: 'x'", b"part")]
    assert "FINDING" not in table({"lines": seen.outcomes})
    assert table({"lines": seen.outcomes}).splitlines()[1].split() == ["lines", "1", "0", "0", "1"]


def test_a_case_that_does_not_end_is_ended():
    def for_ever() -> None:
        while True:
            pass

    with pytest.raises(TookTooLong), limited(0.05):
        for_ever()


def test_a_reader_that_says_something_else_than_the_bytes_is_found():
    data = good_file("report")
    package = opened(data)
    plain = bytes(read_envelope(BytesIO(data), WARD_KEYS.identities)[0])
    check_says_what_its_bytes_say(package, plain)
    object.__setattr__(package.content.year.activities[0], "participants", 25)
    assert year_records().activities[0].participants == 24
    with pytest.raises(Finding, match="table activities"):
        check_says_what_its_bytes_say(package, plain)
