//! Which figures an address asks for: whoever sees every figure asks for days, a unit and a moment,
//! the others for a year that has passed.

use chrono::{Datelike, NaiveDate};
use domain::Time;
use domain::ids::UnitId;
use service::statistics::YEARS_BEFORE_MAX;
use service::{AsOf, FiguresAsked, FiguresSight, SignedIn};
use views::statistics::Span;

use super::Shown;
use crate::App;
use crate::forms::{Choice, Form, Posted, Problem};
use crate::names::Names;
use crate::page::Page;
use crate::pages::register::asked::known_at;
use crate::times::Zone;

/// The family of its fields.
const FAMILY: &str = "statistics";

/// What can be asked for.
const FIELDS: [&str; 6] = ["from", "until", "as_of", "unit", "years", "year"];

/// Years that can be chosen.
const YEARS: i32 = 10;

/// With how many years before figures are compared, when nothing else is asked for.
pub(crate) const YEARS_BEFORE: u8 = 1;

/// What an address asks for, as it stands there.
pub(super) struct Asked {
    posted: Posted,
    sight: FiguresSight,
    this_year: i32,
    figures: FiguresAsked,
    as_of: Option<Time>,
    /// What does not fit.
    problems: Vec<Problem>,
}

impl Asked {
    /// Reads what stands behind the question mark; nothing for whoever sees no figures.
    pub(super) fn read(
        app: &App,
        page: &Page,
        who: &SignedIn,
        asked: Vec<(String, String)>,
    ) -> Option<Self> {
        let sight = FiguresSight::of(who)?;
        let posted: Posted = asked.into_iter().collect();
        let calendar = app.service().settings().duties.calendar;
        let this_year = calendar.day_of(page.now()).year();
        let mut reading = Reading { page, posted: &posted, problems: Vec::new() };
        let years_before = reading.number("years", YEARS_BEFORE).min(YEARS_BEFORE_MAX);
        let (span, unit, as_of) = match sight {
            FiguresSight::Desk => {
                let unit = reading.unit();
                (reading.span(this_year), unit, reading.as_of(page.zone()))
            }
            FiguresSight::Whole | FiguresSight::Unit(_) => {
                (reading.year(this_year - 1), None, None)
            }
        };
        let problems = reading.problems;
        let as_of_wanted = as_of.map_or(AsOf::Now, AsOf::Moment);
        let figures = FiguresAsked { span, years_before, unit, as_of: as_of_wanted };
        Some(Self { posted, sight, this_year, figures, as_of, problems })
    }

    /// The figures that are asked for; none where something does not fit.
    pub(super) fn figures(&self) -> Option<FiguresAsked> {
        self.problems.is_empty().then_some(self.figures)
    }

    /// The end of the day as of which they are told, where that is not today.
    pub(super) fn as_of(&self) -> Option<Time> {
        self.as_of
    }

    /// What was asked for, as another address takes it; empty, or beginning with `?`.
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

    /// The form, filled in with what is shown.
    pub(super) fn form(&self, page: &Page) -> Form {
        let span = self.figures.span;
        let value = |field: &str| match (self.posted.text(field), field) {
            ("", "from") => span.first.to_string(),
            ("", "until") => span.last.to_string(),
            ("", "year") => span.last.year().to_string(),
            ("", "years") => self.figures.years_before.to_string(),
            (text, _) => text.to_owned(),
        };
        let values = FIELDS.map(|field| (field.to_owned(), value(field)));
        Form::returned(page, FAMILY, values.into_iter().collect(), self.problems.clone())
    }

    /// The fields of the form, for whoever asks.
    pub(super) fn fields(&self, page: &Page, names: &Names) -> Vec<Shown> {
        let form = self.form(page);
        let years = (0..=YEARS_BEFORE_MAX).map(|years| {
            Choice::new(
                years,
                page.say_with("statistics-years-before", &[("count", u32::from(years))]),
            )
        });
        let years = Shown::Choice(form.field("years").with(years.collect()), String::new());
        if self.sight == FiguresSight::Desk {
            let all = page.say("statistics-every-unit");
            return vec![
                Shown::Day(form.field("from")),
                Shown::Day(form.field("until")),
                Shown::Choice(form.optional("unit").with(names.units()), all),
                years,
                Shown::Day(form.optional("as_of")),
            ];
        }
        let past = (1..=YEARS).map(|back| self.this_year - back);
        let past = past.map(|year| Choice::new(year, year.to_string())).collect();
        vec![Shown::Choice(form.field("year").with(past), String::new()), years]
    }
}

/// What is read out of an address, with what does not fit.
struct Reading<'a> {
    page: &'a Page,
    posted: &'a Posted,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn problem(&mut self, field: &str, key: &str) {
        let sentence = self.page.say(key);
        self.problems.push(Problem { field: Some(field.to_owned()), sentence });
    }

    fn day(&mut self, field: &str, otherwise: NaiveDate) -> NaiveDate {
        let text = self.posted.text(field);
        if text.is_empty() {
            return otherwise;
        }
        Zone::read_day(text).unwrap_or_else(|| {
            self.problem(field, "register-not_a_day");
            otherwise
        })
    }

    /// The days asked for; this year when nothing is.
    fn span(&mut self, this_year: i32) -> Span {
        let this_year = year(this_year);
        let first = self.day("from", this_year.first);
        let last = self.day("until", this_year.last);
        Span::new(first, last).unwrap_or_else(|| {
            self.problem("until", "statistics-not_a_span");
            this_year
        })
    }

    /// The year asked for; the last that has passed when none is.
    fn year(&mut self, last_year: i32) -> Span {
        let wanted = self.number("year", last_year);
        if last_year < wanted || wanted < last_year - YEARS {
            self.problem("year", "statistics-not_a_year");
            return year(last_year);
        }
        year(wanted)
    }

    fn number<N: std::str::FromStr>(&mut self, field: &str, otherwise: N) -> N {
        let text = self.posted.text(field);
        if text.is_empty() {
            return otherwise;
        }
        text.parse().unwrap_or_else(|_| {
            self.problem(field, "statistics-not_a_choice");
            otherwise
        })
    }

    fn unit(&mut self) -> Option<UnitId> {
        let text = self.posted.text("unit");
        let unit = text.parse().ok();
        if !text.is_empty() && unit.is_none() {
            self.problem("unit", "statistics-not_a_choice");
        }
        unit
    }

    fn as_of(&mut self, zone: Zone) -> Option<Time> {
        let text = self.posted.text("as_of");
        let day = Zone::read_day(text);
        if !text.is_empty() && day.is_none() {
            self.problem("as_of", "register-not_a_day");
        }
        known_at(zone, day?, self.page.now()).unwrap_or_else(|key| {
            self.problem("as_of", key);
            None
        })
    }
}

/// A year of our time.
fn year(year: i32) -> Span {
    Span::year(year).expect("the clock and its last years have days")
}
