//! `/register`: every breach with its facts, its effects, what was done about it and the reasons
//! for each decision, notified or not (GDPR art. 33(5)); as it is, and as it was known on a day;
//! also as CSV and as a workbook.

pub(crate) mod asked;
mod decisions;
mod facts;
mod sheet;

use std::ops::Range;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use service::who_looked::Leaves;
use views::register::Entry;

use self::asked::Asked;
use self::facts::{GROUPS, Teller};
use super::case::path::case_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::Form;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::documents;
use crate::paging::{Paged, on_page};
use crate::papers::{Office, register as register_paper};
use crate::routes;
use crate::sheet::workbook::{self, Setting};
use crate::sheet::{Cell, file};

/// Breaches that one document tells of: some two hundred pages.
const IN_ONE_DOCUMENT: usize = 200;

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    form: Form,
    /// The end of the day as of which it is told, where that is not today.
    known_at: Option<Time>,
    /// The days asked for, for the files and the next page.
    query: String,
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
    facts: Vec<(&'static str, Cell)>,
}

/// `GET /register`: the newest first.
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&person.page, asked);
    listed(&app, person, &asked).await
}

/// `GET /register.csv`: the whole register, in order of number.
pub(crate) async fn export(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&person.page, asked);
    if asked.is_wrong() {
        return listed(&app, person, &asked).await;
    }
    let (page, entries) = taken_out(&app, person, &asked, routes::REGISTER_CSV).await?;
    let name = format!("{}{}.csv", page.say("register-file"), asked.in_file_name());
    let names = Names::new(&app, &page);
    // A long list is written where it keeps no other answer waiting.
    let written = tokio::task::spawn_blocking(move || {
        let teller = Teller { page: &page, names: &names };
        crate::sheet::sheet(sheet::lines(&teller, entries))
    });
    let written = written.await.expect("writing a sheet does not panic");
    let written = written.map_err(|error| Fault::internal(&error))?;
    Ok(file(&name, "text/csv; charset=utf-8", written))
}

/// `GET /register.xlsx`: the same as a workbook.
pub(crate) async fn workbook(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&person.page, asked);
    if asked.is_wrong() {
        return listed(&app, person, &asked).await;
    }
    let (page, entries) = taken_out(&app, person, &asked, routes::REGISTER_XLSX).await?;
    let name = format!("{}{}.xlsx", page.say("register-file"), asked.in_file_name());
    let title = page.say("register-sheet") + &asked.in_file_name();
    let names = Names::new(&app, &page);
    let written = tokio::task::spawn_blocking(move || {
        let teller = Teller { page: &page, names: &names };
        let cut = page.say("register-cut");
        let setting = Setting { title: &title, cut: &cut, zone: page.zone() };
        let rows = entries.into_iter().map(|entry| sheet::row(&teller, &entry));
        workbook::workbook(&setting, &sheet::columns(&page), rows)
    });
    let written = written.await.expect("writing a workbook does not panic");
    let written = written.map_err(|error| Fault::internal(&error))?;
    Ok(file(&name, workbook::KIND, written))
}

/// Everything that is asked for, for a file.
async fn taken_out(
    app: &App,
    person: Person,
    asked: &Asked,
    route: &'static str,
) -> Result<(Page, Vec<Entry>), Fault> {
    let Person { page, who, .. } = person;
    let all = |total| 0..total;
    let part = app.service().register(&who, asked.register, Leaves::Yes, route, all).await?;
    Ok((page, part.items))
}

