//! `/access-log`: who looked at what, the latest look on top.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Actor, Position, Role, Time};
use serde::Deserialize;
use service::permit::Ground;
use service::{Access, AccessLine, REFUSED};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

/// Lines of one page.
const LINES_MAX: u16 = 50;

/// The lists that have a title of their own.
const LISTS: [&str; 17] = [
    "inbox",
    "clocks",
    "calendar",
    "register",
    "access_log",
    "post",
    "organisation",
    "own_reports",
    "measures",
    "inquiries",
    "who_looked",
    "openings",
    "audits",
    "access_alerts",
    "precedents",
    "statistics",
    "reviews",
];

/// The ground of what is taken at the command line.
const COMMAND_LINE: &str = "command_line";

#[derive(Template)]
#[template(path = "access_log.html")]
struct AccessLogPage {
    page: Page,
    lines: Vec<Line>,
    is_latest: bool,
    newer: Option<u64>,
    older: Option<u64>,
}

/// A look, in words.
struct Line {
    at: Time,
    who: String,
    what: String,
    page: String,
    ground: String,
    is_refused: bool,
}

/// What the address may say.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    before: Option<u64>,
}

/// `GET /access-log`
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let before = asked.before.map(Position);
    let lines = app.service().access_log(&who, before, LINES_MAX, routes::ACCESS_LOG).await?;
    let ends = (lines.first().map(|it| it.0), lines.last().map(|it| it.0));
    let (older, newer) = beside(before, ends);
    let names = Names::new(&app, &page);
    let shown = lines.iter().rev().map(|(_, it)| line(&app, &page, &names, it)).collect();
    Ok(answer::page(&AccessLogPage {
        lines: shown,
        is_latest: before.is_none(),
        newer,
        older,
        page,
    }))
}

/// Where the pages of older and of newer lines end. Those pages begin and end at fixed lines,
/// whenever they are asked for: the log grows by every look at it, and an address that moved along
/// with it would lead to ever new ones. So the first of them may repeat some of the latest lines.
fn beside(
    before: Option<Position>,
    (first, last): (Option<Position>, Option<Position>),
) -> (Option<u64>, Option<u64>) {
    let lines_max = u64::from(LINES_MAX);
    let older = first.filter(|first| 1 < first.0);
    let older = older.map(|first| (first.0 - 1).div_ceil(lines_max) * lines_max + 1);
    let is_followed = |before: &Position| last.is_some_and(|last| last.0 + 1 == before.0);
    let newer = before.filter(is_followed).map(|before| before.0 + lines_max);
    (older, newer)
}

fn line(app: &App, page: &Page, names: &Names, line: &AccessLine) -> Line {
    Line {
        at: line.at,
        who: who(page, names, line.by),
        what: what(app, page, &line.what),
        page: line.page.clone(),
        ground: ground(page, &line.ground),
        is_refused: line.ground == REFUSED,
    }
}

fn who(page: &Page, names: &Names, by: Actor) -> String {
    match by {
        Actor::User(user) => names.person(user),
        Actor::Reporter => page.say("access_log-reporter"),
        Actor::Respondent => page.say("access_log-respondent"),
        Actor::Service => page.say("product"),
    }
}

/// What was looked at. A case is its number alone, and a search says nothing of what was searched
/// for: whoever reviews the log sees nothing of the cases.
fn what(app: &App, page: &Page, what: &Access) -> String {
    match what {
        Access::Case(case) => match app.service().views().inbox.row(*case) {
            Some(row) => page.say_with("access_log-case", &[("number", row.number)]),
            None => page.say("access_log-some-case"),
        },
        Access::Review(review) => {
            let views = app.service().views();
            let number = views.reviews.one(*review).and_then(|it| Some(it.known()?.number));
            let number = number.map(|it| it.to_string()).unwrap_or_default();
            page.say_with("access_log-review", &[("number", number)])
        }
        Access::List(name) => list_title(page, name),
        Access::Search { .. } => page.say("access_log-search"),
        Access::Export(name) => {
            page.say_with("access_log-export", &[("list", list_title(page, name))])
        }
    }
}

/// The log is older than any title: a list that has none any more goes by its name.
pub(super) fn list_title(page: &Page, name: &str) -> String {
    match LISTS.iter().find(|list| **list == name) {
        Some(list) => page.term("access_log-list", list),
        None => name.to_owned(),
    }
}

/// Why somebody was let in, in words.
pub(super) fn ground(page: &Page, ground: &str) -> String {
    match ground.parse::<Role>() {
        Ok(role) => page.term("role", &role),
        Err(_) if ground == REFUSED => page.say("access_log-refused"),
        Err(_) if ground == <&str>::from(Ground::Deputy) => page.say("access_log-deputy"),
        Err(_) if ground == <&str>::from(Ground::Asked) => page.say("access_log-asked"),
        Err(_) if ground == <&str>::from(Ground::SecretLink) => page.say("access_log-link"),
        Err(_) if ground == <&str>::from(Ground::OutsideRole) => {
            page.say("access_log-outside_role")
        }
        Err(_) if ground == <&str>::from(Ground::Granted) => page.say("access_log-granted"),
        Err(_) if ground == COMMAND_LINE => page.say("access_log-command_line"),
        Err(_) => ground.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use service::permit::Overview;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn pages_begin_at_fixed_lines_and_none_is_skipped() {
        let beside = |before: Option<u64>, first, last| {
            beside(before.map(Position), (Some(Position(first)), Some(Position(last))))
        };
        assert_eq!(beside(None, 12, 61), (Some(51), None), "the latest");
        assert_eq!(beside(None, 13, 62), (Some(51), None), "the latest, one look later");
        assert_eq!(beside(None, 51, 100), (Some(51), None), "the latest, a full page");
        assert_eq!(beside(Some(51), 1, 50), (None, Some(101)), "the oldest");
        assert_eq!(beside(Some(101), 51, 100), (Some(51), Some(151)), "one between");
        assert_eq!(beside(Some(151), 71, 120), (Some(101), None), "one not full yet");
    }

    #[test]
    fn every_list_has_a_title() {
        for overview in Overview::iter() {
            let name = <&str>::from(overview);
            assert!(LISTS.contains(&name), "{name}");
        }
        for list in LISTS {
            assert!(!Texts::new(Language::Nb).term("access_log-list", list).is_empty());
        }
    }
}
