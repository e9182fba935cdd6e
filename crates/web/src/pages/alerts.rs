//! `/alerts`: unusual reading, for the auditor and the data protection officer, and the form with
//! which it is looked into. Numbers, times and people, and nothing of any case.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::organisation::command::ReviewUnusualAccess;
use domain::organisation::{AccessOutcome, AccessRule};
use domain::{Actor, Position, Time};
use serde::Deserialize;
use service::HandleError;
use service::access_watch::{AccessAlert, AlertReviewed};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::paging::Paged;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "alert";

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    page: Page,
    /// Whether those are shown that somebody looked into.
    reviewed: bool,
    alerts: Paged<Shown>,
}

#[derive(Template)]
#[template(path = "alert.html")]
struct AlertPage {
    page: Page,
    alert: Shown,
    action: String,
    outcome: Field,
    form: Form,
}

/// An alert in words.
struct Shown {
    at: Time,
    who: String,
    rule: AccessRule,
    count: u32,
    limit: u32,
    /// Where it is looked into, by those who may and while nobody has.
    review: Option<String>,
    reviewed: Option<Reviewed>,
}

/// What came of looking into one.
struct Reviewed {
    outcome: String,
    by: String,
    at: Time,
    finding: Option<String>,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    reviewed: Option<String>,
    page: Option<usize>,
}

/// `GET /alerts`: what nobody looked into yet, or what somebody has; the latest on top.
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let mut found = app.service().access_alerts(&who, routes::ALERTS).await?;
    let reviewed = asked.reviewed.is_some();
    found.retain(|it| it.reviewed.is_some() == reviewed);
    let names = Names::new(&app, &page);
    let alerts = Paged::new(found, asked.page.unwrap_or(1));
    let alerts = alerts.map(|it| shown(&page, &names, &it));
    Ok(answer::page(&AlertsPage { page, reviewed, alerts }))
}

/// `GET /alerts/{line}/{rule}`
pub(crate) async fn ask(
    State(app): State<App>,
    person: Person,
    Path(path): Path<(String, String)>,
) -> Result<Response, Fault> {
    let form = Form::new(&person.page, FAMILY, Posted::default());
    Ok(answer::page(&form_page(&app, person, &path, form).await?))
}

/// `POST /alerts/{line}/{rule}`
pub(crate) async fn review(
    State(app): State<App>,
    Path(path): Path<(String, String)>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (line, rule) = named(&path)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let outcome: Option<AccessOutcome> = reader.required_choice("outcome");
    let finding = reader.required_text("finding");
    let it = reader
        .finish(|| outcome.map(|outcome| ReviewUnusualAccess { line, rule, outcome, finding }));
    let problems = match it {
        Err(problems) => problems,
        Ok(it) => match app.service().review_access(&by.who, it, key).await {
            Ok(()) => return Ok(answer::go(&format!("{}?reviewed=yes", routes::ALERTS))),
            Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
            Err(error) => return Err(error.into()),
        },
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&form_page(&app, by, &path, form).await?))
}

/// Which alert an address names.
fn named((line, rule): &(String, String)) -> Result<(Position, AccessRule), Fault> {
    let line = line.parse().map_err(|_| Fault::NotFound)?;
    let rule = rule.parse().map_err(|_| Fault::NotFound)?;
    Ok((Position(line), rule))
}

async fn form_page(
    app: &App,
    person: Person,
    path: &(String, String),
    form: Form,
) -> Result<AlertPage, Fault> {
    let Person { page, who, .. } = person;
    let (line, rule) = named(path)?;
    let found = app.service().access_alerts(&who, routes::ALERT).await?;
    let is_it = |it: &AccessAlert| it.found.line == line && it.found.rule == rule;
    let alert = found.into_iter().find(is_it).ok_or(Fault::NotFound)?;
    if !alert.is_theirs {
        return Err(Fault::NotPermitted);
    }
    let names = Names::new(app, &page);
    Ok(AlertPage {
        alert: shown(&page, &names, &alert),
        action: url(&alert),
        outcome: form
            .field("outcome")
            .with(Choice::terms::<AccessOutcome>(page.texts(), "access_outcome")),
        form,
        page,
    })
}

/// Where an alert is looked into.
fn url(it: &AccessAlert) -> String {
    format!("{}/{}/{}", routes::ALERTS, it.found.line.0, <&str>::from(it.found.rule))
}

fn shown(page: &Page, names: &Names, it: &AccessAlert) -> Shown {
    Shown {
        at: it.found.looked_at,
        who: names.person(it.found.user),
        rule: it.found.rule,
        count: it.found.count,
        limit: it.found.limit,
        review: (it.is_theirs && it.reviewed.is_none()).then(|| url(it)),
        reviewed: it.reviewed.as_ref().map(|it| reviewed(page, names, it)),
    }
}

fn reviewed(page: &Page, names: &Names, it: &AlertReviewed) -> Reviewed {
    let erased = page.say("erased");
    Reviewed {
        outcome: page.term("access_outcome", &<&str>::from(it.outcome)),
        by: match it.by {
            Actor::User(user) => names.person(user),
            Actor::Reporter | Actor::Respondent | Actor::Service => page.say("product"),
        },
        at: it.at,
        finding: it.finding.as_ref().map(|it| it.text_or(&erased).to_owned()),
    }
}

impl AlertsPage {
    /// The address of the list, up to the number of a page.
    fn address(&self) -> &'static str {
        if self.reviewed { "/alerts?reviewed=yes&page=" } else { "/alerts?page=" }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn every_rule_and_outcome_has_its_words() {
        let texts = Texts::new(Language::Nb);
        for rule in AccessRule::iter() {
            assert!(!texts.term("alerts-rule", <&str>::from(rule)).is_empty(), "{rule:?}");
        }
        for outcome in AccessOutcome::iter() {
            let words = texts.term("access_outcome", <&str>::from(outcome));
            assert!(!words.is_empty(), "{outcome:?}");
        }
    }
}
