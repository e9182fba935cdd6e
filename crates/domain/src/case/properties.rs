//! What holds for every sequence of commands, whoever gives them and in whatever order.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::command::{
    Acting, Assess, Assign, Close, Command, CompleteMeasure, DecideOnAuthority, DecideOnPeople,
    EstablishAwareness, FileReport, FirstAction, OpenOutsideRole, Playbook, ProposeMeasure,
    Receive, Reclassify, RecordNotification, Request, ReviewOpening, TellPeople, Text,
    VerifyMeasure,
};
use super::decide;
use super::erasure::{Erase, ErasureGround, Whose};
use super::event::{AuthorityDecision, Event, MeasureKind, Outcome, PeopleDecision, TellingWay};
use super::evolve::{Fact, evolve};
use super::memo::Memo;
use super::practice::Practice;
use super::report::Report;
use super::spec::{CONTROLLER, DPO, LEADER, UNIT, lost_phone, memo, monday, text};
use super::state::{Case, Progress};
use crate::category::{Action, ActionName, CategoryId, CountedFrom, Localised, SevereName, Within};
use crate::duty::tests::book;
use crate::ids::{MeasureId, QuestionId, UserId};
use crate::notification::NoticeKind;
use crate::{Actor, Erasable, Role, Roles, Time};

mod corrections;
mod dealings;
mod documents;
mod endings;

/// Everything recorded, with who and when, and the case it folds to.
struct History {
    recorded: Vec<(Event, Time, Actor)>,
    case: Case,
}

fn play(commands: &[Command]) -> History {
    let mut history = History { recorded: Vec::new(), case: Case::Unreported };
    for command in commands {
        if let Ok(events) = decide(&history.case, command) {
            history.record(events, command);
        }
    }
    history
}

impl History {
    fn record(&mut self, events: Vec<Event>, command: &Command) {
        for event in events {
            let fact = Fact { event: &event, at: command.at, by: command.by.actor };
            self.case = evolve(std::mem::take(&mut self.case), fact);
            self.recorded.push((event, command.at, command.by.actor));
        }
    }
}

fn user() -> impl Strategy<Value = UserId> {
    prop_oneof![Just(DPO), Just(CONTROLLER), Just(LEADER)]
}

fn acting() -> impl Strategy<Value = Acting> {
    let roles = prop::collection::vec(
        prop_oneof![Just(Role::Dpo), Just(Role::Controller), Just(Role::Leader)],
        0..3,
    );
    prop_oneof![
        1 => Just(Acting::service()),
        1 => Just(Acting::reporter()),
        2 => Just(Acting::user(CONTROLLER, [Role::Controller])),
        4 => (user(), roles)
            .prop_map(|(user, roles)| Acting::user(user, roles.into_iter().collect::<Roles>())),
    ]
}

fn words() -> impl Strategy<Value = Erasable<String>> {
    prop_oneof![
        1 => Just(text("")),
        4 => prop_oneof![Just("this"), Just("that")].prop_map(text),
        1 => Just(Erasable::Erased { about: None }),
    ]
}

fn moment() -> impl Strategy<Value = Time> {
    (0..200u32).prop_map(monday)
}

fn measure() -> impl Strategy<Value = MeasureId> {
    (0..2u128).prop_map(|n| MeasureId(Uuid::from_u128(n)))
}

fn question() -> impl Strategy<Value = QuestionId> {
    (0..2u128).prop_map(|n| QuestionId(Uuid::from_u128(n)))
}

fn file(report: Report) -> FileReport {
    let severe = vec![SevereName::new("stolen").unwrap()];
    FileReport { report, severe, attachments: Vec::new() }
}

fn receive(handler: UserId) -> Receive {
    Receive {
        category: lost_phone().category,
        unit: UNIT,
        handler,
        first_actions: Vec::new(),
        playbook: None,
    }
}

/// Puts the case under the other category, or back, with the one first action of each.
fn reclassify(
    back: bool,
    reason: Erasable<String>,
    dropped: BTreeSet<MeasureId>,
    measure: MeasureId,
) -> Reclassify {
    let action = ActionName::new("act").unwrap();
    let other = CategoryId::new("other").unwrap();
    Reclassify {
        category: if back { lost_phone().category } else { other },
        unit: UNIT,
        reason,
        dropped,
        first_actions: vec![FirstAction { measure, action: action.clone(), owner: LEADER }],
        playbook: Some(Playbook {
            version: 2,
            actions: vec![Action {
                name: action,
                text: Localised::bokmaal("Gjør det"),
                owner: Role::Leader,
                within: Within::try_from("1h".to_owned()).unwrap(),
                from: CountedFrom::Receipt,
                only_if: None,
            }],
            language: "nb".to_owned(),
        }),
    }
}

