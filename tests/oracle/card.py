#!/usr/bin/env python3
"""The card of the policy, worked out a second time in a language that shares no code with evalplan.

    python3 tests/oracle/card.py PATH/TO/evalplan

Writes 400 definitions (starts from 1998 to 2035, lengths a day and a month around each bound, budgets a cent around the
threshold, parties missing), has them checked, and compares verdict and severity of five questions with what stands below.
Needs nothing but Python. Ends with 1 where an answer differs.
"""
import calendar
import datetime
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

STAGES = ["needs-assessment", "design", "implementation", "monitoring", "evaluation"]
GROUPS = ["government", "employers", "workers"]
INDEPENDENT = {"independent-internal", "independent", "external"}
LATER_EDITION = datetime.date(2012, 3, 1)
TRIPARTISM = datetime.date(1999, 6, 1)
DAY = datetime.timedelta(days=1)


def months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def definition(rng, number):
    start = datetime.date(1998 + number % 38, rng.randint(1, 12), rng.randint(1, 28))
    if number % 7 == 0:
        start = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    bound = rng.choice([12, 18, 30, 18, 30, 48, 6])
    after_end = months_after(start, bound + rng.choice([-1, 0, 0, 0, 1])) + rng.choice([-1, 0, 0, 1]) * DAY
    budget = rng.choice(["349999.99", "350000", "350000.01", "90000", "1250000"])
    kinds = rng.sample(["mid-term", "mid-term-review", "final", "ex-post"], rng.randint(0, 3))
    evaluations = [(kind, kind, rng.choice(["self", "internal", "independent-internal", "external"])) for kind in kinds]
    reviews = rng.randint(0, 5)
    evaluations += [(f"annual-review-{n}", "annual-review", "self") for n in range(1, reviews + 1)]
    parties = {group: [stage for stage in STAGES if rng.random() > 0.06] for group in GROUPS if rng.random() > 0.1}
    return start, after_end, budget, evaluations, parties


def text(number, start, after_end, budget, evaluations, parties):
    lines = ["format = 1", "[project]", f'code = "P{number}"', f'title = "Project {number}"', 'countries = ["MW"]']
    lines += [f"start = {start}", f"end = {after_end - DAY}", "[budget]", f'total = "USD {budget}"']
    for ident, timing, level in evaluations:
        lines += ["[[evaluation]]", f'id = "{ident}"', f'timing = "{timing}"', f'independence = "{level}"']
    for group, stages in parties.items():
        lines += ["[[party]]", f'name = "{group}"', f'group = "{group}"', f"stages = {json.dumps(stages)}"]
    return "\n".join(lines) + "\n"


def card(start, after_end, budget, evaluations, parties):
    """For each rule: whether it is a gap, and how grave."""
    timings = [timing for _, timing, _ in evaluations]
    whole, half = months_after(start, 30), months_after(start, 18)
    owed, number = 0, 1
    while months_after(months_after(start, 12 * number), 3) < after_end:
        owed, number = owed + 1, number + 1
    over = after_end > whole
    levels = {level for _, timing, level in evaluations if timing in ("mid-term", "mid-term-review", "final")}
    every_stage = all(set(parties.get(group, [])) == set(STAGES) for group in GROUPS)
    return {
        "final-evaluation": ("final" not in timings, "error"),
        "mid-term-evaluation": (half <= after_end <= whole and "mid-term" not in timings, "error"),
        "annual-reviews": (over and timings.count("annual-review") < owed, "warning" if start >= LATER_EDITION else "error"),
        "independent-evaluation": (float(budget) > 350000 and not levels & INDEPENDENT, "error"),
        "constituents-at-every-stage": (not every_stage, "warning" if start < TRIPARTISM else "error"),
    }


def main():
    rng = random.Random(143)
    cases = [definition(rng, number) for number in range(400)]
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases):
            Path(folder, f"p{number:03}.toml").write_text(text(number, *case))
        command = [sys.argv[1], "check", folder, "--as-of", "2000-01-01", "--format", "json", "--exit-zero", "-q"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert len(report["definitions"]) == len(cases), run.stderr
    wrong, gaps = [], 0
    for found in report["definitions"]:
        case = cases[int(found["code"][1:])]
        results = {result["rule"].split("/")[1]: result for result in found["results"]}
        for rule, (is_gap, severity) in card(*case).items():
            result = results.get(rule, {"verdict": "absent", "severity": None})
            gaps += is_gap
            if (result["verdict"] == "gap") != is_gap or (is_gap and result["severity"] != severity):
                wrong.append(f"{found['code']} {case[0]}..{case[1] - DAY} {case[2]}: {rule} is {result['verdict']} ({result['severity']}); "
                             f"the card says {'gap, ' + severity if is_gap else 'no gap'}")
    asked = len(cases) * 5
    print("\n".join(wrong[:40]))
    print(f"the card: {asked - len(wrong)} of {asked} answers agree, {gaps} of them gaps")
    sys.exit(1 if wrong or gaps < asked // 5 else 0)


main()
