//! `/measures`: what somebody answers for, and the measures of the cases they see.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::case::event::MeasureKind;
use serde::Deserialize;
use service::reviews::ResolutionRow;
use views::measures::{Row, State as Progress};

use super::case::path::case_url;
use super::reviews::review_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::paging::Paged;
use crate::routes;

#[derive(Template)]
#[template(path = "measures.html")]
struct MeasuresPage {
    page: Page,
    own: Vec<ShownMeasure>,
    others: Paged<ShownMeasure>,
    /// What management reviews resolved: one's own, and everybody's where they see the review.
    resolutions: Vec<ShownResolution>,
}

/// Something a management review resolved.
struct ShownResolution {
    url: String,
    text: String,
    owner: String,
    due_at: Time,
    state: String,
    color: &'static str,
    number: String,
}

/// A measure in a list.
struct ShownMeasure {
    url: String,
    number: String,
    description: String,
    kind: MeasureKind,
    owner: String,
    due_at: Time,
    state_key: &'static str,
    state_color: &'static str,
    is_overdue: bool,
    review: Option<ShownReview>,
}

/// The later look at what a measure has led to.
struct ShownReview {
    words: String,
    is_due: bool,
}

/// Which page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

/// `GET /measures`
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let rows = app.service().measures(&who, routes::MEASURES).await?;
    let (own, others): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.owner == who.user);
    let names = Names::new(&app, &page);
    let resolutions = app.service().resolutions(&who);
    let resolutions =
        resolutions.iter().map(|it| ShownResolution::new(&page, &names, it)).collect();
    let shown = |row| ShownMeasure::new(&page, &names, &row);
    let own = own.into_iter().map(shown).collect();
    let others = Paged::new(others, asked.page.unwrap_or(1)).map(shown);
    Ok(answer::page(&MeasuresPage { page, own, others, resolutions }))
}

impl ShownMeasure {
    fn new(page: &Page, names: &Names, row: &Row) -> Self {
        let (state_key, state_color) = match row.state {
            Progress::Open => ("measures-state-open", "info"),
            Progress::Completed => ("measures-state-completed", "warning"),
            Progress::Verified => ("measures-state-verified", "success"),
        };
        Self {
            url: format!("{}/measures/{}", case_url(row.number), row.measure),
            number: row.number.to_string(),
            description: row.description.text_or(&page.say("erased")).to_owned(),
            kind: row.kind,
            owner: names.person(row.owner),
            due_at: row.due_at,
            state_key,
            state_color,
            is_overdue: row.is_overdue(page.now()),
            review: review(page, row),
        }
    }
}

impl ShownResolution {
    fn new(page: &Page, names: &Names, row: &ResolutionRow) -> Self {
        let it = &row.resolution;
        let is_open = it.carried_out.is_none() && !row.is_carried_over;
        let (state, color) = match (&it.effect, &it.carried_out) {
            (Some((effect, _)), _) => (page.term("effect_later", effect), "success"),
            (None, Some(_)) => (page.say("measures-state-completed"), "warning"),
            (None, None) if row.is_carried_over => {
                (page.say("review-resolution-carried"), "neutral")
            }
            (None, None) if is_open && it.due_at < page.now() => {
                (page.remaining(&it.due_at), "danger")
            }
            (None, None) => (page.say("measures-state-open"), "info"),
        };
        Self {
            url: format!("{}/resolutions/{}", review_url(row.number), row.id),
            text: it.text.text_or(&page.say("erased")).to_owned(),
            owner: names.person(it.owner),
            due_at: it.due_at,
            state,
            color,
            number: row.number.to_string(),
        }
    }
}

/// What came of it; until somebody looked, when that is to be done.
fn review(page: &Page, row: &Row) -> Option<ShownReview> {
    if let Some(effect) = row.effect {
        let effect = page.term("effect_later", &effect);
        let words = page.say_with("measures-reviewed", &[("effect", effect)]);
        return Some(ShownReview { words, is_due: false });
    }
    let due_at = row.review_due_at.filter(|_| row.state != Progress::Open)?;
    let is_due = due_at <= page.now();
    let key = if is_due { "measures-review-due" } else { "measures-review-later" };
    let words = page.say_with(key, &[("day", page.day(&due_at).words().to_owned())]);
    Some(ShownReview { words, is_due })
}