fn intake() -> impl Strategy<Value = Request> {
    prop_oneof![
        3 => Just(Request::Report(Box::new(file(lost_phone())))),
        1 => words().prop_map(Request::AddInformation),
        3 => user().prop_map(|handler| {
            Request::Receive(receive(handler))
        }),
        1 => (prop::bool::ANY, words(), prop::option::of(measure()), measure()).prop_map(
            |(back, reason, dropped, measure)| Request::Reclassify(reclassify(
                back, reason, dropped.into_iter().collect(), measure,
            ))
        ),
        1 => user().prop_map(|user| Request::NameInvolved(Erasable::about(user, user))),
        1 => (moment(), words()).prop_map(|(aware_at, reason)| {
            Request::EstablishAwareness(EstablishAwareness { aware_at, reason })
        }),
        1 => Just(Request::CheckDuties(book().into())),
        1 => (question(), words())
            .prop_map(|(about, text)| Request::AskReporter(Text { about, text })),
        1 => (question(), words())
            .prop_map(|(about, text)| Request::AnswerQuestion(Text { about, text })),
        1 => (user(), words(), moment()).prop_map(|(user, purpose, until)| {
            Request::OpenOutsideRole(OpenOutsideRole { user, purpose, until })
        }),
        1 => (user(), words(), moment()).prop_map(|(user, finding, until)| {
            Request::ReviewOpening(ReviewOpening { user, until, finding })
        }),
        1 => corrections::audits(),
        2 => corrections::corrections(),
    ]
}

fn decisions() -> impl Strategy<Value = Request> {
    let outcome = prop_oneof![Just(Outcome::DocumentOnly), Just(Outcome::NotifyAuthority)];
    let decision =
        prop_oneof![Just(AuthorityDecision::Notify), Just(AuthorityDecision::DoNotNotify)];
    prop_oneof![
        1 => (words(), outcome)
            .prop_map(|(facts, outcome)| Request::Assess(assess(facts, outcome))),
        1 => (decision, words(), prop::option::of(words()), any::<bool>()).prop_map(
            |(decision, grounds, departure, delegated)| {
                let practice = Practice::default();
                let it = DecideOnAuthority { decision, grounds, departure, practice, delegated };
                Request::DecideOnAuthority(it)
            }
        ),
        3 => notices(),
        1 => (words(), prop::bool::weighted(0.2)).prop_map(|(grounds, tell)| {
            let decision = if tell { PeopleDecision::Notify } else { PeopleDecision::NoHighRisk };
            Request::DecideOnPeople(decide_on_people(decision, grounds))
        }),
        1 => (moment(), words()).prop_map(|(told_at, account)| {
            let (way, people) = (TellingWay::Letter, None);
            Request::TellPeople(TellPeople { told_at, way, people, account })
        }),
        1 => (user(), prop::option::of(user()))
            .prop_map(|(handler, deputy)| Request::Assign(Assign { handler, deputy })),
    ]
}

fn notices() -> impl Strategy<Value = Request> {
    let kinds = [NoticeKind::Initial, NoticeKind::Supplement, NoticeKind::Withdrawal];
    let kind = prop::sample::select(kinds.to_vec());
    (kind, moment(), prop::option::of(words())).prop_map(|(kind, sent_at, reasons)| {
        let reference = "AR1".to_owned();
        let (channel, completeness, seen) = (None, None, None);
        let (receipt, book) = (None, None);
        Request::RecordNotification(RecordNotification {
            kind,
            sent_at,
            reference,
            reasons,
            channel,
            completeness,
            seen,
            receipt,
            book,
        })
    })
}

fn measures() -> impl Strategy<Value = Request> {
    let kind = prop_oneof![Just(MeasureKind::Immediate), Just(MeasureKind::Preventive)];
    prop_oneof![
        (measure(), kind, words(), user()).prop_map(|(measure, kind, description, owner)| {
            let due_at = monday(100);
            Request::ProposeMeasure(ProposeMeasure { measure, kind, description, owner, due_at })
        }),
        (measure(), words()).prop_map(|(measure, account)| {
            let review_due_at = Some(monday(2_000));
            Request::CompleteMeasure(CompleteMeasure { measure, account, review_due_at })
        }),
        (measure(), any::<bool>(), words()).prop_map(|(measure, effective, finding)| {
            Request::VerifyMeasure(VerifyMeasure { measure, effective, finding })
        }),
    ]
}

fn endings() -> impl Strategy<Value = Request> {
    prop_oneof![
        4 => words().prop_map(|rules| Request::SubmitMemo(Box::new(Memo { rules, ..memo() }))),
        1 => documents::requests().prop_map(Request::Document),
        1 => prop::collection::vec(words(), 0..2).prop_map(Request::Return),
        6 => prop::option::of(words()).prop_map(|grounds| Request::Close(Close { grounds })),
        1 => words().prop_map(Request::CloseAsNotADeviation),
        1 => words().prop_map(Request::Reopen),
        1 => erasure().prop_map(Request::Erase),
    ]
}

