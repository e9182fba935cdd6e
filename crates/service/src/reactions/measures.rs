//! Who is told of measures: their owners above all.

use domain::case::overdue::{self, Reminder};
use domain::case::{Event, OpenCase};
use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::{Role, Time};

use super::officers::whoever_handles;
use super::{News, Recipient};

/// Whoever owns a measure: that it is theirs, that it is to be done, and that it fell away.
pub(super) fn told(
    case: Option<&OpenCase>,
    event: &Event,
    organisation: &Organisation,
    at: Time,
) -> Vec<(Recipient, News)> {
    match event {
        Event::MeasureProposed { owner, measure, .. } => {
            vec![(Recipient::User(*owner), News::YourMeasure(*measure))]
        }
        Event::Overdue(event) => reminded(case, event, organisation, at),
        Event::Custody(_) | Event::Correction(_) => {
            let measures = case.into_iter().flat_map(|case| &case.measures);
            let owners = measures.filter(|(it, _)| event.drops(**it)).map(|(_, it)| it.owner);
            owners.map(|owner| (Recipient::User(owner), News::MeasureDropped)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whom a measure that is not done is brought to mind: its owner, and the longer it lies, the more.
fn reminded(
    case: Option<&OpenCase>,
    event: &overdue::Event,
    organisation: &Organisation,
    at: Time,
) -> Vec<(Recipient, News)> {
    let overdue::Event::MeasureReminded { measure, reminder } = event;
    let owner = case.and_then(|case| case.measures.get(measure)).map(|it| it.owner);
    let others: Vec<UserId> = match reminder {
        Reminder::BeforeDue => Vec::new(),
        Reminder::Due => whoever_handles(case, organisation, at),
        Reminder::Escalated => {
            organisation.holders(Role::Controller).map(|(user, _)| user).collect()
        }
    };
    let owner = owner.map(|user| (user, News::MeasureReminder(*measure)));
    let others = others.into_iter().map(|user| (user, News::MeasureOverdue));
    owner.into_iter().chain(others).map(|(user, news)| (Recipient::User(user), news)).collect()
}
