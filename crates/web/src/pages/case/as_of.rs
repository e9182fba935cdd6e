//! The time control of a case's page: the case as it was known at a moment, or so many hours after
//! we became aware of the breach.

use chrono::{Datelike, SecondsFormat, TimeDelta};
use domain::ids::CaseNumber;
use domain::{Time, YEARS};
use serde::Deserialize;
use service::CaseSight;

use super::path::case_url;
use crate::forms::{Form, Posted, Problem};
use crate::page::Page;
use crate::times::{WallTimeProblem, Zone};

/// The family of its fields.
pub(super) const FAMILY: &str = "as_of";

/// Hours that can be asked for: ten years.
const HOURS_MAX: i64 = 10 * 365 * 24;

/// The moment an address asks for, as it stands there.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    hours: String,
}

/// What came of a question for a moment.
pub(super) enum Answered {
    /// The case as it stands now was asked for.
    Now,
    /// A moment at which the case was there.
    Then(Time),
    /// No such moment; why, beside the field it was asked in.
    Never(Problem),
}

impl Asked {
    /// The moment in the case that is asked for.
    pub(super) fn answer(&self, page: &Page, seen: &CaseSight) -> Answered {
        let hours = self.hours.trim();
        let (field, moment) = if hours.is_empty() {
            ("as_of", read(page.zone(), &self.as_of))
        } else {
            ("hours", hours_after(seen.file.standing.deadline.aware_at, hours))
        };
        let reported_at = seen.file.known.reported_at;
        let sentence = match moment {
            Ok(None) => return Answered::Now,
            Ok(Some(moment)) if moment < reported_at => {
                let reported_at = page.moment(&reported_at).words().to_owned();
                page.say_with("as_of-before", &[("reported_at", reported_at)])
            }
            Ok(Some(moment)) if page.now() < moment => page.say("as_of-future"),
            Ok(Some(moment)) => return Answered::Then(moment),
            Err(key) => page.say(key),
        };
        Answered::Never(Problem { field: Some(field.to_owned()), sentence })
    }

    /// The control, filled in with what was asked, and saying what is wrong with it.
    pub(super) fn form(&self, page: &Page, problem: Option<Problem>) -> Form {
        let values = Posted::default().and("as_of", &self.as_of).and("hours", &self.hours);
        Form::returned(page, FAMILY, values, problem.into_iter().collect())
    }
}

/// A moment in an address: to the second and the zone as the links have it, or on the
/// organisation's clocks as the field sends it.
pub(in crate::pages) fn read(zone: Zone, text: &str) -> Result<Option<Time>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let exact = text.parse::<Time>().ok().filter(|at| YEARS.contains(&at.year()));
    exact.map_or_else(|| zone.read(text), Ok).map(Some).map_err(|problem| match problem {
        WallTimeProblem::Unreadable => "as_of-unreadable",
        WallTimeProblem::SkippedByTheClock => "as_of-skipped",
    })
}

fn hours_after(aware_at: Time, hours: &str) -> Result<Option<Time>, &'static str> {
    let hours = hours.parse().ok().filter(|hours| (0..=HOURS_MAX).contains(hours));
    hours.map(|hours| Some(aware_at + TimeDelta::hours(hours))).ok_or("as_of-not_hours")
}

/// A moment as links have it, exact to what is recorded.
pub(in crate::pages) fn in_link(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Where a case is shown as it was known at a moment.
pub(super) fn as_of_url(number: CaseNumber, at: Time) -> String {
    format!("{}?as_of={}", case_url(number), in_link(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_is_read_as_links_and_as_fields_have_it() {
        let oslo = Zone::from(chrono_tz::Europe::Oslo);
        let at = time("2026-03-02T07:30:00.000001Z");
        assert_eq!(read(oslo, &in_link(at)), Ok(Some(at)));
        let half_past_eight = Ok(Some(time("2026-03-02T07:30:00Z")));
        assert_eq!(read(oslo, "2026-03-02T08:30"), half_past_eight);
        assert_eq!(read(oslo, "2026-03-02T08:30:00+01:00"), half_past_eight);
        assert_eq!(read(oslo, " "), Ok(None));
        assert_eq!(read(oslo, "2026-03-29T02:30"), Err("as_of-skipped"));
        for wrong in ["yesterday", "+262142-12-31T23:59:59Z", "+12026-03-02T08:30"] {
            assert_eq!(read(oslo, wrong), Err("as_of-unreadable"));
        }
    }

    #[test]
    fn hours_count_from_when_we_became_aware() {
        let aware_at = time("2026-03-27T12:00:00Z");
        // The clocks go forward in between, and twenty hours stay twenty hours.
        assert_eq!(hours_after(aware_at, "20"), Ok(Some(time("2026-03-28T08:00:00Z"))));
        for wrong in ["-1", "20.5", "1e3", "999999999999", "x"] {
            assert_eq!(hours_after(aware_at, wrong), Err("as_of-not_hours"), "{wrong}");
        }
    }
}
