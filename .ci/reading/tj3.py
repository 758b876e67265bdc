"""Lets TaskJuggler plan the way to the report again, backwards, over the holidays of many countries; it must find the same days."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, timedelta

TOOL = sys.argv[1]
COUNTRIES = "ZA BE CH IT MW MZ EG NP BD JO PK IN ID PH VN KH UA RU AL BG CL BR SN ET".split()
LEVELS = ["self", "internal", "independent-internal", "external"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def definition(number, country):
    year = 2008 + number
    return (
        f'format = 1\n[project]\ntitle = "Case {number}"\nstart = {year - 2}-01-15\nend = {year}-05-31\n[budget]\ntotal = "USD 100000"\n'
        f'[office]\ncountry = "{country}"\n[[evaluation]]\nid = "final"\ntiming = "final"\nindependence = "{LEVELS[number % 4]}"\n'
        f"date = {year}-{1 + number % 5:02}-28\n"
    )


def planned(folder, number, country):
    path = folder / "case.toml"
    path.write_text(definition(number, country), "utf-8")
    command = [TOOL, "schedule", str(path), "--evaluation", "final", "--format", "json", "--as-of", "2026-11-22"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    evaluation = said["definitions"][0]["evaluations"][0]
    tasks = {task["id"]: task for task in evaluation["tasks"] if task["end"] <= evaluation["report"]}
    return evaluation["report"], tasks


def file_of(report, tasks, calendar):
    off = [day[:3] for day in DAYS if day in calendar["weekend"]]
    on = [day[:3] for day in DAYS if day not in calendar["weekend"]]
    lines = ['project p "p" 2004-01-01 +35y {', "  timezone \"UTC\"", "  timingresolution 60min", "  dailyworkinghours 8"]
    lines += [f"  workinghours {day} 9:00 - 17:00" for day in on] + [f"  workinghours {day} off" for day in off] + ["}"]
    days = sorted({str(day) for holiday in calendar["holiday"] for day in holiday["dates"]})
    lines += [f'leaves holiday "off" {day}' for day in days if "2005" < day < "2036"]
    name = lambda task: task.replace("-", "_")
    after = {task: [other for other in tasks if task in tasks[other]["after"]] for task in tasks}
    for task, facts in tasks.items():
        last = f"  end {report}-17:00" if not after[task] else "  precedes " + ", ".join(f"!{name(other)}" for other in after[task])
        lines += [f'task {name(task)} "x" {{', "  scheduling alap", f"  length {facts['working_days']}d", last, "}"]
    lines += ['taskreport "out" {', "  formats csv", "  columns id, start, end", '  timeformat "%Y-%m-%d %H:%M"', "}"]
    return "\n".join(lines) + "\n"


def last_day(instant, calendar):
    """TaskJuggler ends a task where the next one begins: at nine in the morning that is the working day before."""
    day = date.fromisoformat(instant[:10])
    off = {str(day) for holiday in calendar["holiday"] for day in holiday["dates"]}
    if instant.endswith("09:00"):
        day -= timedelta(days=1)
        while str(day) in off or DAYS[day.weekday()] in calendar["weekend"]:
            day -= timedelta(days=1)
    return str(day)


cases = holidays = 0
for number, country in enumerate(COUNTRIES):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        report, tasks = planned(folder, number, country)
        calendar = tomllib.loads(pathlib.Path(f"rules/calendars/{country.lower()}.toml").read_text("utf-8"))
        (folder / "case.tjp").write_text(file_of(report, tasks, calendar), "utf-8")
        ran = subprocess.run(["tj3", "--silent", "case.tjp"], cwd=folder, capture_output=True, text=True)
        assert ran.returncode == 0, (country, ran.stdout, ran.stderr)
        found = {}
        for row in csv.DictReader((folder / "out.csv").open(encoding="utf-8"), delimiter=";"):
            found[row["Id"].split(".")[-1].replace("_", "-")] = (row["Start"][:10], last_day(row["End"], calendar))
        expected = {task: (facts["start"], facts["end"]) for task, facts in tasks.items()}
        assert found == expected, (country, {task: (found.get(task), expected[task]) for task in expected if found.get(task) != expected[task]})
        first = min(facts["start"] for facts in tasks.values())
        holidays += any(first <= str(day) <= report for holiday in calendar["holiday"] for day in holiday["dates"])
        cases += 1
assert cases >= 20 and holidays >= 20, (cases, holidays)
print(f"   {cases} plans, {holidays} of them over holidays")
