//! What holds for every view: rebuilt equals kept, also where keys are gone by then, and a fact
//! applied twice equals once.

mod events;
mod registers;
mod statistics;

use domain::case::dealings::{Effect, OtherCase};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{
    AuthorityDecision, Capacity, MeasureKind, Outcome, PeopleDecision, TellingWay,
};
use domain::case::inquiry::{Contact, InquiryMade, LinkHash, Reminder, Respondent};
use domain::case::report::{
    Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report, Reporter,
    ReporterIdentity,
};
use domain::case::telling::Particulars;
use domain::case::{AdviceGiven, Event, Judgement, Memo};
use domain::category::{CategoryId, SevereName};
use domain::duty::Verdict;
use domain::ids::{CaseId, CaseNumber, InquiryId, MeasureId, PersonId, QuestionId, UnitId, UserId};
use domain::{Actor, Erasable, Needed, Position, Recorded, StreamId, StreamKind, Time, Version};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Views;

use events::{dealings, erasure, memo, said};

pub(crate) fn hour(hour: i64) -> Time {
    Time::from_timestamp(1_772_409_600 + hour * 3_600, 0).expect("a time in 2026")
}

fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

const OWNER: UserId = UserId(Uuid::from_u128(1));
const REPORTER: PersonId = PersonId(Uuid::from_u128(2));
const INVOLVED: PersonId = PersonId(Uuid::from_u128(3));

fn reporter() -> Reporter {
    let (person, name) = (REPORTER, "Somebody".to_owned());
    let identity = ReporterIdentity { person, user: Some(OWNER), name, contact: None };
    Reporter::Confidential(Erasable::about(person, identity))
}

pub(crate) fn report(sequence: u32) -> Event {
    Event::DeviationReported(Box::new(Report {
        number: CaseNumber { year: 2026, sequence },
        category: CategoryId::new("other").expect("a category's name"),
        category_version: 1,
        channel: Channel::WebForm,
        reporter: reporter(),
        follow_up: FollowUpHash(format!("{sequence:064x}")),
        what_happened: text("left on the bus"),
        occurred: Occurred::Unknown,
        discovered_at: None,
        aware_at: None,
        unit: UnitId(Uuid::from_u128(11)),
        systems_and_devices: text("a phone"),
        personal_data: PersonalDataAffected::Yes,
        breach: std::collections::BTreeSet::new(),
        whose_data: text("residents"),
        people: PeopleEstimate::Unknown,
        sensitive: std::collections::BTreeSet::new(),
        done_already: text(""),
        answers: Vec::new(),
        language: None,
    }))
}

fn people_decided() -> Event {
    let departure = Some(text("d"));
    let particulars = Some(Box::new(Particulars { departure, ..Particulars::default() }));
    Event::PeopleDecided { decision: PeopleDecision::Notify, grounds: text("g"), particulars }
}

fn assessed() -> Event {
    let (facts, outcome) = (text("f"), Outcome::DocumentOnly);
    let advice = AdviceGiven {
        outcome: Outcome::NotifyAuthority,
        facts_version: 1,
        rules: Vec::new(),
        severity_quarters: 7,
        cleared: Vec::new(),
        departure: Some(text("d")),
    };
    Event::CaseAssessed { version: 1, facts, outcome, advice: Some(Box::new(advice)) }
}

