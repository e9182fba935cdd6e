//! `/cases/{year}/{sequence}/similar`: the cases that one resembles, with why.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::case::Phase;
use domain::ids::CaseNumber;
use service::Step;
use views::similar::{Reason, Similar};

use super::path::{CasePath, case_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::steps::form_url;
use crate::routes;

#[derive(Template)]
#[template(path = "similar.html")]
struct SimilarPage {
    page: Page,
    number: CaseNumber,
    case: String,
    link: Option<String>,
    merge: Option<String>,
    similar: Vec<Shown>,
}

struct Shown {
    url: String,
    number: CaseNumber,
    category: String,
    phase: Phase,
    summary: String,
    points: u32,
    reasons: Vec<String>,
}

/// `GET /cases/{year}/{sequence}/similar`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let found = app.service().similar(&person.who, case, routes::CASE_SIMILAR).await?;
    let names = Names::new(&app, &person.page);
    let similar = found.cases.into_iter().map(|it| shown(&person.page, &names, it)).collect();
    let url = |step| form_url(number, step).filter(|_| found.may_join);
    Ok(answer::page(&SimilarPage {
        number,
        case: case_url(number),
        link: url(Step::Link),
        merge: url(Step::Merge),
        similar,
        page: person.page,
    }))
}

fn shown(page: &Page, names: &Names, it: Similar) -> Shown {
    let reasons = it.reasons.iter().map(|reason| worded(page, reason)).collect();
    let points = it.points();
    let row = it.row;
    Shown {
        url: case_url(row.number),
        number: row.number,
        category: names.category(&row.category),
        phase: row.phase(),
        summary: row.summary,
        points,
        reasons,
    }
}

fn worded(page: &Page, reason: &Reason) -> String {
    let points = reason.points();
    match reason {
        Reason::SameCategory => page.say_with("similar-category", &[("points", points)]),
        Reason::SameUnit => page.say_with("similar-unit", &[("points", points)]),
        Reason::NearInTime { days } => {
            page.say_with("similar-time", &[("points", points), ("days", *days)])
        }
        Reason::SameWords(words) => {
            let points = page.say_with("similar-points", &[("points", points)]);
            let arguments = [("words", words.join(", ")), ("points", points)];
            page.say_with("similar-words", &arguments)
        }
    }
}
