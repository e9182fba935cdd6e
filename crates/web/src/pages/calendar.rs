//! `/calendar/{secret}.ics`: somebody's running clocks as an iCalendar (RFC 5545), for calendars
//! that ask again and again. It leaves the house, so it carries numbers of cases and of management
//! reviews, and nothing of a case, not even which duty it is,
//! or that it is a question somebody is to answer.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::Time;
use domain::ids::CaseNumber;
use domain::review::ReviewNumber;
use icalendar::{Calendar, Component, Event, EventLike};
use service::{CalendarClocks, RunningClock, WaitingQuestion, secrets};

use super::case::path::case_url;
use crate::App;
use crate::fault::Fault;
use crate::language::Language;
use crate::routes;
use crate::text::Texts;

/// Who made it, as RFC 5545 section 3.7.3 asks.
const PRODUCT: &str = "-//Avvik//Avvik//EN";

/// How often a calendar should ask again (RFC 7986 section 5.7).
const ASK_AGAIN: &str = "PT1H";

/// A clock as it stands in the calendar.
struct Entry {
    /// The same for one clock whenever it is asked for; it is told as a hash.
    whose: String,
    due_at: Time,
    summary: String,
    path: String,
}

/// `GET /calendar/{secret}.ics`
pub(crate) async fn show(
    State(app): State<App>,
    Path(file): Path<String>,
) -> Result<Response, Fault> {
    let secret = file.strip_suffix(".ics").ok_or(Fault::NotFound)?;
    let clocks = app.service().calendar(secret, routes::CALENDAR).await?;
    let settings = app.service().settings();
    let texts = Texts::new(Language::FALLBACK).within(settings.duties.calendar.jurisdiction);
    let calendar = written(texts, &settings.base_url, &clocks, app.service().now());
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar).into_response())
}

/// The calendar, as it stood at `now`.
fn written(texts: Texts, base_url: &str, clocks: &CalendarClocks, now: Time) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", PRODUCT));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.append_property(("X-WR-CALNAME", &*texts.say("calendar-name")));
    calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", ASK_AGAIN));
    let of_review = clocks.review.map(|clock| Entry::of_review(texts, clock));
    let of_cases = clocks.cases.iter().map(|clock| Entry::of_case(texts, clock));
    let of_questions = clocks.questions.iter().map(|it| Entry::of_question(texts, it));
    let entries = of_cases.chain(of_questions).chain(of_review);
    for Entry { whose, due_at, summary, path } in entries {
        let event = Event::new()
            .uid(&format!("{}@avvik", secrets::hash("calendar event", &whose)))
            .timestamp(now)
            .starts(due_at)
            .summary(&summary)
            .url(&format!("{base_url}{path}"))
            .add_property("TRANSP", "TRANSPARENT")
            .done();
        calendar.push(event);
    }
    calendar.to_string()
}

impl Entry {
    fn of_case(texts: Texts, clock: &RunningClock) -> Self {
        let whose = format!("{} {}", clock.case, clock.duty.id);
        Self::within(texts, clock.number, whose, clock.due_at)
    }

    fn of_question(texts: Texts, it: &WaitingQuestion) -> Self {
        Self::within(texts, it.number, format!("{} question {}", it.case, it.inquiry), it.due_at)
    }

    /// Whatever runs in a case is told in the same words.
    fn within(texts: Texts, number: CaseNumber, whose: String, due_at: Time) -> Self {
        let summary = texts.say_with("calendar-summary", &[("number", number.to_string())]);
        Self { whose, due_at, summary, path: case_url(number) }
    }

    /// The clock of the next review, which runs from the one before it.
    fn of_review(texts: Texts, (before, due_at): (ReviewNumber, Time)) -> Self {
        let number = before.to_string();
        Self {
            whose: format!("review {number}"),
            due_at,
            summary: texts.say_with("calendar-review", &[("number", number)]),
            path: routes::REVIEWS.to_owned(),
        }
    }
}
