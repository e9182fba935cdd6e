//! Who must be told when something has happened. Pure: facts in, notices out.

use domain::case::event::Event;
use domain::case::{Case, OpenCase};
use domain::deadline::Stage;
use domain::ids::{CaseNumber, MeasureId, UserId};
use domain::organisation::Organisation;
use domain::{Actor, Role};
use serde::{Deserialize, Serialize};

/// A message to one person about one case. It carries the number and nothing of the content, since
/// it leaves by mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom it goes to.
    pub to: UserId,
    /// The case it is about.
    pub number: CaseNumber,
    /// What has happened.
    pub news: News,
}

/// What somebody is told has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// A report came in.
    NewReport,
    /// The reporter added something or answered.
    ReporterWrote,
    /// A stage of the deadline was reached.
    Stage(Stage),
    /// A measure of theirs was proposed.
    YourMeasure(MeasureId),
    /// The memo waits for the controller.
    MemoWaits,
    /// The controller sent the case back.
    Returned,
}

/// The notices that follow from facts just recorded in a case that was `before`.
#[must_use]
pub fn notices(
    before: &Case,
    events: &[Event],
    by: Actor,
    organisation: &Organisation,
) -> Vec<Notice> {
    let Some(number) = number(before, events) else { return Vec::new() };
    let involved = before.known().map(|case| case.involved.clone()).unwrap_or_default();
    let mut notices: Vec<Notice> = Vec::new();
    for (to, news) in told(before.known(), events, organisation) {
        let notice = Notice { to, number, news };
        let already_knows = by == Actor::User(to);
        if !already_knows && !involved.contains(&to) && !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

fn number(before: &Case, events: &[Event]) -> Option<CaseNumber> {
    match (before.known(), events.first()) {
        (Some(case), _) => Some(case.report.number),
        (None, Some(Event::DeviationReported(report))) => Some(report.number),
        (None, _) => None,
    }
}

fn told(
    case: Option<&OpenCase>,
    events: &[Event],
    organisation: &Organisation,
) -> Vec<(UserId, News)> {
    let holders = |role, news| {
        organisation.holders(role).map(move |(user, _)| (user, news)).collect::<Vec<_>>()
    };
    // Of several stages passed at once only the most urgent is news.
    let most_urgent = events.iter().filter_map(stage).min();
    events
        .iter()
        .flat_map(|event| match event {
            Event::DeviationReported(_) => holders(Role::Dpo, News::NewReport),
            Event::InformationAdded { .. } | Event::ReporterAnswered { .. } => {
                handler_or_dpos(case, organisation, News::ReporterWrote)
            }
            Event::DeadlineStageReached { stage, .. } if Some(*stage) == most_urgent => {
                holders(Role::Dpo, News::Stage(*stage))
            }
            Event::MeasureProposed { owner, measure, .. } => {
                vec![(*owner, News::YourMeasure(*measure))]
            }
            Event::MemoSubmitted { .. } => holders(Role::Controller, News::MemoWaits),
            Event::CaseReturned { .. } => handler_or_dpos(case, organisation, News::Returned),
            _ => Vec::new(),
        })
        .collect()
}

fn stage(event: &Event) -> Option<Stage> {
    match event {
        Event::DeadlineStageReached { stage, .. } => Some(*stage),
        _ => None,
    }
}

/// The handler, or every data protection officer while there is none.
fn handler_or_dpos(
    case: Option<&OpenCase>,
    organisation: &Organisation,
    news: News,
) -> Vec<(UserId, News)> {
    let handler = case
        .and_then(|case| case.receipt.as_ref())
        .map(|receipt| receipt.handler)
        .filter(|user| organisation.people.get(user).is_some_and(|person| person.active));
    match handler {
        Some(handler) => vec![(handler, news)],
        None => organisation.holders(Role::Dpo).map(|(user, _)| (user, news)).collect(),
    }
}