fn later() -> impl Strategy<Value = Event> {
    let measure = MeasureId(Uuid::from_u128(21));
    let owner = OWNER;
    prop_oneof![
        Just(Event::CaseReceived {
            category: CategoryId::new("recording").expect("a category's name"),
            category_version: None,
            unit: UnitId(Uuid::from_u128(12)),
            handler: owner,
        }),
        (0..90i64).prop_map(|at| Event::AwarenessEstablished {
            aware_at: hour(at),
            reason: text("told")
        }),
        Just(assessed()),
        any::<bool>().prop_map(|notify| Event::AuthorityDecided {
            decision: if notify {
                AuthorityDecision::Notify
            } else {
                AuthorityDecision::DoNotNotify
            },
            grounds: text("g"),
            departure: Some(text("d")),
            capacity: Capacity::Controller,
            held_against: None,
        }),
        events::notified(),
        Just(people_decided()),
        events::withdrawn(),
        events::custody(),
        Just(Event::MeasureProposed {
            measure,
            kind: MeasureKind::Immediate,
            description: text("wipe"),
            owner,
            due_at: hour(9),
            playbook: None,
        }),
        Just(Event::CaseFoundSevere {
            reasons: vec![SevereName::new("many").expect("a rule's name")],
        }),
        followed_up(measure),
        inquiries(),
        any::<bool>().prop_map(move |effective| Event::MeasureVerified {
            measure,
            effective,
            finding: text("gone")
        }),
        Just(Event::CaseAssigned { handler: OWNER, deputy: None }),
        events::let_see(),
        Just(Event::PeopleTold(domain::case::telling::PeopleTold {
            told_at: hour(3),
            way: TellingWay::Letter,
            people: Some(2),
            account: text("a letter"),
        })),
        Just(Event::MemoSubmitted { version: 1, memo: Box::new(memo()) }),
        Just(Event::CaseReturned { follow_ups: vec![text("ask")] }),
        Just(Event::CaseClosed { grounds: None }),
        Just(Event::ClosedAsNotADeviation { reason: text("no") }),
        said(),
        dealings(),
        Just(Event::CaseReopened { reason: text("more") }),
        Just(Event::PersonInvolved { user: Erasable::about(INVOLVED, owner) }),
        erasure(),
        judged(),
    ]
}

fn followed_up(measure: MeasureId) -> impl Strategy<Value = Event> {
    prop_oneof![
        (1..9i64).prop_map(move |at| Event::MeasureCompleted {
            measure,
            account: text("wiped"),
            review_due_at: Some(hour(at)),
        }),
        Just(Event::EffectReviewDue { measure }),
        Just(events::reminded(measure)),
        Just(Event::EffectReviewed { measure, effect: Effect::Not, finding: text("gone") }),
    ]
}

fn inquiries() -> impl Strategy<Value = Event> {
    let inquiry = InquiryId(Uuid::from_u128(41));
    let contact = Contact { name: "Visma".to_owned(), email: "post@example.org".to_owned() };
    let made = |respondent| {
        let (text, due_at, files) = (text("how many?"), hour(5), [].into());
        let made = InquiryMade { inquiry, respondent, text, due_at, files };
        Just(Event::InquiryMade(Box::new(made)))
    };
    let (hash, expires_at) = (LinkHash("ab".to_owned()), hour(9));
    let into = OtherCase {
        case: CaseId(Uuid::from_u128(9)),
        number: CaseNumber { year: 2026, sequence: 9 },
    };
    prop_oneof![
        made(Respondent::Member(OWNER)),
        made(Respondent::Outside(Erasable::known(contact))),
        Just(Event::InquiryLinkMade { inquiry, hash, expires_at }),
        Just(Event::InquiryReminded { inquiry, reminder: Reminder::Due }),
        Just(Event::InquiryAnswered { inquiry, text: text("seven") }),
        Just(Event::InquiryWithdrawn { inquiry, reason: text("wrong") }),
        events::confirmations(inquiry),
        Just(Event::DuplicateTakenIn { other: into, aware_at: hour(-5) }),
        Just(Event::CaseMerged { into, reason: text("twice") }),
    ]
}

