"""Reads an iCalendar from standard input with a parser that is not ours, and tells its events."""

import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert calendar["VERSION"] == "2.0" and calendar["PRODID"], "a calendar says what it is"
events = []
for event in calendar.walk("VEVENT"):
    for wanted in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        assert wanted in event, wanted
    assert not event.errors, event.errors
    assert event["DTSTART"].dt.utcoffset().total_seconds() == 0, "times are in UTC"
    events.append(
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "start": event["DTSTART"].dt.isoformat(),
            "url": str(event["URL"]),
        }
    )
json.dump(events, sys.stdout)
