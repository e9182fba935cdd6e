//! `/cases/{year}/{sequence}/who-read`: who has read a case, made by the data protection officer
//! for one person who is named in it, to print and hand over.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::ids::{CaseNumber, UserId};
use serde::Deserialize;
use service::Sight;
use service::who_looked::Looks;

use super::path::CasePath;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Form, Posted};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::access_log::ground;
use crate::pages::who_looked::rows;
use crate::routes;

const FAMILY: &str = "who_read";

/// Somebody the case is about, who is no member of the organisation.
const OTHER: &str = "other";

#[derive(Template)]
#[template(path = "who_read.html")]
struct AskPage {
    page: Page,
    number: CaseNumber,
    form: Form,
    people: Vec<Choice>,
    ways: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "who_read_report.html")]
struct ReportPage {
    page: Page,
    number: CaseNumber,
    /// For whom; nothing where the name is written by hand.
    name: Option<String>,
    has_names: bool,
    made_at: Time,
    rows: Vec<Read>,
}

/// Looks of one person, or on one ground.
struct Read {
    who: String,
    ground: String,
    times: u32,
    first: Time,
    last: Time,
}

/// What an address asks for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(rename = "for")]
    whom: Option<String>,
    #[serde(rename = "as", default)]
    way: Way,
}

/// What is told of those who read.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default)]
#[serde(rename_all = "snake_case")]
enum Way {
    #[default]
    Names,
    Grounds,
}

/// `GET /cases/{year}/{sequence}/who-read`: for whom?
pub(crate) async fn ask(
    State(app): State<App>,
    person: Person,
    path: CasePath,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let Person { page, who, .. } = person;
    let seen = app.service().case_file(&who, case, routes::CASE_WHO_READ).await?;
    if seen.sight != Sight::Everything {
        return Err(Fault::NotPermitted);
    }
    let names = Names::new(&app, &page);
    let involved = seen.file.known.involved.iter();
    let involved = involved.map(|(_, user)| Choice::new(user, names.person(user)));
    let other = Choice::term(page.texts(), "who_read-for", OTHER);
    let people = involved.chain([other]).collect();
    let way = |way| Choice::new(way, page.say(&format!("who_read-as-{way}")));
    let ways = ["names", "grounds"].map(way).to_vec();
    let values = Posted::default().and("as", "names");
    let form = Form::new(&page, FAMILY, values);
    Ok(answer::page(&AskPage { page, number, form, people, ways }))
}

/// `GET /cases/{year}/{sequence}/who-read/report`: once it is said for whom.
pub(crate) async fn report(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Some(whom) = asked.whom else { return ask(State(app), person, path).await };
    let (case, number) = path.find(&app)?;
    let Person { page, who, .. } = person;
    let looks = app.service().looks_at_case(&who, case, routes::CASE_WHO_READ_REPORT).await?;
    let name = match whom.as_str() {
        OTHER => None,
        user => Some(involved(&app, &page, number, user)?),
    };
    let has_names = asked.way == Way::Names;
    let rows = if has_names { by_name(&app, &page, &looks) } else { by_ground(&page, &looks) };
    let made_at = page.now();
    Ok(answer::page(&ReportPage { page, number, name, has_names, made_at, rows }))
}

/// The name of somebody involved in the case, and of nobody else.
fn involved(app: &App, page: &Page, number: CaseNumber, user: &str) -> Result<String, Fault> {
    let user = user.parse::<UserId>().map_err(|_| Fault::NotFound)?;
    let is_involved = {
        let views = app.service().views();
        let row = views.inbox.case(number).and_then(|case| views.inbox.row(case));
        row.is_some_and(|row| row.involved.contains(&user))
    };
    is_involved.then(|| Names::new(app, page).person(user)).ok_or(Fault::NotFound)
}

fn by_name(app: &App, page: &Page, looks: &[Looks]) -> Vec<Read> {
    let read = |row: crate::pages::who_looked::Row| Read {
        who: row.who,
        ground: row.ground,
        times: row.times,
        first: row.first,
        last: row.last,
    };
    rows(app, page, looks).into_iter().map(read).collect()
}

fn by_ground(page: &Page, looks: &[Looks]) -> Vec<Read> {
    let mut grounds: BTreeMap<String, Read> = BTreeMap::new();
    for it in looks {
        let ground = ground(page, &it.ground);
        let read = grounds.entry(ground.clone()).or_insert_with(|| Read {
            who: String::new(),
            ground,
            times: 0,
            first: it.first,
            last: it.last,
        });
        read.times += it.times;
        (read.first, read.last) = (read.first.min(it.first), read.last.max(it.last));
    }
    grounds.into_values().collect()
}
