//! Which register an address asks for: as of which day, and of breaches reported on which days.

use chrono::{NaiveDate, TimeDelta};
use domain::Time;
use service::RegisterAsked;
use views::register::Period;

use crate::forms::{Form, Posted, Problem};
use crate::page::Page;
use crate::times::Zone;

/// The family of its fields.
const FAMILY: &str = "register";

/// What can be asked for, in the order of the form.
const FIELDS: [&str; 3] = ["as_of", "from", "until"];

/// What an address asks for, as it stands there.
pub(super) struct Asked {
    posted: Posted,
    /// The register that is asked for; of what does not fit, nothing.
    pub(super) register: RegisterAsked,
    /// What does not fit.
    problems: Vec<Problem>,
}

/// The instant before the day after begins: with it, a day has ended.
const A_MOMENT: TimeDelta = TimeDelta::microseconds(1);

/// The register as it was known when a day ended on the organisation's clocks; as it is known now,
/// where the day is today. `Err` says what is wrong with the day.
pub(crate) fn known_at(
    zone: Zone,
    day: NaiveDate,
    now: Time,
) -> Result<Option<Time>, &'static str> {
    let today = zone.local(now).date_naive();
    if today < day {
        return Err("register-future");
    }
    let ended = zone.begins(day.succ_opt().ok_or("register-future")?) - A_MOMENT;
    Ok((day < today).then_some(ended))
}

/// The breaches reported from one day to another, the last included.
pub(crate) fn period(zone: Zone, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Period {
    let next = |day: NaiveDate| day.succ_opt().map(|day| zone.begins(day));
    Period { from: from.map(|day| zone.begins(day)), until: until.and_then(next) }
}

impl Asked {
    /// Reads what stands behind the question mark.
    pub(super) fn read(page: &Page, asked: Vec<(String, String)>) -> Self {
        let posted: Posted = asked.into_iter().collect();
        let mut problems = Vec::new();
        let mut problem = |field: &str, key: &str| {
            problems.push(Problem { field: Some(field.to_owned()), sentence: page.say(key) });
        };
        let zone = page.zone();
        let [as_of, from, until] = FIELDS.map(|field| match posted.text(field) {
            "" => None,
            text => {
                let day = Zone::read_day(text);
                if day.is_none() {
                    problem(field, "register-not_a_day");
                }
                day
            }
        });
        let known_at = as_of.and_then(|day| {
            known_at(zone, day, page.now()).unwrap_or_else(|key| {
                problem("as_of", key);
                None
            })
        });
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            problem("until", "register-order");
        }
        let register = RegisterAsked { known_at, period: period(zone, from, until) };
        Self { posted, register, problems }
    }

    /// Whether something in it does not fit.
    pub(super) fn is_wrong(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Says that one document does not hold so many breaches.
    pub(super) fn refuse_too_many(&mut self, page: &Page, max: usize) {
        let sentence = page.say_with("register-too_many", &[("max", max)]);
        self.problems.push(Problem { field: Some("from".to_owned()), sentence });
    }

    /// Which page of the list.
    pub(super) fn page(&self) -> usize {
        self.posted.text("page").parse().unwrap_or(1)
    }

    /// The days asked for, as another address takes them; empty, or beginning with `?`.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for field in FIELDS {
            if !self.posted.text(field).is_empty() {
                query.append_pair(field, self.posted.text(field));
            }
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// What the day asked for adds to the name of a file; nothing today.
    pub(super) fn in_file_name(&self) -> String {
        match self.register.known_at {
            Some(_) => format!("-{}", self.posted.text("as_of")),
            None => String::new(),
        }
    }

    /// The form as it was filled in.
    pub(super) fn form(&self, page: &Page) -> Form {
        Form::returned(page, FAMILY, self.posted.clone(), self.problems.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        Zone::read_day(text).unwrap()
    }

    #[test]
    fn a_day_has_ended_when_it_is_midnight_on_the_organisations_clocks() {
        let oslo = Zone::from(chrono_tz::Europe::Oslo);
        let now = time("2026-04-01T12:00:00Z");
        let ended = |text| known_at(oslo, day(text), now);
        assert_eq!(ended("2026-03-01"), Ok(Some(time("2026-03-01T22:59:59.999999Z"))));
        // The clocks go forward on the 29th.
        assert_eq!(ended("2026-03-29"), Ok(Some(time("2026-03-29T21:59:59.999999Z"))));
        assert_eq!(ended("2026-04-01"), Ok(None));
        assert_eq!(ended("2026-04-02"), Err("register-future"));
        // It is tomorrow in Oslo already.
        let late = time("2026-04-01T22:30:00Z");
        assert_eq!(known_at(oslo, day("2026-04-02"), late), Ok(None));
    }

    #[test]
    fn a_period_holds_its_last_day() {
        let oslo = Zone::from(chrono_tz::Europe::Oslo);
        let march = period(oslo, Some(day("2026-03-01")), Some(day("2026-03-31")));
        for (at, is_held) in [
            ("2026-02-28T22:59:59Z", false),
            ("2026-02-28T23:00:00Z", true),
            ("2026-03-31T21:59:59Z", true),
            ("2026-03-31T22:00:00Z", false),
        ] {
            assert_eq!(march.holds(time(at)), is_held, "{at}");
        }
        assert!(period(oslo, None, None).holds(time("1970-01-01T00:00:00Z")));
    }
}
