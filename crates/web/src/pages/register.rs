//! `/register` and `/register.csv`: every breach with its facts, its effects and what was done
//! about it, notified or not (GDPR art. 33(5)).

mod facts;
mod sheet;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use views::register::Entry;

use self::facts::{GROUPS, Teller, Value};
use super::case::path::case_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::paging::Paged;
use crate::routes;

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    entries: Paged<ShownEntry>,
}

/// A breach as the page tells it.
struct ShownEntry {
    url: String,
    number: String,
    groups: Vec<ShownGroup>,
}

/// Facts that belong together, under a heading: those there are.
struct ShownGroup {
    key: &'static str,
    facts: Vec<(&'static str, Value)>,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

/// `GET /register`: the newest first.
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let mut entries = app.service().register(&who, false, routes::REGISTER).await?;
    entries.reverse();
    let names = Names::new(&app, &page);
    let teller = Teller { page: &page, names: &names };
    let entries = Paged::new(entries, asked.page.unwrap_or(1));
    let entries = entries.map(|entry| ShownEntry::new(&teller, &entry));
    Ok(answer::page(&RegisterPage { page, entries }))
}

/// `GET /register.csv`: the whole register, in order of number.
pub(crate) async fn export(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let entries = app.service().register(&who, true, routes::REGISTER_CSV).await?;
    let names = Names::new(&app, &page);
    let teller = Teller { page: &page, names: &names };
    crate::sheet::answer(&page.say("register-file"), sheet::rows(&teller, &entries))
}

impl ShownEntry {
    fn new(teller: &Teller<'_>, entry: &Entry) -> Self {
        let groups = GROUPS.iter().map(|(key, facts)| {
            let told = facts.iter().map(|(key, told)| (*key, told(teller, entry)));
            ShownGroup { key, facts: told.filter(|(_, value)| !value.is_nothing()).collect() }
        });
        Self {
            url: case_url(entry.number),
            number: entry.number.to_string(),
            groups: groups.collect(),
        }
    }
}