/// The 72 hours or another duty, judged one way or another.
fn judged() -> impl Strategy<Value = Event> {
    let duty = prop_oneof![Just("gdpr-33"), Just("protected-address")];
    let verdict = prop_oneof![Just(Verdict::No), Just(Verdict::Unknown), Just(Verdict::Yes)];
    (duty, verdict, 0..90i64, any::<bool>()).prop_map(|(duty, verdict, at, ended)| {
        let runs = verdict != Verdict::No;
        let judgement = Judgement {
            duty: duty.parse().expect("a duty's name"),
            version: 1,
            verdict,
            starts_at: Some(hour(at)).filter(|_| runs),
            due_at: Some(hour(at + 4)).filter(|_| runs),
            ended_at: Some(hour(at + 1)).filter(|_| ended),
        };
        Event::DutiesJudged { duties: vec![judgement] }
    })
}

/// The history as it reads once the keys of every erasure in it are gone.
fn with_keys_gone(history: &[Recorded]) -> Vec<Recorded> {
    let mut read = history.to_vec();
    for (at, recorded) in history.iter().enumerate() {
        let whose = match &recorded.event {
            domain::Event::Case(Event::CaseErased { .. }) => None,
            domain::Event::Case(Event::PersonErased { person, .. }) => Some(*person),
            _ => continue,
        };
        for earlier in read[..at].iter_mut().filter(|it| it.stream == recorded.stream) {
            let domain::Event::Case(event) = &earlier.event else { continue };
            earlier.event = unread(event, whose).into();
        }
    }
    read
}

/// An event as it is read without keys: those of one person, or all of them.
fn unread(event: &Event, whose: Option<PersonId>) -> Event {
    let mut read = event.write(serde_json::value::Serializer).expect("an event is plain data");
    erase(&mut read, whose);
    Event::read(event.name(), read).expect("it is one still")
}

fn erase(node: &mut Value, whose: Option<PersonId>) {
    let about = node.get("$personal").map(|it| it["about"].clone());
    let is_meant =
        about.as_ref().is_some_and(|about| whose.is_none_or(|person| *about == json!(person)));
    if is_meant {
        *node = json!({ "$erased": { "about": about } });
    }
    match node {
        Value::Object(fields) => fields.values_mut().for_each(|it| erase(it, whose)),
        Value::Array(items) => items.iter_mut().for_each(|it| erase(it, whose)),
        _ => (),
    }
}

/// Three cases, their later facts interleaved.
fn history() -> impl Strategy<Value = Vec<Recorded>> {
    prop::collection::vec((0..3u32, later()), 0..60).prop_map(|facts| {
        let reports = (0..3).map(|case| (case, report(case + 1)));
        let numbered = reports.chain(facts).zip(1u64..);
        numbered
            .map(|((case, event), position)| Recorded {
                position: Position(position),
                stream: StreamId::from(CaseId(Uuid::from_u128(u128::from(case)))),
                version: Version(1),
                at: hour(1),
                by: Actor::Service,
                event: event.into(),
            })
            .collect()
    })
}

fn built(history: &[Recorded]) -> Views {
    let mut views = Views::default();
    for recorded in history {
        views.apply(recorded);
    }
    views
}

/// What is asked for at a start, as the journal hands it over.
fn built_from_needed(history: &[Recorded]) -> Views {
    let mut views = Views::default();
    for recorded in history {
        let domain::Event::Case(event) = &recorded.event else { panic!("the history is of cases") };
        let mut recorded = recorded.clone();
        match Views::needed(StreamKind::Case, event.name()) {
            Needed::Nothing => {
                views.pass(recorded.position);
                continue;
            }
            Needed::Open => {
                recorded.event = unread(event, None).into();
            }
            Needed::Everything => (),
        }
        views.apply(&recorded);
    }
    views
}

/// A name that is not one of an event would ask for nothing, unnoticed.
#[test]
fn less_is_needed_of_some_events() {
    let names = domain::Event::names(StreamKind::Case).iter();
    let less = names.filter(|it| Views::needed(StreamKind::Case, it) != Needed::Everything);
    assert_eq!(less.count(), 15);
}

