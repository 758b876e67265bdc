"""Reads feeds with two parsers by other people, and lints their bytes."""
import sys
from datetime import date

import icalendar
import vobject


def lint(path, data):
    data.decode("utf-8")
    assert data.endswith(b"END:VCALENDAR\r\n"), path
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, (path, line)
        assert b"\r" not in line and b"\n" not in line, (path, line)
        line.decode("utf-8")  # no line is cut inside a letter


def with_icalendar(path, data):
    calendar = icalendar.Calendar.from_ical(data)
    uids = []
    for component in calendar.walk():
        assert not component.errors, (path, component.errors)
        missing = [name for name in component.required if name not in component]
        assert not missing, (path, component.name, missing)
        if component.name == "VEVENT":
            uids.append(str(component["UID"]))
            start, end = component.decoded("DTSTART"), component.decoded("DTEND")
            assert type(start) is date and type(end) is date and start < end, (path, start, end)
            assert component["TRANSP"] == "TRANSPARENT"
        if component.name == "VTODO":
            uids.append(str(component["UID"]))
            start, due = component.decoded("DTSTART"), component.decoded("DUE")
            assert type(start) is date and type(due) is date and start < due, (path, start, due)
    assert "METHOD" not in calendar and calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert len(uids) == len(set(uids)), path
    return uids


def with_vobject(path, data):
    calendar = vobject.readOne(data.decode("utf-8"), validate=True)
    found = list(calendar.contents.get("vevent", [])) + list(calendar.contents.get("vtodo", []))
    return [one.uid.value for one in found]


entries = 0
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    lint(path, data)
    one, two = with_icalendar(path, data), with_vobject(path, data)
    assert sorted(one) == sorted(two) and one, (path, len(one), len(two))
    if path.endswith("letters.ics"):
        calendar = icalendar.Calendar.from_ical(data)
        title = 'Häfen, ports; 港口 🚢 \\ "quoted" <b>bold</b> & 100% #done; section: a very long title'
        assert any(title in str(one["DESCRIPTION"]) for one in calendar.walk("VEVENT")), title
        reports = [one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]) == "RAF/13/01; x,y: #1 final: report due"]
        assert len(reports) == 1 and reports[0].decoded("DTSTART") == date(2029, 3, 29), "Good Friday 2029 is a day off"
    entries += len(one)
assert entries > 50, entries
print(f"   {entries} entries in {len(sys.argv) - 1} feeds")
