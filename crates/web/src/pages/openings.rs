//! `/openings`: every case that was opened outside somebody's role: what for, for how long, and
//! whether it was looked into.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::TimeDelta;
use domain::{Actor, Role, Time};
use serde::Deserialize;
use service::Step;
use service::outside_role::Opened;

use super::case::path::case_url;
use super::steps::form_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::paging::{Paged, on_page};
use crate::routes;
use crate::times::duration_in_words;

/// A case is opened for whole minutes, but its moments are not recorded to the same part of one.
const HALF_A_MINUTE: TimeDelta = TimeDelta::seconds(30);

#[derive(Template)]
#[template(path = "openings.html")]
struct OpeningsPage {
    page: Page,
    /// Whether it is an officer, who is led to the other lists of who looked.
    is_officer: bool,
    openings: Paged<Shown>,
}

/// An opening in words.
struct Shown {
    url: String,
    number: String,
    who: String,
    purpose: String,
    at: Time,
    until: Time,
    duration: String,
    reviewed: Option<Reviewed>,
    /// Where it is looked into, while it was not.
    review: Option<String>,
}

struct Reviewed {
    by: String,
    at: Time,
    finding: String,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

/// `GET /openings`: what nobody looked into first.
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let wanted = asked.page.unwrap_or(1);
    let pick = |total| on_page(total, wanted);
    let found = app.service().openings(&who, routes::OPENINGS, pick).await?;
    let names = Names::new(&app, &page);
    let openings = Paged::of(found.items, found.total, wanted);
    let openings = openings.map(|it| shown(&page, &names, &it));
    let is_officer = who.roles.holds(Role::Dpo);
    Ok(answer::page(&OpeningsPage { page, is_officer, openings }))
}

fn shown(page: &Page, names: &Names, it: &Opened) -> Shown {
    let erased = page.say("erased");
    let opening = &it.opening;
    let who = |by| match by {
        Actor::User(user) => names.person(user),
        Actor::Reporter | Actor::Respondent | Actor::Service => page.say("product"),
    };
    let finding = it.finding.as_ref().map(|it| it.text_or(&erased).to_owned());
    let reviewed = opening.reviewed.map(|(by, at)| Reviewed {
        by: who(by),
        at,
        finding: finding.unwrap_or_default(),
    });
    Shown {
        url: case_url(it.number),
        number: it.number.to_string(),
        who: names.person(opening.user),
        purpose: it.purpose.text_or(&erased).to_owned(),
        at: opening.at,
        until: opening.until,
        duration: duration_in_words(page.texts(), opening.until - opening.at + HALF_A_MINUTE),
        review: form_url(it.number, Step::ReviewOpening).filter(|_| reviewed.is_none()),
        reviewed,
    }
}
