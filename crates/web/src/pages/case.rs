//! `/cases/{year}/{sequence}`: one case, as far as somebody may see it.

mod clock;
mod handling;
pub(crate) mod measure;
mod measures;
mod next;
pub(crate) mod path;
mod report;
mod timeline;
pub(crate) mod verification;
mod wording;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::case::Phase;
use domain::ids::CaseNumber;
use serde::Deserialize;
use service::{CaseSight, Step};

use self::clock::ShownClock;
use self::measures::ShownMeasure;
use self::next::Link;
use self::path::CasePath;
use self::timeline::ShownEntry;
use self::wording::{Fact, Section, Value, Wording};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    page: Page,
    done: Option<Step>,
    number: CaseNumber,
    title: String,
    phase: Phase,
    clock: ShownClock,
    outstanding: Vec<Link>,
    others: Vec<Link>,
    overview: Vec<Fact>,
    sections: Vec<Section>,
    measures: Vec<ShownMeasure>,
    memo: Option<Section>,
    timeline: Vec<ShownEntry>,
}

/// What the address says besides the case.
#[derive(Deserialize)]
pub(crate) struct Said {
    /// The step that was just taken.
    done: Option<String>,
}

impl Said {
    /// The step that was just taken; nothing for a word that is none.
    fn step(&self) -> Option<Step> {
        self.done.as_deref()?.parse().ok()
    }
}

/// `GET /cases/{year}/{sequence}`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::CASE).await?;
    Ok(answer::page(&shown(&app, person, &seen, said.step())))
}

fn shown(app: &App, person: Person, seen: &CaseSight, done: Option<Step>) -> CasePage {
    let Person { page, who, .. } = person;
    let names = Names::new(app, &page);
    let wording = Wording::new(&page, &names);
    let (known, standing) = (&seen.file.known, &seen.file.standing);
    let category = app.service().category(&known.report.category);
    let mut sections = vec![report::section(&wording, &known.report, category)];
    sections.extend(report::reporter(&wording, seen));
    sections.extend(handling::involved(&wording, seen));
    sections.extend(handling::dialogue(&wording, known));
    sections.extend(handling::decisions(&wording, known));
    CasePage {
        done,
        number: known.report.number,
        title: names.category(known.category()),
        phase: standing.phase(),
        clock: ShownClock::new(&wording, standing, page.now()),
        outstanding: next::outstanding(&wording, seen, who.user),
        others: next::others(&wording, seen),
        overview: handling::overview(&wording, &seen.file),
        sections,
        measures: measures::shown(&wording, seen, &who, page.now()),
        memo: known.memo.as_ref().map(|memo| handling::memo(&wording, memo)),
        timeline: timeline::shown(&wording, &seen.file),
        page,
    }
}
