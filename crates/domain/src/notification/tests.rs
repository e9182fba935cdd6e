//! What a case answers to the shipped template, what is missing, and what was changed.

use chrono::NaiveDate;

use super::fill::Occasion;
use super::*;
use crate::case::Event;
use crate::case::command::Acting;
use crate::case::event::{AuthorityDecision, Capacity, MeasureKind, Outcome, PeopleDecision};
use crate::case::evolve::{Fact as Recorded, fold};
use crate::case::facts::{Answer, Fact, Facts};
use crate::case::report::{Reporter, ReporterIdentity};
use crate::case::spec::{assessed, decided_to_notify, lost_phone, monday, reported, text};
use crate::case::state::{Case, OpenCase};
use crate::category::{ChoiceValue, Step};
use crate::duty::{Calendar, Jurisdiction};
use crate::ids::PersonId;
use crate::{Erasable, Time};

const TEMPLATE: &str = include_str!("../../../../config/notification/templates/edpb-1-0.toml");
const VIEW: &str = include_str!("../../../../config/notification/views/datatilsynet.toml");

pub(crate) fn field(id: u16) -> FieldId {
    FieldId(id)
}

/// The shipped template in Datatilsynet's order, for a municipality in Norway.
pub(crate) fn book() -> NotificationBook {
    NotificationBook {
        template: toml::from_str(TEMPLATE).unwrap(),
        view: toml::from_str(VIEW).unwrap(),
        profile: Profile {
            name: "Eksempel kommune".to_owned(),
            number: Some("999999999".to_owned()),
            address: Some("Rådhusgata 1, 0001 Eksempel".to_owned()),
            sector: Some(Sector::Public),
            dpo_name: Some("Ombud Ombudsen".to_owned()),
            dpo_contact: Some("ombud@eksempel.example".to_owned()),
            calendar: Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo },
            language: "nb".to_owned(),
        },
    }
}

fn open(events: &[Event]) -> OpenCase {
    let by = Acting::service().actor;
    let facts = events.iter().map(|event| Recorded { event, at: monday(9), by });
    match fold(facts) {
        Case::Open(case) => *case,
        other => panic!("open, not {other:?}"),
    }
}

fn now(kind: NoticeKind, at: Time) -> Occasion<'static> {
    Occasion { kind, at, reasons: None }
}

