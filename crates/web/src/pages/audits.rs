//! `/audits`: the looks at cases that auditors were granted: an auditor finds their own there.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Actor, Role, Time};
use serde::Deserialize;
use service::Step;
use service::audits::Granted;

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

#[derive(Template)]
#[template(path = "audits.html")]
struct AuditsPage {
    page: Page,
    /// Whether they are the reader's own alone.
    is_own: bool,
    audits: Paged<Shown>,
}

/// A look in words.
struct Shown {
    url: String,
    number: String,
    who: String,
    purpose: String,
    by: String,
    at: Time,
    until: Time,
    ended_at: Option<Time>,
    is_running: bool,
    /// Where it is taken back, while it runs, for those who may.
    revoke: Option<String>,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

/// `GET /audits`: those that run first.
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let wanted = asked.page.unwrap_or(1);
    let pick = |total| on_page(total, wanted);
    let found = app.service().audits(&who, routes::AUDITS, pick).await?;
    let names = Names::new(&app, &page);
    let is_own = !who.roles.hold_any(Step::RevokeAudit.roles());
    let audits = Paged::of(found.items, found.total, wanted);
    let audits = audits.map(|it| shown(&page, &names, is_own, &it));
    Ok(answer::page(&AuditsPage { page, is_own, audits }))
}

fn shown(page: &Page, names: &Names, is_own: bool, it: &Granted) -> Shown {
    let audit = &it.audit;
    let by = match audit.by {
        Actor::User(user) => names.person(user),
        Actor::Reporter | Actor::Respondent | Actor::Service => page.say("product"),
    };
    let revoke = form_url(it.number, Step::RevokeAudit).filter(|_| !is_own && it.is_running);
    Shown {
        url: case_url(it.number),
        number: it.number.to_string(),
        who: names.person(audit.auditor),
        purpose: it.purpose.text_or(&page.say("erased")).to_owned(),
        by,
        at: audit.at,
        until: audit.until,
        ended_at: audit.ended_at,
        is_running: it.is_running,
        revoke,
    }
}

/// Those who are led to the page: auditors to what they see, the controller to what was granted.
pub(crate) const READERS: [Role; 2] = [Role::Controller, Role::Auditor];
