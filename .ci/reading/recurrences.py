"""Holds the days off that we read of calendars against those of recurring-ical-events, over random rules of recurrence. For each
rule both must have the same days, or our reader refuses the file: `recurrences.py EXAMPLE [COUNT] [SEED]`, where EXAMPLE is the built
example `days_off`."""
import pathlib
import random
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

EXAMPLE = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 18
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
PARTS = {
    "DAILY": ["BYMONTH", "BYMONTHDAY", "BYDAY"],
    "WEEKLY": ["BYMONTH", "BYDAY"],
    "MONTHLY": ["BYMONTH", "BYMONTHDAY", "BYDAY", "BYDAY"],
    "YEARLY": ["BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY", "BYMONTH"],
}
# The days that are asked for.
BEGINS, ENDS = date(1999, 1, 1), date(2040, 12, 31)
# Now and then a rule has a part that its frequency does not allow, a second end or an odd word: it must be refused, not guessed.
ODD = ["BYWEEKNO=20", "BYYEARDAY=100", "BYHOUR=9", "BYDAY=9MO", "BYMONTHDAY=32", "X-PART=1", "COUNT=0", "BYEASTER=0", "SKIP=OMIT"]


def some(draw, low, high, signs):
    values = {draw.randint(low, high) * (draw.choice([1, 1, -1]) if signs else 1) for _ in range(draw.choice([1, 1, 2, 3, 5]))}
    return ",".join(map(str, draw.sample(sorted(values), len(values))))


def by_day(draw, frequency, parts):
    names = draw.sample(DAYS, draw.choice([1, 1, 2, 3, 5]))
    if frequency in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts and draw.random() < 0.6:
        # The oracle fails on a 53rd day of the week.
        most = 5 if frequency == "MONTHLY" or "BYMONTH" in parts else 52
        names = [f"{draw.choice([1, 1, 2, 3, 4, most, -1, -1, -2])}{name}" for name in names]
    return ",".join(names)


def rule(draw, start):
    frequency = draw.choice(list(PARTS))
    chosen = set(draw.sample(PARTS[frequency], draw.choice([0, 1, 1, 2, 2, 3]) if len(PARTS[frequency]) > 2 else draw.choice([0, 1, 2])))
    if "BYWEEKNO" in chosen and draw.random() < 0.8:
        chosen.add("BYDAY")
    parts = [f"FREQ={frequency}"]
    values = {
        "BYMONTH": lambda: some(draw, 1, 12, False),
        "BYMONTHDAY": lambda: some(draw, 1, 31, True),
        "BYYEARDAY": lambda: some(draw, 1, 366, True),
        "BYWEEKNO": lambda: some(draw, 1, 53, True),
        "BYDAY": lambda: by_day(draw, frequency, chosen),
    }
    parts += [f"{name}={values[name]()}" for name in sorted(chosen)]
    if chosen and draw.random() < 0.25:
        parts.append("BYSETPOS=" + some(draw, 1, 4, True))
    if draw.random() < 0.4:
        parts.append(f"INTERVAL={draw.choice([1, 2, 2, 3, 4, 5, 7, 13])}")
    if draw.random() < 0.25:
        parts.append("WKST=" + draw.choice(DAYS))
    end = draw.random()
    if end < 0.3:
        parts.append(f"COUNT={draw.randint(1, 60)}")
    elif end < 0.6:
        until = start + timedelta(draw.randint(0, 4000))
        parts.append(f"UNTIL={until:%Y%m%d}" + draw.choice(["", "", "T000000Z", "T235959Z"]))
    if draw.random() < 0.03:
        parts.append(draw.choice(ODD))
    first, rest = parts[0], parts[1:]
    draw.shuffle(rest)
    return ";".join([first, *rest])


def first_day(text, start):
    """The first day that the rule gives: an event that begins on another is a case of its own. None where there is none in years: the
    oracle would look for one until the year 9999."""
    parts = [part for part in text.split(";") if not part.startswith(("COUNT", "UNTIL"))]
    # The calendar is the same every 400 years: near its end a rule without days is given up soon.
    later = (9990 - start.year) // 400 * 400
    try:
        found = next(iter(rrulestr(";".join(parts), dtstart=datetime(start.year + later, start.month, start.day))), None)
    except (ValueError, IndexError):
        return start
    near = found and found.year - later < start.year + 9
    return date(found.year - later, found.month, found.day) if near else None


