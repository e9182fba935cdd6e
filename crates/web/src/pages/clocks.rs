//! `/clocks`: every clock that runs in the cases somebody may see, soonest first; and the address
//! at which their calendar finds them.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::duty::Verdict;
use serde::Deserialize;
use service::RunningClock;

use super::case::path::case_url;
use super::handed_out::HandedOutPage;
use crate::App;
use crate::answer;
use crate::clock::color;
use crate::fault::Fault;
use crate::forms::{Form, Posted};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::paging::{Paged, on_page};
use crate::routes;

const FAMILY: &str = "clocks";

#[derive(Template)]
#[template(path = "clocks.html")]
struct ClocksPage {
    page: Page,
    /// Whether those of duties that are only possible are shown.
    possible: bool,
    clocks: Paged<ShownClock>,
    /// When the next management review is due, on the first page of clocks that run for sure.
    review: Option<ShownReview>,
    /// The questions that wait for an answer, likewise, page by page.
    questions: Paged<ShownQuestion>,
    has_calendar: bool,
    form: Form,
}

/// A question that waits for an answer.
struct ShownQuestion {
    url: String,
    number: String,
    due_at: Time,
    color: &'static str,
}

/// The clock of the next management review.
struct ShownReview {
    due_at: Time,
    color: &'static str,
}

/// A clock in the list.
struct ShownClock {
    duty: String,
    own_target: bool,
    url: String,
    number: String,
    due_at: Time,
    color: &'static str,
    category: String,
    unit: String,
}

/// Which clocks are asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    possible: Option<String>,
    page: Option<usize>,
    /// The page of questions.
    questions: Option<usize>,
}

/// `GET /clocks`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let possible = asked.possible.is_some();
    let verdict = if possible { Verdict::Unknown } else { Verdict::Yes };
    let wanted = asked.page.unwrap_or(1);
    let pick = |total| on_page(total, wanted);
    let found = app.service().clocks(&who, verdict, routes::CLOCKS, pick).await?;
    let names = Names::new(&app, &page);
    let clocks = Paged::of(found.items, found.total, wanted);
    let clocks = clocks.map(|clock| ShownClock::new(&page, &names, &clock));
    let review = app.service().next_review(&who).filter(|_| !possible && wanted == 1);
    let review =
        review.map(|(_, due_at)| ShownReview { due_at, color: color(due_at - page.now()) });
    let number = asked.questions.unwrap_or(1);
    let has_questions = !possible && wanted == 1;
    let pick = |total| if has_questions { on_page(total, number) } else { 0..0 };
    let found = app.service().questions_seen(&who, pick);
    let questions = Paged::of(found.items, found.total, number).map(|it| ShownQuestion {
        url: case_url(it.number),
        number: it.number.to_string(),
        due_at: it.due_at,
        color: color(it.due_at - page.now()),
    });
    let has_calendar = app.service().has_calendar(who.user);
    let form = Form::new(&page, FAMILY, Posted::default());
    Ok(answer::page(&ClocksPage { page, possible, clocks, review, questions, has_calendar, form }))
}

/// `POST /clocks/calendar`: the page it answers with is the only one on which the address stands.
pub(crate) async fn open_calendar(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let secret = app.service().open_calendar(&who, key).await?;
    let base = &app.service().settings().base_url;
    Ok(answer::page(&HandedOutPage {
        title: page.say("clocks-calendar-title"),
        introduction: page.say("clocks-calendar-introduction"),
        label: page.say("clocks-calendar-label"),
        secret: format!("{base}/calendar/{secret}.ics"),
        back: routes::CLOCKS.to_owned(),
        next: page.say("clocks-back"),
        page,
    }))
}

/// `POST /clocks/calendar/close`
pub(crate) async fn close_calendar(
    State(app): State<App>,
    Sent { by, .. }: Sent<Person>,
) -> Result<Response, Fault> {
    app.service().close_calendar(&by.who).await?;
    Ok(answer::go(routes::CLOCKS))
}

impl ClocksPage {
    /// The address of the list, up to the number of a page.
    fn address(&self) -> &'static str {
        if self.possible { "/clocks?possible=yes&page=" } else { "/clocks?page=" }
    }
}

impl ShownClock {
    fn new(page: &Page, names: &Names, clock: &RunningClock) -> Self {
        Self {
            duty: clock.duty.title.text(page.language()).to_owned(),
            own_target: clock.duty.own_target,
            url: case_url(clock.number),
            number: clock.number.to_string(),
            due_at: clock.due_at,
            color: color(clock.due_at - page.now()),
            category: names.category(&clock.category),
            unit: names.unit(clock.unit),
        }
    }
}