fn first(case: &OpenCase, look: impl FnOnce(&Prepared<'_>)) {
    look(&prepare(&book(), case, now(NoticeKind::Initial, monday(10)), None));
}

fn established(facts: Facts) -> Event {
    Event::FactsEstablished { version: 1, facts }
}

fn one(facts: Facts, fact: Fact, word: &str) -> Facts {
    let word = fact.choice(word).expect("a choice of the fact");
    facts.answered(fact, Some(Answer::One(word)))
}

fn chosen(prepared: &Prepared<'_>, id: u16) -> Vec<String> {
    let value = prepared.field(field(id)).and_then(Filled::value);
    value.into_iter().flat_map(Value::chosen).map(ToString::to_string).collect()
}

fn words(prepared: &Prepared<'_>, id: u16) -> Option<String> {
    prepared.field(field(id))?.value()?.text().map(str::to_owned)
}

fn state(prepared: &Prepared<'_>, id: u16) -> State {
    prepared.field(field(id)).expect("a field of the template").state()
}

#[test]
fn the_shipped_template_and_view_have_nothing_wrong() {
    let book = book();
    assert_eq!(book.template.problems(), []);
    assert_eq!(book.view.problems(), []);
    assert_eq!(book.view.problems_with(Some(&book.template)), []);
}

#[test]
fn a_report_alone_answers_what_it_can_and_the_rest_is_missing_or_to_come() {
    first(&open(&[reported()]), |it| {
        assert_eq!(it.completeness, Completeness::Incomplete);
        assert_eq!(chosen(it, 3), ["new"]);
        assert_eq!(chosen(it, 4), ["incomplete"]);
        assert_eq!(chosen(it, 44), ["one-day"]);
        assert_eq!(chosen(it, 55), ["confidentiality"]);
        assert_eq!(chosen(it, 60), ["device-lost"]);
        let aware = it.field(field(48)).and_then(Filled::value);
        assert_eq!(aware, Some(&Value::Moment(monday(8))));
        assert_eq!(words(it, 12).as_deref(), Some("Eksempel kommune"));
        assert_eq!((state(it, 62), words(it, 62)), (State::Missing, None));
        assert_eq!(state(it, 71), State::ToBeDetermined);
        assert_eq!(chosen(it, 87), ["to-be-determined"]);
        assert_eq!(it.field(field(87)).unwrap().origin(), Some(Origin::Open));
        assert_eq!(state(it, 87), State::ToBeDetermined);
    });
}

#[test]
fn what_was_found_out_is_proposed_with_where_it_comes_from() {
    let facts = Facts::default();
    let breach = Answer::Several(["confidentiality"].into());
    let facts = facts.answered(Fact::Breach, Some(breach));
    let facts = one(facts, Fact::Protection, "encrypted");
    let facts = one(facts, Fact::People, "one");
    let facts = one(facts, Fact::Disclosure, "no_sign");
    let case = open(&[
        reported(),
        established(facts),
        assessed(1, Outcome::NotifyAuthority),
        decided_to_notify(),
        Event::PeopleDecided {
            decision: PeopleDecision::NoHighRisk,
            grounds: text("encrypted"),
            particulars: None,
        },
    ]);
    first(&case, |it| {
        assert_eq!(chosen(it, 57), ["protected"]);
        assert_eq!(it.field(field(57)).unwrap().origin(), Some(Origin::Facts));
        assert_eq!(chosen(it, 56), ["not-possible"]);
        assert_eq!(chosen(it, 67), ["exact"]);
        assert_eq!(it.field(field(68)).unwrap().value(), Some(&Value::Number(1)));
        assert_eq!(chosen(it, 89), ["risk"]);
        assert_eq!(it.field(field(89)).unwrap().origin(), Some(Origin::Assessment));
        assert_eq!(words(it, 62).as_deref(), Some("phone without PIN"));
        assert_eq!(words(it, 90).as_deref(), Some("as advised"));
        assert_eq!(chosen(it, 97), ["no-high-risk"]);
        assert!(!it.field(field(98)).unwrap().is_shown, "nobody was told");
    });
}

#[test]
fn what_was_done_and_what_is_planned_stand_in_their_own_fields() {
    let measure = |number: u128, kind, words| Event::MeasureProposed {
        measure: crate::ids::MeasureId(uuid::Uuid::from_u128(number)),
        kind,
        description: text(words),
        owner: crate::case::spec::LEADER,
        due_at: monday(18),
        playbook: None,
    };
    let done = Event::MeasureCompleted {
        measure: crate::ids::MeasureId(uuid::Uuid::from_u128(1)),
        account: text("wiped"),
        review_due_at: None,
    };
    let case = open(&[
        reported(),
        measure(1, MeasureKind::Immediate, "wipe the phone"),
        measure(2, MeasureKind::Corrective, "tell the bus company"),
        measure(3, MeasureKind::Preventive, "PIN on every phone"),
        done,
    ]);
    first(&case, |it| {
        assert_eq!(words(it, 92).as_deref(), Some("wipe the phone"));
        assert_eq!(words(it, 95).as_deref(), Some("PIN on every phone"));
    });
}

#[test]
fn neither_the_reporter_nor_the_reports_own_words_are_in_it() {
    let person = PersonId(uuid::Uuid::from_u128(7));
    let identity = ReporterIdentity {
        person,
        user: None,
        name: "Marker Reporter".to_owned(),
        contact: Some("marker@reporter.example".to_owned()),
    };
    let mut report = lost_phone();
    report.reporter = Reporter::Named(Erasable::about(person, identity));
    report.what_happened = text("marker happened");
    report.systems_and_devices = text("marker device");
    report.whose_data = text("marker people");
    report.done_already = text("marker done");
    let case = open(&[
        Event::DeviationReported(Box::new(report)),
        assessed(1, Outcome::NotifyAuthority),
        decided_to_notify(),
    ]);
    first(&case, |it| {
        let content = it.content("nb");
        let all: Vec<&str> = content.sent().iter().filter_map(|it| it.value.text()).collect();
        assert!(!all.is_empty());
        let told = all.iter().find(|text| text.to_lowercase().contains("marker"));
        assert_eq!(told, None);
    });
}

#[test]
fn own_words_take_the_place_of_what_is_proposed_while_the_template_takes_them() {
    let own = |id: u16, value| (field(id), value);
    let choice = |word: &str| Value::One(ChoiceValue::new(word).unwrap());
    let fields = [
        own(62, Value::Text("A phone was left on a bus.".to_owned())),
        own(60, choice("no-longer-offered")),
        own(4, choice("complete")),
    ];
    let fields = Erasable::known(fields.into_iter().collect());
    let drafted = Event::NotificationDrafted { version: 1, fields };
    let case = open(&[reported(), assessed(1, Outcome::NotifyAuthority), drafted]);
    first(&case, |it| {
        let nature = it.field(field(62)).unwrap();
        assert_eq!(words(it, 62).as_deref(), Some("A phone was left on a bus."));
        assert_eq!(nature.origin(), Some(Origin::Own));
        assert_eq!(nature.characters(), Some(26));
        assert!(nature.proposed.is_some(), "what the case says is still known");
        assert_eq!(chosen(it, 60), ["device-lost"], "an answer that is none counts for nothing");
        assert_eq!(chosen(it, 4), ["incomplete"], "the notice says of itself what it is");
    });
}

#[test]
fn what_is_longer_than_the_form_takes_is_said() {
    let mut book = book();
    let fields = book.template.sections.iter_mut().flat_map(|section| &mut section.fields);
    fields.filter(|it| it.id == field(62)).for_each(|it| it.longest = Some(5));
    let case = open(&[reported(), assessed(1, Outcome::NotifyAuthority)]);
    let it = prepare(&book, &case, now(NoticeKind::Initial, monday(10)), None);
    assert_eq!(state(&it, 62), State::TooLong);
    assert!(it.standing(&book.view, State::TooLong).eq([field(62)]));
    assert!(it.lacking(&book.view).any(|id| id == field(62)));
}

#[test]
fn reasons_are_asked_of_a_first_notice_after_the_deadline_alone() {
    let (case, book) = (open(&[reported()]), book());
    let asked = |kind, at| {
        let prepared = prepare(&book, &case, now(kind, at), None);
        prepared.field(field(49)).is_some_and(|it| it.is_shown)
    };
    let late = monday(8 + 73);
    assert!(!asked(NoticeKind::Initial, monday(10)));
    assert!(asked(NoticeKind::Initial, late));
    assert!(!asked(NoticeKind::Supplement, late));
    let said = Occasion { kind: NoticeKind::Initial, at: late, reasons: Some("nobody was there") };
    let prepared = prepare(&book, &case, said, None);
    assert_eq!(words(&prepared, 49).as_deref(), Some("nobody was there"));
}

#[test]
fn a_supplement_tells_what_was_changed_and_nothing_of_itself() {
    let book = book();
    let before = open(&[reported()]);
    let sent = prepare(&book, &before, now(NoticeKind::Initial, monday(10)), None).content("nb");
    let after = open(&[
        reported(),
        assessed(1, Outcome::NotifyAuthority),
        Event::AuthorityNotified {
            sent_at: monday(10),
            reference: "AR1".to_owned(),
            reasons_for_delay: None,
            notice: NoticeSent { content: Some(Box::new(sent.clone())), ..NoticeSent::default() },
        },
    ]);
    let next = prepare(&book, &after, now(NoticeKind::Supplement, monday(20)), None);
    let changed: Vec<FieldId> =
        next.changed_since(sent.sent()).iter().map(|change| change.field).collect();
    assert_eq!(changed, [field(62), field(89)]);
    assert_eq!(chosen(&next, 3), ["follow-up"]);
    assert_eq!(words(&next, 6).as_deref(), Some("AR1"));
    let was = next.changed_since(sent.sent())[1].before.expect("it was to come");
    assert_eq!(was.words, ["Mer må være kjent for å vurdere det"]);
}

#[test]
fn a_notice_changes_its_fingerprint_with_what_it_says_alone() {
    let book = book();
    let case = open(&[reported()]);
    let of = |case: &OpenCase, at, completeness| {
        prepare(&book, case, now(NoticeKind::Initial, at), completeness).fingerprint()
    };
    let seen = of(&case, monday(10), None);
    assert_eq!(seen, of(&case, monday(11), Some(Completeness::Complete)));
    let more = open(&[reported(), assessed(1, Outcome::NotifyAuthority)]);
    assert_ne!(seen, of(&more, monday(10), None));
}

#[test]
fn a_day_is_that_of_the_organisation() {
    let told = Event::PeopleTold(crate::case::telling::PeopleTold {
        told_at: "2026-03-03T23:30:00Z".parse().unwrap(),
        way: crate::case::event::TellingWay::Letter,
        people: None,
        account: text("a letter"),
    });
    first(&open(&[reported(), told]), |it| {
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!(it.field(field(98)).unwrap().value(), Some(&Value::Day(day)));
        assert_eq!(chosen(it, 97), ["yes"]);
        assert_eq!(chosen(it, 104), ["individually"]);
    });
}

#[test]
fn an_answer_is_of_the_fields_kind() {
    let book = book();
    let takes = |id, value| book.template.field(field(id)).unwrap().takes(&value);
    let choice = |word: &str| ChoiceValue::new(word).unwrap();
    assert!(takes(62, Value::Text("a phone".to_owned())));
    assert!(!takes(62, Value::Text("  ".to_owned())));
    assert!(!takes(62, Value::Number(1)));
    assert!(takes(68, Value::Number(1)));
    assert!(takes(60, Value::One(choice("device-lost"))));
    assert!(!takes(60, Value::Several([choice("device-lost")].into())));
    assert!(!takes(55, Value::Several([choice("device-lost")].into())));
    assert!(!takes(55, Value::Several([].into())));
}

#[test]
fn a_template_that_does_not_fit_together_is_told_where() {
    let wrong = |from: &str, to: &str| {
        let template: Template = toml::from_str(&TEMPLATE.replacen(from, to, 1)).unwrap();
        template.problems().into_iter().next().map(|it| (it.at, it.wrong))
    };
    let at = |section, place, rest: &[Step]| {
        let start = [Step::Key("section"), Step::Index(section), Step::Key("field")];
        [&start[..], &[Step::Index(place)], rest].concat()
    };
    let shown = [Step::Key("shown-when"), Step::Index(0)];
    let of_4 = "{ field = 4, is = [\"withdraw\"] }";
    assert_eq!(
        wrong(of_4, "{ field = 999, is = [\"withdraw\"] }"),
        Some((at(0, 2, &shown), WrongInTemplate::NoSuchField))
    );
    assert_eq!(
        wrong(of_4, "{ field = 14, is = [\"private\"] }"),
        Some((at(0, 2, &shown), WrongInTemplate::NotAskedBefore))
    );
    let offered = ["complete", "incomplete", "withdraw"].map(|it| ChoiceValue::new(it).unwrap());
    assert_eq!(
        wrong(of_4, "{ field = 4, is = [\"taken-back\"] }"),
        Some((at(0, 2, &shown), WrongInTemplate::NotOffered { offered: offered.to_vec() }))
    );
    assert_eq!(
        wrong("from = [\"case_number\"]", "from = [\"aware_at\"]"),
        Some((at(0, 4, &[Step::Key("from"), Step::Index(0)]), WrongInTemplate::DoesNotFit))
    );
    assert_eq!(
        wrong("id = 4\n", "id = 3\n"),
        Some((at(0, 1, &[Step::Key("id")]), WrongInTemplate::NamedTwice))
    );
    let unknown = toml::from_str::<Template>(&TEMPLATE.replacen("\"case_number\"", "\"name\"", 1));
    assert!(unknown.is_err());
}

#[test]
fn a_view_that_names_what_is_not_there_is_told_where() {
    let template = book().template;
    let wrong = |from: &str, to: &str| {
        let view: View = toml::from_str(&VIEW.replacen(from, to, 1)).unwrap();
        let problems = view.problems_with(Some(&template)).into_iter();
        problems.map(|it| it.wrong).collect::<Vec<_>>()
    };
    assert_eq!(wrong("[60, 61]", "[60, 999]"), [WrongInView::NoSuchField]);
    assert_eq!(wrong("[60, 61]", "[60, 60]"), [WrongInView::ShownTwice]);
    let view: View = toml::from_str(VIEW).unwrap();
    assert_eq!(view.problems_with(None)[0].wrong, WrongInView::NoSuchTemplate);
}

#[test]
fn a_decision_alone_does_not_make_a_notice_complete() {
    let decided = Event::AuthorityDecided {
        decision: AuthorityDecision::Notify,
        grounds: text("a risk"),
        departure: None,
        capacity: Capacity::Controller,
        held_against: None,
    };
    let (case, book) = (open(&[reported(), decided]), book());
    let it = prepare(&book, &case, now(NoticeKind::Initial, monday(10)), None);
    assert!(it.standing(&book.view, State::Missing).any(|id| id == field(62)));
    let withdrawal = prepare(&book, &case, now(NoticeKind::Withdrawal, monday(10)), None);
    assert_eq!(withdrawal.lacking(&book.view).next(), None);
    assert_eq!(chosen(&withdrawal, 4), ["withdraw"]);
}
