//! `/cases/{year}/{sequence}/similar`: the cases that one resembles, with why.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::case::Phase;
use domain::ids::{CaseId, CaseNumber};
use service::{SignedIn, Step};
use views::inbox::Row;
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

/// A case that another resembles.
pub(crate) struct Shown {
    /// Where it is.
    pub(crate) url: String,
    /// Its number.
    pub(crate) number: CaseNumber,
    /// What its category is called.
    pub(crate) category: String,
    /// Where it stands.
    pub(crate) phase: Phase,
    /// How its report begins.
    pub(crate) summary: String,
    /// How much alike they are.
    pub(crate) points: u32,
    /// In what.
    pub(crate) reasons: Vec<String>,
    /// Where the two are linked, for somebody who may.
    pub(crate) link: Option<String>,
    /// Where the two are merged.
    pub(crate) merge: Option<String>,
}

/// The case whose likes are shown, and whether the reader may join it with them.
#[derive(Clone, Copy)]
struct Joining {
    number: CaseNumber,
    is_allowed: bool,
}

/// The open cases that one resembles, as the form shows them in which it is received.
pub(crate) struct SimilarOpen {
    /// The most alike first, and no more than a few.
    pub(crate) cases: Vec<Shown>,
}

/// How many are shown beside the form.
const BESIDE_MAX: usize = 3;

impl SimilarOpen {
    /// Looks for them; the look is noted.
    pub(crate) async fn find(
        app: &App,
        who: &SignedIn,
        page: &Page,
        (case, number): (CaseId, CaseNumber),
    ) -> Result<Self, Fault> {
        let found = app.service().similar(who, case, routes::CASE_SIMILAR).await?;
        let names = Names::new(app, page);
        let open = found.cases.into_iter().filter(|it| !it.row.phase().is_closed());
        let joining = Joining { number, is_allowed: found.may_join };
        let open = open.take(BESIDE_MAX).map(|it| shown(page, &names, joining, it));
        Ok(Self { cases: open.collect() })
    }
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
    let joining = Joining { number, is_allowed: found.may_join };
    let similar = found.cases.into_iter().map(|it| shown(&person.page, &names, joining, it));
    let similar = similar.collect();
    Ok(answer::page(&SimilarPage {
        number,
        case: case_url(number),
        link: joining.form(Step::Link),
        merge: joining.form(Step::Merge),
        similar,
        page: person.page,
    }))
}

impl Joining {
    /// The form for it, with the other case still to be named.
    fn form(self, step: Step) -> Option<String> {
        form_url(self.number, step).filter(|_| self.is_allowed)
    }

    /// The form for it with that case; nothing where the other already went on in a third.
    fn with(self, step: Step, other: &Row) -> Option<String> {
        let form = self.form(step).filter(|_| other.phase() != Phase::Merged)?;
        Some(format!("{form}?other={}", other.number))
    }
}

fn shown(page: &Page, names: &Names, joining: Joining, it: Similar) -> Shown {
    let reasons = it.reasons.iter().map(|reason| worded(page, reason)).collect();
    let points = it.points();
    let row = it.row;
    let (link, merge) = (joining.with(Step::Link, &row), joining.with(Step::Merge, &row));
    Shown {
        url: case_url(row.number),
        number: row.number,
        category: names.category(&row.category),
        phase: row.phase(),
        summary: row.summary,
        points,
        reasons,
        link,
        merge,
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