proptest! {
    #[test]
    fn a_rebuilt_view_equals_the_one_kept(history in history(), cut in 0..60usize) {
        let cut = cut.min(history.len());
        let mut kept = built(&history[..cut]);
        history[cut..].iter().for_each(|recorded| kept.apply(recorded));
        prop_assert_eq!(kept, built(&history));
    }

    #[test]
    fn a_view_rebuilt_without_the_keys_equals_the_one_kept(history in history()) {
        prop_assert_eq!(built(&history), built(&with_keys_gone(&history)));
    }

    #[test]
    fn views_built_from_what_they_need_equal_those_built_from_everything(history in history()) {
        prop_assert_eq!(built(&history), built_from_needed(&history));
    }

    #[test]
    fn a_fact_applied_twice_equals_once(history in history()) {
        let mut twice = Views::default();
        for recorded in &history {
            twice.apply(recorded);
            twice.apply(recorded);
        }
        prop_assert_eq!(twice, built(&history));
    }

    /// Running clocks first, the soonest on top, then the others, the newest on top; every case
    /// once, and those that somebody is involved in are counted.
    #[test]
    fn the_list_of_cases_is_whole_and_in_order(history in history()) {
        let views = built(&history);
        let every = super::inbox::Filter::default();
        let list: Vec<_> =
            views.inbox.list(&every, &views.organisation, |_| true).collect();
        prop_assert_eq!(list.len(), views.inbox.len());
        let due_at = |row: &super::inbox::Row| Some(row.standing.running_deadline()?.due_at());
        for pair in list.windows(2) {
            let is_in_order = match (due_at(pair[0]), due_at(pair[1])) {
                (Some(first), Some(second)) => first <= second,
                (first, None) => first.is_some() || pair[1].number < pair[0].number,
                (None, Some(_)) => false,
            };
            prop_assert!(is_in_order);
        }
        let nobody = domain::ids::UserId(uuid::Uuid::nil());
        let involved = list.iter().flat_map(|row| row.involved.iter().map(|(_, user)| user));
        for user in involved.chain([nobody]) {
            for closed in [None, Some(false), Some(true)] {
                let filter = super::inbox::Filter { closed, ..super::inbox::Filter::default() };
                let sees = |row: &super::inbox::Row| !row.involved.contains(&user);
                let of_all = |row: &&super::inbox::Row| {
                    sees(row) && closed.is_none_or(|closed| row.phase().is_closed() == closed)
                };
                let expected: Vec<_> = list.iter().copied().filter(of_all).collect();
                let listed = views.inbox.list(&filter, &views.organisation, sees);
                prop_assert_eq!(&expected, &listed.collect::<Vec<_>>());
                let known = views.inbox.known(&filter, user).expect("no more is asked for");
                prop_assert_eq!(known.total, expected.len());
                for start in 0..=expected.len() {
                    let end = expected.len().min(start + 2);
                    prop_assert_eq!(known.rows(start..start + 2), &expected[start..end]);
                }
            }
        }
    }

    /// A clock is on the list exactly while its case is open and unanswered.
    #[test]
    fn the_list_of_clocks_agrees_with_the_cases(history in history()) {
        let views = built(&history);
        let every = super::inbox::Filter::default();
        for row in views.inbox.list(&every, &views.organisation, |_| true) {
            let listed = views.deadlines.notifications().find(|(case, _)| *case == row.case);
            let expected = row.standing.running_deadline();
            prop_assert_eq!(listed.map(|(_, deadline)| deadline), expected);
        }
        let due: Vec<_> = views.deadlines.running().map(|it| it.due_at).collect();
        prop_assert!(due.is_sorted());
        for running in views.deadlines.running() {
            let row = views.inbox.row(running.case).expect("a case");
            prop_assert!(!row.phase().is_closed());
            prop_assert!(running.verdict != Verdict::No || running.duty.is_notification());
        }
    }
}