def event(draw, number):
    start = date(draw.choice([1960, 1999, 2003, 2008, 2012, 2016, 2020, 2024]), 1, 1) + timedelta(draw.randint(0, 730))
    if draw.random() < 0.05:
        start = date(draw.choice([2000, 2004, 2020]), 2, 29)
    while True:
        text = rule(draw, start)
        first = first_day(text, start)
        if first:
            break
    start = first if draw.random() < 0.85 else start
    lines = [f"UID:{number}@x", "DTSTAMP:20240101T000000Z", f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"RRULE:{text}", "SUMMARY:Day off"]
    length = draw.random()
    if length < 0.15:
        lines.append(f"DTEND;VALUE=DATE:{start + timedelta(draw.randint(1, 9)):%Y%m%d}")
    elif length < 0.3:
        lines.append("DURATION:" + draw.choice(["P1D", "P2D", "P5D", "P1W"]))
    near = lambda: start + timedelta(draw.choice([0, 0, 1, 7, 14, 28, 30, 31, 61, 91, 182, 365, 366, 730]))
    if draw.random() < 0.2:
        lines.append("EXDATE;VALUE=DATE:" + ",".join(f"{near():%Y%m%d}" for _ in range(draw.randint(1, 3))))
    if draw.random() < 0.2:
        lines.append("RDATE;VALUE=DATE:" + ",".join(f"{near():%Y%m%d}" for _ in range(draw.randint(1, 3))))
    moved = []
    if draw.random() < 0.2:
        day = near()
        moved = [f"UID:{number}@x", "DTSTAMP:20240101T000000Z", f"RECURRENCE-ID;VALUE=DATE:{day:%Y%m%d}", "SUMMARY:Moved"]
        moved.append(f"DTSTART;VALUE=DATE:{day + timedelta(draw.randint(-3, 3)):%Y%m%d}")
        moved += ["STATUS:CANCELLED"] if draw.random() < 0.4 else []
    events = [["BEGIN:VEVENT", *one, "END:VEVENT"] for one in (lines, moved) if one]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *sum(events, []), "END:VCALENDAR"]
    return start, text, "\r\n".join(lines) + "\r\n"


def of_oracle(text, begins, ends):
    """The days of the file, as the oracle has them. It leaves it to the caller to drop what is called off."""
    found = set()
    for one in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(begins, ends):
        if one.get("STATUS") == "CANCELLED":
            continue
        first, after = one.decoded("DTSTART"), one.decoded("DTEND")
        found |= {first + timedelta(day) for day in range((after - first).days)}
    return {day for day in found if begins <= day < ends}


def differs(case):
    """What is different between ours and the oracle, in words. Years of the oracle cost time: one slice is at the beginning, one late."""
    start, text, whole, ours = case
    first = max(BEGINS, start)
    for begins, ends in [(max(BEGINS, first - timedelta(30)), first + timedelta(760)), (date(2028, 1, 1), date(2029, 3, 1))]:
        theirs = of_oracle(whole, begins, ends)
        mine = {day for day in ours if begins <= day < ends}
        if theirs != mine:
            more, less = (", ".join(map(str, sorted(days)[:4])) for days in (mine - theirs, theirs - mine))
            return f"{start} {text}: ours alone {more or 'none'}, the oracle alone {less or 'none'}\n{whole}"
    return None


def main():
    draw = random.Random(SEED)
    cases = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COUNT):
            path = pathlib.Path(folder) / f"{number:05}.ics"
            cases[str(path)] = event(draw, number)
            path.write_bytes(cases[str(path)][2].encode())
        ours = {path: set() for path in cases}
        refused = {}
        paths = list(cases)
        for at in range(0, len(paths), 1000):
            command = [EXAMPLE, str(BEGINS), str(ENDS), *paths[at : at + 1000]]
            for line in subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines():
                path, day, name = line.split("\t")
                if day == "refused":
                    refused[path] = name
                else:
                    ours[path].add(date.fromisoformat(day))
    wrong = 0
    asked = [(*cases[path], ours[path]) for path in cases if path not in refused]
    with ProcessPoolExecutor() as pool:
        for told in pool.map(differs, asked, chunksize=50):
            if told:
                wrong += 1
                print(told)
    print(f"   {COUNT} rules: {COUNT - len(refused) - wrong} with the same days, {len(refused)} refused, {wrong} with others")
    for why, count in Counter(refused.values()).most_common():
        print(f"      {count} refused: {why}")
    assert not wrong, f"{wrong} rules have other days"
    assert len(refused) < COUNT / 3, "more than a third is refused"


if __name__ == "__main__":
    main()
