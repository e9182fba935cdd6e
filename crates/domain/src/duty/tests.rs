//! Duties for tests, and what holds of every trigger.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::case::duties::{DutyBook, judge};
use crate::case::evolve::{Fact as Recorded, fold};
use crate::case::facts::{EstablishedFacts, Fact, Facts};
use crate::case::spec::{DPO, lost_phone, monday};
use crate::case::{Case, Event, OpenCase};
use crate::{Actor, Time};

/// The 72 hours as they are shipped.
pub(crate) fn notification() -> Duty {
    let rule = |stage| StageRule { stage, alerts: [Alerted::Dpo].into() };
    Duty {
        id: DutyId::new(DutyId::NOTIFICATION).unwrap(),
        version: 3,
        order: 1,
        jurisdictions: [Jurisdiction::No, Jurisdiction::Se].into(),
        valid_from: None,
        valid_until: None,
        title: Localised::bokmaal("Melding"),
        help: Localised::bokmaal("Meld fra."),
        authority: BTreeMap::new(),
        cite: Some(Localised::bokmaal("Artikkel 33 nr. 1")),
        sources: Vec::new(),
        uncertain: None,
        own_target: false,
        triggers: Vec::new(),
        start: Start::Awareness,
        length: Length::Hours(72),
        stages: Stage::STANDARD.map(rule).into(),
        ends: [Ending::AuthorityNotified, Ending::AuthorityNotToBeNotified].into(),
    }
}

/// A day to tell somebody, triggered by a fact where the organisation is subject to the law.
pub(crate) fn service() -> Duty {
    let when = vec![
        Condition::Organisation(OrganisationFact::CybersecurityAct),
        Condition::Fact(Fact::SignificantEffectOnService),
    ];
    let rule = |hours, alerts: &[Alerted]| StageRule {
        stage: Stage::before(hours),
        alerts: alerts.iter().copied().collect(),
    };
    Duty {
        id: DutyId::new("service").unwrap(),
        version: 1,
        triggers: vec![Trigger { when }],
        length: Length::Hours(24),
        stages: vec![
            rule(4, &[Alerted::Dpo, Alerted::Deputy]),
            rule(0, &[Alerted::Dpo, Alerted::Deputy, Alerted::Controller]),
        ],
        ends: [Ending::Recorded].into(),
        ..notification()
    }
}

/// Both, in an organisation that is subject to every law.
pub(crate) fn book() -> DutyBook {
    DutyBook {
        duties: vec![Arc::new(notification()), Arc::new(service())],
        organisation: OrganisationFact::iter().map(|fact| (fact, Verdict::Yes)).collect(),
        calendar: Calendar { jurisdiction: Jurisdiction::No, zone: Tz::Europe__Oslo },
    }
}

fn open_case(events: &[Event]) -> OpenCase {
    let fact = |event| Recorded { event, at: monday(9), by: Actor::User(DPO) };
    let Case::Open(case) = fold(events.iter().map(fact)) else { panic!("an open case") };
    *case
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Verdict::No), Just(Verdict::Unknown), Just(Verdict::Yes)]
}

fn fact() -> impl Strategy<Value = Fact> {
    prop::sample::select(Fact::iter().collect::<Vec<_>>())
}

fn condition() -> impl Strategy<Value = Condition> {
    let organisation = prop::sample::select(OrganisationFact::iter().collect::<Vec<_>>());
    prop_oneof![fact().prop_map(Condition::Fact), organisation.prop_map(Condition::Organisation)]
}

fn triggers() -> impl Strategy<Value = Vec<Trigger>> {
    let when = prop::collection::vec(condition(), 1..4).prop_map(|when| Trigger { when });
    prop::collection::vec(when, 0..4)
}

fn facts() -> impl Strategy<Value = Vec<(Fact, Verdict)>> {
    prop::collection::vec((fact(), verdict()), 0..12)
}

fn judged(triggers: &[Trigger], facts: Facts, organisation: Verdict) -> Verdict {
    let mut case = open_case(&[Event::DeviationReported(Box::new(lost_phone()))]);
    case.established = Some(EstablishedFacts { version: 1, facts });
    let duty = Duty { triggers: triggers.to_vec(), ..service() };
    let organisation = OrganisationFact::iter().map(|fact| (fact, organisation)).collect();
    let book = DutyBook { duties: vec![Arc::new(duty)], organisation, ..book() };
    judge(&case, &book).first().expect("it was never judged").verdict
}