/// `GET /register.pdf`: the same as a document for the archive, of as many breaches as one file
/// holds; more are asked for period by period.
pub(crate) async fn document(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let mut asked = Asked::read(&person.page, asked);
    if asked.is_wrong() {
        return listed(&app, person, &asked).await;
    }
    let Person { page, who, .. } = &person;
    let register = asked.register;
    let some = |total: usize| 0..if total <= IN_ONE_DOCUMENT { total } else { 0 };
    let part =
        app.service().register(who, register, Leaves::Yes, routes::REGISTER_PDF, some).await?;
    if IN_ONE_DOCUMENT < part.total {
        asked.refuse_too_many(page, IN_ONE_DOCUMENT);
        return listed(&app, person, &asked).await;
    }
    let names = Names::new(&app, page);
    let office = Office::new(&app, page, &names);
    let at = register.known_at.unwrap_or_else(|| page.now());
    let document = register_paper::document(&office, page, &part.items, at);
    let name = format!("{}{}.pdf", page.say("register-file"), asked.in_file_name());
    documents::file(&name, document).await
}

async fn listed(app: &App, person: Person, asked: &Asked) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let wanted = asked.page();
    let pick = |total: usize| {
        let here = if asked.is_wrong() { 0..0 } else { on_page(total, wanted) };
        from_the_end(total, &here)
    };
    let route = routes::REGISTER;
    let mut register = asked.register;
    if asked.is_wrong() {
        // Nothing is shown, so nothing is read out of the log for it.
        register.known_at = None;
    }
    let part = app.service().register(&who, register, Leaves::No, route, pick).await?;
    let names = Names::new(app, &page);
    let teller = Teller { page: &page, names: &names };
    let shown = part.items.iter().rev().map(|entry| ShownEntry::new(&teller, entry)).collect();
    let total = if asked.is_wrong() { 0 } else { part.total };
    let shown = RegisterPage {
        form: asked.form(&page),
        known_at: register.known_at,
        query: asked.query(),
        entries: Paged::of(shown, total, wanted),
        page,
    };
    Ok(if asked.is_wrong() { answer::returned(&shown) } else { answer::page(&shown) })
}

/// Of so many in order of number, those that stand at `here` when the newest comes first.
fn from_the_end(total: usize, here: &Range<usize>) -> Range<usize> {
    total - here.end..total - here.start
}

impl RegisterPage {
    /// The address of the list, up to the number of a page.
    fn address(&self) -> String {
        let separator = if self.query.is_empty() { "?" } else { "&" };
        format!("{}{}{separator}page=", routes::REGISTER, self.query)
    }

    /// Whether anything was asked for that narrows the register.
    fn is_narrowed(&self) -> bool {
        !self.query.is_empty()
    }
}

/// What the register tells of a breach, group by group, in words.
pub(crate) fn in_groups(
    page: &Page,
    names: &Names,
    entry: &Entry,
) -> Vec<(String, Vec<(String, String)>)> {
    let teller = Teller { page, names };
    let groups = GROUPS.iter().map(|(key, facts)| {
        let told = facts.iter().map(|it| (it.key, (it.tell)(&teller, entry)));
        let told = told.filter(|(_, cell)| !cell.is_nothing());
        let in_words = |cell| match cell {
            Cell::Moment(at) => page.moment(&at).words().to_owned(),
            other => other.into_words(page.zone()),
        };
        let told = told.map(|(key, cell)| (page.say(key), in_words(cell)));
        (page.say(key), told.collect::<Vec<_>>())
    });
    groups.filter(|(_, told)| !told.is_empty()).collect()
}

impl ShownEntry {
    fn new(teller: &Teller<'_>, entry: &Entry) -> Self {
        let groups = GROUPS.iter().map(|(key, facts)| {
            let told = facts.iter().map(|it| (it.key, (it.tell)(teller, entry)));
            ShownGroup { key, facts: told.filter(|(_, cell)| !cell.is_nothing()).collect() }
        });
        Self {
            url: case_url(entry.number),
            number: entry.number.to_string(),
            groups: groups.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_taken_from_the_end() {
        assert_eq!(from_the_end(7, &(0..5)), 2..7);
        assert_eq!(from_the_end(7, &(5..7)), 0..2);
        assert_eq!(from_the_end(7, &(0..0)), 7..7);
    }
}
