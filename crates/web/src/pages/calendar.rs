//! `/calendar/{secret}.ics`: somebody's running clocks as an iCalendar (RFC 5545), for calendars
//! that ask again and again. It leaves the house, so it carries case numbers and nothing of a case,
//! not even which duty it is.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::Time;
use icalendar::{Calendar, Component, Event, EventLike};
use service::{RunningClock, secrets};

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
fn written(texts: Texts, base_url: &str, clocks: &[RunningClock], now: Time) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", PRODUCT));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.append_property(("X-WR-CALNAME", &*texts.say("calendar-name")));
    calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", ASK_AGAIN));
    for clock in clocks {
        let number = clock.number.to_string();
        let event = Event::new()
            .uid(&identifier(clock))
            .timestamp(now)
            .starts(clock.due_at)
            .summary(&texts.say_with("calendar-summary", &[("number", number)]))
            .url(&format!("{base_url}{}", case_url(clock.number)))
            .add_property("TRANSP", "TRANSPARENT")
            .done();
        calendar.push(event);
    }
    calendar.to_string()
}

/// The same for one clock whenever it is asked for, and telling nothing of the duty.
fn identifier(clock: &RunningClock) -> String {
    let whose = format!("{} {}", clock.case, clock.duty.id);
    format!("{}@avvik", secrets::hash("calendar event", &whose))
}
