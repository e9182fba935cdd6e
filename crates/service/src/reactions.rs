//! Who must be told when something has happened. Pure: facts in, notices out.

mod access;
mod inquiries;
mod measures;
mod officers;

use domain::case::event::Event;
use domain::case::{AttachmentSource, Case, OpenCase, archiving, letter};
use domain::deadline::Stage;
use domain::duty::{Alerted, DutyId};
use domain::ids::{CaseNumber, InquiryId, MeasureId, UserId};
use domain::organisation::Organisation;
use domain::review::ReviewNumber;
use domain::{Actor, Role, Time};
use serde::{Deserialize, Serialize};

use self::officers::whoever_handles;
use crate::how_far::{self, HowFar};
use crate::reviews::ReviewNews;

/// A message to one person, mostly about one case. It carries the number and nothing of the
/// content, since it leaves by mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom it goes to.
    pub to: Recipient,
    /// The case it is about, where it is about one.
    pub number: Option<CaseNumber>,
    /// What has happened.
    pub news: News,
}

/// Whom a message goes to. NOTE: waiting messages are stored like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Recipient {
    /// Somebody who signs in.
    User(UserId),
    /// Somebody outside the organisation who was asked something.
    Respondent {
        /// The question, in which they are named.
        respondent: InquiryId,
    },
    /// Those who get a letter, as its list has them.
    People {
        /// Which letter.
        people: u32,
    },
    /// The archive, which is no person.
    Archive {
        /// The version of the package that goes there.
        package: u32,
    },
    /// Whoever reported the case: named there, and nowhere here.
    Reporter(Unnamed),
}

/// Somebody whom a case knows by what they are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unnamed {
    /// Its reporter.
    Reporter,
}

/// What somebody is told has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// A report came in.
    NewReport,
    /// A report came in that is severe.
    SevereReport,
    /// The reporter added something or answered.
    ReporterWrote,
    /// A stage of the 72 hours was reached.
    Stage(Stage),
    /// A measure of theirs was proposed.
    YourMeasure(MeasureId),
    /// A measure of theirs is to be done soon, or should have been done by now.
    MeasureReminder(MeasureId),
    /// Measures of theirs fell away, with the category they came from or by themselves.
    MeasureDropped,
    /// Somebody's measure should have been done by now.
    MeasureOverdue,
    /// The memo waits for the controller.
    MemoWaits,
    /// The controller sent the case back.
    Returned,
    /// The case is theirs to handle, or to handle while somebody else is away.
    Assigned,
    /// They are asked something.
    Inquiry(InquiryId),
    /// What they are asked is to be answered soon, or by now.
    InquiryReminder(InquiryId),
    /// They are asked, for the first time or again, to confirm that what they got by mistake is
    /// gone.
    Confirmation(InquiryId),
    /// Somebody has answered.
    InquiryAnswered,
    /// Somebody should have answered by now.
    InquiryOverdue,
    /// What they are asked waits for no answer any more.
    InquiryOver,
    /// Somebody who is heard gave a statement.
    ContributionGiven,
    /// It is time to see what a measure has led to.
    EffectReviewDue,
    /// A stage of another duty's deadline was reached. Which duty, the mail does not say.
    DutyStage(Stage),
    /// Somebody opened the case outside their role.
    OpenedOutsideRole,
    /// They were granted a look at the case as an auditor.
    YourAudit,
    /// An auditor was granted a look at the case.
    AuditGranted,
    /// The closed case is not in the archive yet: for the archive, to take its package, and for
    /// whoever handles the case once that was tried in vain.
    NotArchived,
    /// The report has come further; told to its reporter.
    YourReport(HowFar),
    /// Somebody read or took out more than is usual.
    UnusualAccess,
    /// A letter to the people affected is signed: whoever handles the case can send it. To those
    /// who get it, the letter itself.
    Letter,
    /// A letter cannot be sent any further by itself.
    LetterStopped,
    /// What the authority had been notified of was withdrawn: another decision is due.
    NotificationWithdrawn,
    /// Something happened in a management review.
    Review {
        /// Which review.
        review: ReviewNumber,
        /// What.
        news: ReviewNews,
    },
}

