//! How far a report has come, as its reporter is told: by mail where they can be reached, and on
//! the page that their code opens.

use channels::mail::Address;
use domain::Time;
use domain::case::Event;
use domain::case::report::{Channel, Openness, Reporter};
use domain::organisation::Organisation;
use serde::{Deserialize, Serialize};

/// A step that is told to the reporter, in words that say nothing of the case. NOTE: messages that
/// wait are stored like this.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HowFar {
    /// It came in.
    Registered,
    /// Somebody has taken it in.
    Received,
    /// It was decided for the first time whether the authority is notified.
    Decided,
    /// The case is closed.
    Closed,
    /// It is handled together with another report of the same.
    Merged,
    /// The closed case is taken up again.
    Reopened,
}

impl HowFar {
    /// What an event means to the reporter; most mean nothing to them.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::DeviationReported(_) => Self::Registered,
            Event::CaseReceived { .. } => Self::Received,
            Event::AuthorityDecided { .. } => Self::Decided,
            Event::CaseClosed { .. } | Event::ClosedAsNotADeviation { .. } => Self::Closed,
            Event::CaseMerged { .. } => Self::Merged,
            Event::CaseReopened { .. } => Self::Reopened,
            _ => return None,
        })
    }
}

/// Every step so far, each with its time. That a decision was made anew is the case's own matter.
pub(crate) fn steps<'a>(events: impl Iterator<Item = (&'a Event, Time)>) -> Vec<(HowFar, Time)> {
    let mut steps: Vec<(HowFar, Time)> = Vec::new();
    for (event, at) in events {
        let is_known = |it: HowFar| steps.iter().any(|(earlier, _)| *earlier == it);
        if let Some(step) = HowFar::of(event)
            && !(step == HowFar::Decided && is_known(step))
        {
            steps.push((step, at));
        }
    }
    steps
}

/// The furthest step in facts just recorded that is news to the reporter: not what they have a
/// receipt for, nor a decision made anew.
pub(crate) fn news(events: &[Event], is_decided: bool) -> Option<HowFar> {
    let is_news = |event: &Event| match event {
        Event::DeviationReported(report) => report.channel != Channel::WebForm,
        Event::AuthorityDecided { .. } => !is_decided,
        _ => true,
    };
    events.iter().rev().filter(|event| is_news(event)).find_map(HowFar::of)
}

/// Where a reporter is mailed: at the address they gave, else, under their own name, at their own
/// in the organisation. In confidence nobody is mailed who did not give an address for it, since a
/// mail lies open to those who run the mail.
pub(crate) fn mail_of(reporter: &Reporter, organisation: &Organisation) -> Option<Address> {
    let identity = reporter.identity()?;
    if let Some(given) = identity.contact.as_ref().and_then(|it| it.trim().parse().ok()) {
        return Some(given);
    }
    let user = identity.user.filter(|_| reporter.openness() == Openness::Named)?;
    let person = organisation.people.get(&user).filter(|person| person.active)?;
    person.email.as_ref()?.get()?.parse().ok()
}