fn erasure() -> impl Strategy<Value = Erase> {
    let whose = prop_oneof![
        1 => Just(Whose::Everybody),
        2 => Just(Whose::Reporter),
        4 => user().prop_map(|user| Whose::Involved(user.into())),
    ];
    let ground = prop_oneof![Just(ErasureGround::RetentionReached), Just(ErasureGround::Ordered)];
    let basis = prop_oneof![Just("26/1"), Just("")].prop_map(str::to_owned);
    (whose, ground, basis).prop_map(|(whose, ground, basis)| Erase { whose, ground, basis })
}

fn any_command() -> impl Strategy<Value = Command> {
    let request = prop_oneof![
        4 => intake().boxed(),
        4 => decisions().boxed(),
        4 => measures().boxed(),
        6 => endings().boxed(),
        2 => dealings::any().boxed(),
    ];
    (moment(), acting(), request).prop_map(|(at, by, request)| Command { at, by, request })
}

/// Any sequence, some after a way that leads close to the end, so that closings are reached.
fn any_commands() -> impl Strategy<Value = Vec<Command>> {
    let random = prop::collection::vec(any_command(), 0..60);
    (any::<bool>(), random).prop_map(|(led, random)| {
        let mut commands = if led { the_way_to_the_memo() } else { Vec::new() };
        commands.extend(random);
        commands
    })
}

fn assess(facts: Erasable<String>, outcome: Outcome) -> Assess {
    Assess { facts, outcome, departure: None, rules: None }
}

fn decide_on_people(decision: PeopleDecision, grounds: Erasable<String>) -> DecideOnPeople {
    let (departure, measure, plan) = (None, None, None);
    DecideOnPeople { decision, grounds, departure, measure, plan, practice: Practice::default() }
}

fn the_way_to_the_memo() -> Vec<Command> {
    let facts = text("no risk");
    let decide_on_authority = DecideOnAuthority {
        decision: AuthorityDecision::DoNotNotify,
        grounds: text("encrypted"),
        departure: None,
        practice: Practice::default(),
        delegated: true,
    };
    let (decision, grounds) = (PeopleDecision::NoHighRisk, text("encrypted"));
    [
        Request::Report(Box::new(file(lost_phone()))),
        Request::Receive(receive(DPO)),
        Request::Assess(assess(facts, Outcome::DocumentOnly)),
        Request::DecideOnAuthority(decide_on_authority),
        Request::DecideOnPeople(decide_on_people(decision, grounds)),
        Request::SubmitMemo(Box::new(memo())),
    ]
    .map(|request| Command { at: monday(9), by: Acting::user(DPO, [Role::Dpo]), request })
    .into()
}

fn is_closed_by_controller(event: &Event) -> bool {
    matches!(event, Event::CaseClosed { .. })
}

proptest! {
    #[test]
    fn any_sequence_folds_to_what_it_left(commands in any_commands()) {
        let history = play(&commands);
        let refolded = history.recorded.iter().fold(Case::Unreported, |case, (event, at, by)| {
            evolve(case, Fact { event, at: *at, by: *by })
        });
        prop_assert_eq!(refolded, history.case);
    }

    #[test]
    fn an_accepted_command_repeated_yields_nothing_new(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            if let Ok(events) = decide(&history.case, command) {
                let involved_themselves = matches!(&command.request, Request::NameInvolved(user)
                    if user.get().is_some_and(|user| command.by.actor == Actor::User(*user)));
                history.record(events, command);
                if !involved_themselves {
                    prop_assert_eq!(decide(&history.case, command), Ok(vec![]), "{:?}", command);
                }
            }
        }
    }

    #[test]
    fn nobody_who_is_dpo_approves_a_closure(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            let Ok(events) = decide(&history.case, command) else { continue };
            if events.iter().any(is_closed_by_controller) {
                prop_assert!(!command.by.roles.holds(Role::Dpo));
                prop_assert!(command.by.roles.holds(Role::Controller));
            }
            history.record(events, command);
        }
    }

    #[test]
    fn each_stage_of_a_deadline_is_raised_once(commands in any_commands()) {
        let history = play(&commands);
        let mut raised = std::collections::BTreeSet::new();
        for (event, ..) in &history.recorded {
            if let Event::DeadlineStageReached { duty, stage, due_at, .. } = event {
                prop_assert!(raised.insert((duty.clone(), *due_at, *stage)));
            }
        }
    }
}

/// The properties above would hold of a domain that never closes anything.
#[test]
fn the_generated_sequences_reach_closed_cases() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let closed = (0..200)
        .filter(|_| {
            let commands = any_commands().new_tree(&mut runner).expect("a sequence").current();
            let recorded = play(&commands).recorded;
            recorded.iter().any(|(event, ..)| is_closed_by_controller(event))
        })
        .count();
    assert!(20 < closed, "only {closed} of 200 sequences close a case");
}

#[test]
fn seventy_two_hours_are_used_by_the_case() {
    let history = play(&the_way_to_the_memo()[..1]);
    let case = history.case.known().expect("reported");
    assert_eq!(case.clock.deadline.due_at(), monday(8) + TimeDelta::hours(72));
}
