//! `/alerts`: unusual reading, for the auditor and the data protection officer. Numbers, times and
//! people, and nothing of any case.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::organisation::{AccessRule, UnusualAccess};
use serde::Deserialize;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::paging::Paged;
use crate::routes;

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    page: Page,
    alerts: Paged<Shown>,
}

/// An alert in words.
struct Shown {
    at: Time,
    who: String,
    rule: AccessRule,
    count: u32,
    limit: u32,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

/// `GET /alerts`: the latest on top.
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let found = app.service().access_alerts(&who, routes::ALERTS).await?;
    let names = Names::new(&app, &page);
    let shown = |it: UnusualAccess| Shown {
        at: it.looked_at,
        who: names.person(it.user),
        rule: it.rule,
        count: it.count,
        limit: it.limit,
    };
    let alerts = Paged::new(found, asked.page.unwrap_or(1)).map(shown);
    Ok(answer::page(&AlertsPage { page, alerts }))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn every_rule_has_its_words() {
        for rule in AccessRule::iter() {
            let words = Texts::new(Language::Nb).term("alerts-rule", <&str>::from(rule));
            assert!(!words.is_empty(), "{rule:?}");
        }
    }
}
