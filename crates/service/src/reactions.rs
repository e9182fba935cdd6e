//! Who must be told when something has happened. Pure: facts in, notices out.

use domain::case::event::Event;
use domain::case::{AttachmentSource, Case, OpenCase};
use domain::deadline::Stage;
use domain::ids::{CaseNumber, MeasureId, UserId};
use domain::organisation::Organisation;
use domain::{Actor, Role, Time};
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
    /// A report came in that is severe.
    SevereReport,
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
    /// The case is theirs to handle, or to handle while somebody else is away.
    Assigned,
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
    for (to, news) in told(before.known(), events, organisation, at) {
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
    at: Time,
) -> Vec<(UserId, News)> {
    let whoever_handles = |news| whoever_handles(case, organisation, at, news);
    let holders = |role, news| {
        organisation.holders(role).map(move |(user, _)| (user, news)).collect::<Vec<_>>()
    };
    let is_severe = events.iter().any(|event| matches!(event, Event::CaseFoundSevere { .. }));
    // Of several stages passed at once only the most urgent is news.
    let most_urgent = events.iter().filter_map(stage).min();
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
            Event::DeadlineStageReached { stage, .. } if Some(*stage) == most_urgent => {
                holders(Role::Dpo, News::Stage(*stage))
            }
            Event::MeasureProposed { owner, measure, .. } => {
                vec![(*owner, News::YourMeasure(*measure))]
            }
            Event::MemoSubmitted { .. } => holders(Role::Controller, News::MemoWaits),
            Event::CaseReturned { .. } => whoever_handles(News::Returned),
            Event::CaseAssigned { handler, deputy } => newly_assigned(case, *handler, *deputy),
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

/// The handler, or the deputy too while the handler is away; every data protection officer where
/// nobody of them is there.
fn whoever_handles(
    case: Option<&OpenCase>,
    organisation: &Organisation,
    at: Time,
    news: News,
) -> Vec<(UserId, News)> {
    let is_active = |user: &UserId| organisation.people.get(user).is_some_and(|it| it.active);
    let receipt = case.and_then(|case| case.receipt.as_ref());
    let handler = receipt.map(|receipt| receipt.handler).filter(is_active);
    let is_there = handler.is_some_and(|handler| organisation.is_there(handler, at));
    let deputy = receipt.and_then(|receipt| receipt.deputy).filter(is_active);
    let told = handler.into_iter().chain(deputy.filter(|_| !is_there));
    let told: Vec<_> = told.map(|user| (user, news)).collect();
    if !told.is_empty() {
        return told;
    }
    organisation.holders(Role::Dpo).map(|(user, _)| (user, news)).collect()
}

/// Those to whom the case is new.
fn newly_assigned(
    case: Option<&OpenCase>,
    handler: UserId,
    deputy: Option<UserId>,
) -> Vec<(UserId, News)> {
    let receipt = case.and_then(|case| case.receipt.as_ref());
    let before = receipt.map(|it| [Some(it.handler), it.deputy]).unwrap_or_default();
    let now = [Some(handler), deputy].into_iter().flatten();
    now.filter(|user| !before.contains(&Some(*user))).map(|it| (it, News::Assigned)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::deadline::{Deadline, Stage};
    use domain::ids::UnitId;
    use domain::{Erasable, Roles, organisation};
    use uuid::Uuid;

    use super::*;

    const DPO: UserId = UserId(Uuid::from_u128(1));
    const OTHER_DPO: UserId = UserId(Uuid::from_u128(2));
    const OWNER: UserId = UserId(Uuid::from_u128(3));

    fn organisation() -> Organisation {
        let sealed = |text: &str| Erasable::known(text.to_owned());
        let person = |user| organisation::Event::PersonRegistered {
            user,
            sign_in_name: sealed("somebody"),
            name: sealed("Somebody"),
            email: Some(sealed("somebody@example.org")),
            unit: UnitId(Uuid::from_u128(11)),
        };
        let dpo =
            |user| organisation::Event::RolesGranted { user, roles: Roles::from([Role::Dpo]) };
        let all = [person(DPO), dpo(DPO), person(OTHER_DPO), dpo(OTHER_DPO), person(OWNER)];
        organisation::fold(&all)
    }

    fn opened() -> (Case, Event) {
        let event: Event = serde_json::from_str(REPORTED).expect("a stored event");
        let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
        let fact = domain::case::evolve::Fact { event: &event, at, by: Actor::Reporter };
        (domain::case::fold([fact]), event)
    }

    fn hour(hour: i64) -> Time {
        Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026") + TimeDelta::hours(hour)
    }

    fn received(handler: UserId, deputy: Option<UserId>) -> Case {
        let (_, reported) = opened();
        let received = Event::CaseReceived {
            category: "other".parse().expect("a category's name"),
            category_version: None,
            unit: UnitId(Uuid::from_u128(11)),
            handler,
        };
        let assigned = Event::CaseAssigned { handler, deputy };
        let by = Actor::Service;
        let fact = |event| domain::case::evolve::Fact { event, at: hour(0), by };
        domain::case::fold([fact(&reported), fact(&received), fact(&assigned)])
    }

    #[test]
    fn the_deputy_is_told_too_while_the_handler_is_away() {
        let case = received(DPO, Some(OWNER));
        let added = [Event::InformationAdded { text: Erasable::known("more".to_owned()) }];
        let wrote = News::ReporterWrote;
        assert_eq!(told_of(&case, &added, Actor::Reporter), [(DPO, wrote)]);
        let mut away = organisation();
        let until = hour(1);
        organisation::apply(&mut away, &organisation::Event::AbsenceRecorded { user: DPO, until });
        let told = told_in(&away, &case, &added, Actor::Reporter);
        assert_eq!(told, [(DPO, wrote), (OWNER, wrote)]);
    }

    #[test]
    fn whoever_newly_gets_a_case_is_told() {
        let case = received(DPO, None);
        let assigned = [Event::CaseAssigned { handler: DPO, deputy: Some(OWNER) }];
        let told = told_of(&case, &assigned, Actor::User(OTHER_DPO));
        assert_eq!(told, [(OWNER, News::Assigned)]);
    }

    const REPORTED: &str = r#"{"deviation_reported":{
        "number":{"year":2026,"sequence":17},"category":"other","category_version":1,
        "channel":"web_form","reporter":"anonymous","follow_up":"ab",
        "what_happened":{"$personal":{"value":"lost"}},"occurred":"unknown","discovered_at":null,
        "unit":"00000000-0000-0000-0000-00000000000b",
        "systems_and_devices":{"$personal":{"value":""}},"personal_data":"yes","breach":[],
        "whose_data":{"$personal":{"value":""}},"people":"unknown",
        "done_already":{"$personal":{"value":""}},"answers":[]}}"#;

    fn told_of(before: &Case, events: &[Event], by: Actor) -> Vec<(UserId, News)> {
        told_in(&organisation(), before, events, by)
    }

    fn told_in(
        organisation: &Organisation,
        before: &Case,
        events: &[Event],
        by: Actor,
    ) -> Vec<(UserId, News)> {
        let notices = notices(before, events, (by, hour(0)), organisation);
        notices.into_iter().map(|notice| (notice.to, notice.news)).collect()
    }

    fn stage(hours_left: u16) -> Event {
        let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
        let due_at = Deadline::from_awareness(at).due_at();
        Event::DeadlineStageReached { stage: Stage { hours_left }, due_at }
    }

    #[test]
    fn every_dpo_is_told_of_a_new_report() {
        let (_, reported) = opened();
        let told = told_of(&Case::Unreported, &[reported], Actor::Reporter);
        assert_eq!(told, [(DPO, News::NewReport), (OTHER_DPO, News::NewReport)]);
    }

    #[test]
    fn of_a_severe_report_every_dpo_is_told_that_it_is() {
        let (_, reported) = opened();
        let reasons = vec!["many-people".parse().expect("a rule's name")];
        let found = Event::CaseFoundSevere { reasons };
        let told = told_of(&Case::Unreported, &[reported, found], Actor::Reporter);
        assert_eq!(told, [(DPO, News::SevereReport), (OTHER_DPO, News::SevereReport)]);
    }

    #[test]
    fn a_dpo_is_not_told_what_they_did_themselves() {
        let (_, reported) = opened();
        let told = told_of(&Case::Unreported, &[reported], Actor::User(DPO));
        assert_eq!(told, [(OTHER_DPO, News::NewReport)]);
    }

    #[test]
    fn of_several_stages_at_once_the_most_urgent_is_told() {
        let (case, _) = opened();
        let told = told_of(&case, &[stage(48), stage(24), stage(12)], Actor::Service);
        let news = News::Stage(Stage::before(12));
        assert_eq!(told, [(DPO, news), (OTHER_DPO, news)]);
    }

    #[test]
    fn nobody_involved_is_told_anything() {
        let (_, reported) = opened();
        let involved = Event::PersonInvolved { user: Erasable::about(DPO, DPO) };
        let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
        let fact = |event| domain::case::evolve::Fact { event, at, by: Actor::Reporter };
        let case = domain::case::fold([fact(&reported), fact(&involved)]);
        let told = told_of(&case, &[stage(48)], Actor::Service);
        assert_eq!(told, [(OTHER_DPO, News::Stage(Stage::before(48)))]);
    }

    #[test]
    fn the_owner_of_a_measure_is_told() {
        let (case, _) = opened();
        let measure = MeasureId(Uuid::from_u128(31));
        let proposed = Event::MeasureProposed {
            measure,
            kind: domain::case::event::MeasureKind::Immediate,
            description: Erasable::known("wipe".to_owned()),
            owner: OWNER,
            due_at: Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026"),
            playbook: None,
        };
        let told = told_of(&case, &[proposed], Actor::User(DPO));
        assert_eq!(told, [(OWNER, News::YourMeasure(measure))]);
    }
}