proptest! {
    /// What speaks for a duty never does away with it: from no to unknown to yes.
    #[test]
    fn a_fact_that_becomes_likelier_never_removes_a_duty(
        triggers in triggers(),
        known in facts(),
        (turning, of_organisation) in (fact(), verdict()),
    ) {
        let known = known
            .into_iter()
            .fold(Facts::default(), |facts, (fact, it)| facts.with(fact, it));
        let with = |it| judged(&triggers, known.clone().with(turning, it), of_organisation);
        prop_assert!(with(Verdict::No) <= with(Verdict::Unknown));
        prop_assert!(with(Verdict::Unknown) <= with(Verdict::Yes));
    }

    /// Who becomes aware later has time until later, or until the same day's end.
    #[test]
    fn a_later_start_is_never_due_earlier(
        start in 0..20_000i64,
        later in 0..2_000i64,
        (number, unit) in (1..60u32, 0..4usize),
        swedish in any::<bool>(),
    ) {
        let units = [Length::Hours, Length::Days, Length::WorkingDays, Length::Months];
        let length = units[unit](number);
        let jurisdiction = if swedish { Jurisdiction::Se } else { Jurisdiction::No };
        let calendar = Calendar { jurisdiction, ..book().calendar };
        let at = |minutes: i64| monday(0) + chrono::TimeDelta::minutes(37 * minutes);
        let (first, second) = (at(start), at(start + later));
        let due_at = |start: Time| length.due_at(start, calendar);
        prop_assert!(first < due_at(first));
        prop_assert!(due_at(first) <= due_at(second));
        let reading = calendar.reading(first, length);
        prop_assert!(due_at(first) <= reading.rounded);
        prop_assert!(reading.two_working_days.is_none_or(|two| reading.rounded <= two));
    }
}

#[test]
fn a_duty_of_another_time_or_place_does_not_apply() {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let duty = Duty { valid_from: Some(day(2)), valid_until: Some(day(3)), ..notification() };
    assert_eq!([1, 2, 3, 4].map(|it| duty.covers(day(it))), [false, true, true, false]);
    let case = open_case(&[Event::DeviationReported(Box::new(lost_phone()))]);
    let swedish = Duty { jurisdictions: [Jurisdiction::Se].into(), ..notification() };
    let book = DutyBook { duties: vec![Arc::new(swedish)], ..book() };
    assert_eq!(judge(&case, &book), []);
}

#[test]
fn a_duty_that_contradicts_itself_is_told_where() {
    use crate::category::Step::{Index, Key};
    let problems =
        |duty: Duty| duty.problems().into_iter().map(|it| (it.at, it.wrong)).collect::<Vec<_>>();
    assert_eq!(problems(notification()), []);
    assert_eq!(problems(service()), []);
    // The main clock has rules of its own.
    let other = || Duty { id: service().id, ..notification() };
    let zero = Duty { version: 0, ..notification() };
    assert_eq!(problems(zero), [(vec![Key("version")], WrongInDuty::VersionZero)]);
    let nowhere = Duty { jurisdictions: BTreeSet::new(), ..notification() };
    assert_eq!(problems(nowhere), [(vec![Key("jurisdictions")], WrongInDuty::NoJurisdiction)]);
    let uncited = Duty { cite: None, ..notification() };
    assert_eq!(problems(uncited), [(vec![Key("id")], WrongInDuty::NoCitation)]);
    let endless = Duty { ends: BTreeSet::new(), ..other() };
    assert_eq!(problems(endless), [(vec![Key("ends")], WrongInDuty::NoEnding)]);
    let asking = Duty { start: Start::Question, ..other() };
    assert_eq!(problems(asking), [(vec![Key("start")], WrongInDuty::QuestionAndAnswer)]);
    let always = Duty { triggers: vec![Trigger { when: Vec::new() }], ..other() };
    let at = vec![Key("trigger"), Index(0), Key("when")];
    assert_eq!(problems(always), [(at, WrongInDuty::NoCondition)]);
    let mut twice = service();
    twice.stages[1].stage = twice.stages[0].stage;
    let at = vec![Key("stage"), Index(1), Key("hours-left")];
    assert_eq!(problems(twice), [(at, WrongInDuty::StageTwice)]);
    let mut silent = service();
    silent.stages[0].alerts.clear();
    let at = vec![Key("stage"), Index(0), Key("alerts")];
    assert_eq!(problems(silent), [(at, WrongInDuty::NobodyAlerted)]);
    let half = Duty { title: Localised::in_languages(&["nb", "sv"], "Melding"), ..notification() };
    let missing = || WrongInDuty::LanguageMissing { language: "sv".to_owned() };
    assert_eq!(problems(half), [(vec![Key("help")], missing()), (vec![Key("cite")], missing())]);
}