/// The notices that follow from facts just recorded in a case that was `before`, by somebody and at
/// some time.
#[must_use]
pub fn notices(
    before: &Case,
    events: &[Event],
    (by, at): (Actor, Time),
    organisation: &Organisation,
) -> Vec<Notice> {
    let Some(number) = number(before, events) else { return Vec::new() };
    let involved = before.known().map(|case| case.involved.clone()).unwrap_or_default();
    let mut notices: Vec<Notice> = Vec::new();
    let to_reporter = reporters_news(before.known(), events, by, organisation);
    for (to, news) in told(before.known(), events, organisation, at).into_iter().chain(to_reporter)
    {
        let notice = Notice { to, number: Some(number), news };
        let is_for = |user: UserId| by != Actor::User(user) && !involved.contains(&user);
        let is_news = match to {
            Recipient::User(user) => is_for(user),
            Recipient::Respondent { .. }
            | Recipient::People { .. }
            | Recipient::Archive { .. }
            | Recipient::Reporter(_) => true,
        };
        if is_news && !notices.contains(&notice) {
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

/// What the reporter is told, if they can be and did not do it themselves. Somebody involved who
/// reported is told too: their code shows as much.
fn reporters_news(
    case: Option<&OpenCase>,
    events: &[Event],
    by: Actor,
    organisation: &Organisation,
) -> Option<(Recipient, News)> {
    let reporter = match (case, events.first()) {
        (Some(case), _) => &case.report.reporter,
        (None, Some(Event::DeviationReported(report))) => &report.reporter,
        (None, _) => return None,
    };
    let is_decided = case.is_some_and(|case| case.authority.decided.is_some());
    let news = News::YourReport(how_far::news(events, is_decided)?);
    let did_it = reporter.identity()?.user.is_some_and(|user| by == Actor::User(user));
    let is_told = !did_it && how_far::mail_of(reporter, organisation).is_some();
    is_told.then_some((Recipient::Reporter(Unnamed::Reporter), news))
}

fn told(
    case: Option<&OpenCase>,
    events: &[Event],
    organisation: &Organisation,
    at: Time,
) -> Vec<(Recipient, News)> {
    let to_users = |users: Vec<UserId>, news| -> Vec<(Recipient, News)> {
        users.into_iter().map(|user| (Recipient::User(user), news)).collect()
    };
    let whoever_handles = |news| to_users(whoever_handles(case, organisation, at), news);
    let holders =
        |role, news| to_users(organisation.holders(role).map(|(user, _)| user).collect(), news);
    let controllers = |news| holders(Role::Controller, news);
    let is_severe = events.iter().any(|event| matches!(event, Event::CaseFoundSevere { .. }));
    // Of several stages passed at once only each duty's most urgent is news.
    let is_most_urgent = |duty: &DutyId, stage: Stage| {
        events.iter().filter_map(stage_of).all(|(other, it)| other != duty || stage <= it)
    };
    events
        .iter()
        .flat_map(|event| match event {
            Event::DeviationReported(_) if is_severe => holders(Role::Dpo, News::SevereReport),
            Event::DeviationReported(_) => holders(Role::Dpo, News::NewReport),
            Event::InformationAdded { .. } | Event::ReporterAnswered { .. } => {
                whoever_handles(News::ReporterWrote)
            }
            // What came with the report is told with it.
            Event::AttachmentAdded(it)
                if it.source == AttachmentSource::Reporter && case.is_some() =>
            {
                whoever_handles(News::ReporterWrote)
            }
            Event::DeadlineStageReached { duty, stage, alerts, .. }
                if is_most_urgent(duty, *stage) =>
            {
                let news = stage_news(duty, *stage);
                let alerted = |whom: &Alerted| match whom {
                    Alerted::Handler => whoever_handles(news),
                    Alerted::Dpo => to_users(officers::of_clock(case, organisation), news),
                    Alerted::Deputy => to_users(officers::deputy(case, organisation), news),
                    Alerted::Controller => controllers(news),
                };
                alerts.iter().flat_map(alerted).collect()
            }
            Event::MeasureProposed { .. }
            | Event::Overdue(_)
            | Event::Custody(_)
            | Event::Correction(_) => measures::told(case, event, organisation, at),
            Event::MemoSubmitted { .. } => controllers(News::MemoWaits),
            Event::NotificationWithdrawn { .. } => controllers(News::NotificationWithdrawn),
            Event::CaseReturned { .. } => whoever_handles(News::Returned),
            Event::CaseAssigned { handler, deputy } => {
                to_users(newly_assigned(case, *handler, *deputy), News::Assigned)
            }
            Event::InquiryMade(_)
            | Event::InquiryReminded { .. }
            | Event::InquiryAnswered { .. }
            | Event::Confirmation(_) => {
                let (asked, handlers) = inquiries::told(case, event);
                asked.into_iter().chain(handlers.into_iter().flat_map(whoever_handles)).collect()
            }
            Event::Archiving(archiving::Event::ArchivePrepared { version, .. }) => {
                vec![(Recipient::Archive { package: *version }, News::NotArchived)]
            }
            Event::Archiving(archiving::Event::ArchiveFailed { .. }) => {
                whoever_handles(News::NotArchived)
            }
            Event::ContributionGiven { .. } => whoever_handles(News::ContributionGiven),
            Event::EffectReviewDue { .. } => whoever_handles(News::EffectReviewDue),
            Event::Letter(letter::Event::LetterSigned { .. }) => whoever_handles(News::Letter),
            Event::Letter(letter::Event::DispatchStopped { because: Some(_), .. }) => {
                whoever_handles(News::LetterStopped)
            }
            Event::Letter(event) => to_people(event).into_iter().collect(),
            Event::Access(event) => access::told(case, event, organisation),
            _ => inquiries::over(case, event),
        })
        .collect()
}

/// The letter itself, where it now goes to people by itself.
fn to_people(event: &letter::Event) -> Option<(Recipient, News)> {
    let letter::Event::DispatchStarted { letter, channels } = event else { return None };
    let by_itself = [letter::Channel::Email, letter::Channel::DigitalPost];
    let goes = by_itself.iter().any(|channel| channels.contains(channel));
    goes.then_some((Recipient::People { people: *letter }, News::Letter))
}

fn stage_of(event: &Event) -> Option<(&DutyId, Stage)> {
    match event {
        Event::DeadlineStageReached { duty, stage, .. } => Some((duty, *stage)),
        _ => None,
    }
}

fn stage_news(duty: &DutyId, stage: Stage) -> News {
    if duty.is_notification() { News::Stage(stage) } else { News::DutyStage(stage) }
}

/// Those to whom the case is new.
fn newly_assigned(case: Option<&OpenCase>, handler: UserId, deputy: Option<UserId>) -> Vec<UserId> {
    let receipt = case.and_then(|case| case.receipt.as_ref());
    let before = receipt.map(|it| [Some(it.handler), it.deputy]).unwrap_or_default();
    let now = [Some(handler), deputy].into_iter().flatten();
    now.filter(|user| !before.contains(&Some(*user))).collect()
}

#[cfg(test)]
mod tests;
