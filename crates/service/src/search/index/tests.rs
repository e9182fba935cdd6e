//! What is found, by whom, and what is no longer found.

use domain::case::dealings::{Referral, ReferralKind};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::report::{Reporter, ReporterIdentity};
use domain::{Actor, Erasable, Position, Role, StreamId, Time, Version};

use super::*;
use crate::permit::tests::reported as any_report;

const LEADER: &[Circle] = &[Circle::All];
const OFFICER: &[Circle] = &[Circle::All, Circle::Notes, Circle::Personnel, Circle::Officers];
const REPORTER: PersonId = PersonId(Uuid::from_u128(9));

fn case(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(number))
}

fn fact(of: CaseId, event: Event) -> Recorded {
    Recorded {
        position: Position(1),
        stream: StreamId::from(of),
        version: Version(1),
        at: Time::UNIX_EPOCH,
        by: Actor::Service,
        event: event.into(),
    }
}

fn reported(of: CaseId, sequence: u32, text: &str) -> Recorded {
    let Event::DeviationReported(mut report) = any_report() else { panic!("a report") };
    report.number.sequence = sequence;
    report.what_happened = Erasable::known(text.to_owned());
    let name = "Mona Strandvold".to_owned();
    let identity = ReporterIdentity { person: REPORTER, user: None, name, contact: None };
    report.reporter = Reporter::Confidential(Erasable::about(REPORTER, identity));
    fact(of, Event::DeviationReported(report))
}

fn added(of: CaseId, text: &str) -> Recorded {
    let reason = Erasable::known(text.to_owned());
    fact(of, Event::AwarenessEstablished { aware_at: Time::UNIX_EPOCH, reason })
}

/// Two cases, and what finds them.
fn built(facts: &[Recorded]) -> (SearchBuilder, Search) {
    let mut builder = SearchBuilder::new().unwrap();
    builder.apply(facts).unwrap();
    builder.publish().unwrap();
    let search = builder.search();
    (builder, search)
}

fn two_cases() -> Vec<Recorded> {
    vec![
        reported(case(1), 17, "Telefonene ble glemt på bussen til sykehuset."),
        reported(case(2), 18, "Journalerna låg öppna i receptionen."),
        added(case(2), "Hyllan är nu låst; brevet till patienten skickades."),
    ]
}

fn found(search: &Search, words: &str) -> Vec<CaseId> {
    let mut found: Vec<_> = search.cases(words, LEADER).unwrap().into_iter().collect();
    found.sort_unstable();
    found
}

#[test]
fn a_word_is_found_in_another_form_and_by_its_beginning() {
    let (_builder, search) = built(&two_cases());
    for (words, expected) in [
        ("telefon", vec![case(1)]),
        ("TELEFONEN", vec![case(1)]),
        ("sykehus", vec![case(1)]),
        ("bussene", vec![case(1)]),
        ("journaler", vec![case(2)]),
        ("patienter", vec![case(2)]),
        ("recep", vec![case(2)]),
        ("2026/17", vec![case(1)]),
        ("2026", vec![case(1), case(2)]),
        ("elefon", vec![]),
        ("fly", vec![]),
        ("", vec![]),
        ("/*.?\\ (", vec![]),
    ] {
        assert_eq!(found(&search, words), expected, "{words}");
    }
}

#[test]
fn each_word_must_occur_somewhere_in_the_case() {
    let (_builder, search) = built(&two_cases());
    assert_eq!(found(&search, "journal brev"), vec![case(2)]);
    assert_eq!(found(&search, "telefon brev"), vec![]);
}

#[test]
fn only_those_who_see_everything_find_a_case_by_who_reported_it() {
    let (_builder, search) = built(&two_cases());
    assert_eq!(found(&search, "Strandvold"), vec![]);
    assert_eq!(search.cases("strandvold", OFFICER).unwrap().len(), 2);
}

/// Who, of those with one role alone, finds a case by a word.
fn finders(search: &Search, word: &str) -> Vec<Role> {
    let roles = [Role::Dpo, Role::Controller, Role::SecurityOfficer, Role::Leader, Role::Auditor];
    let finds = |role: &Role| {
        let circles = Circle::of(&[*role].into_iter().collect());
        !search.cases(word, circles).unwrap().is_empty()
    };
    roles.into_iter().filter(finds).collect()
}

use Role::{Auditor, Controller, Dpo, Leader, SecurityOfficer};

#[test]
fn everybody_finds_a_case_by_what_its_page_shows_them() {
    let mut facts = two_cases();
    let text = |words: &str| Erasable::known(words.to_owned());
    facts.push(fact(case(1), Event::NoteAdded { text: text("Ring kommuneadvokaten.") }));
    let referral = |kind, subject| {
        let (to, referred_at, reference) = (text("Avdelingen"), Time::UNIX_EPOCH, None);
        let it = Referral { kind, to, subject, referred_at, reference };
        fact(case(1), Event::CaseReferred(Box::new(it)))
    };
    facts.push(referral(ReferralKind::PersonnelMatter, text("Drøftingsmøte med tillitsvalgt.")));
    facts.push(referral(ReferralKind::PoliceReport, text("Etterforskning i gang.")));
    let (_builder, search) = built(&facts);
    assert_eq!(finders(&search, "kommuneadvokat"), [Dpo, Controller, SecurityOfficer]);
    assert_eq!(finders(&search, "tillitsvalgt"), [Dpo, Controller]);
    let all = [Dpo, Controller, SecurityOfficer, Leader, Auditor];
    assert_eq!(finders(&search, "etterforskning"), all);
}

#[test]
fn what_a_reporter_says_is_found_by_all_where_they_are_named_and_else_by_officers() {
    let Event::DeviationReported(mut named) = any_report() else { panic!("a report") };
    let identity = ReporterIdentity {
        person: REPORTER,
        user: None,
        name: "Mona Strandvold".to_owned(),
        contact: None,
    };
    named.reporter = Reporter::Named(Erasable::about(REPORTER, identity));
    let says = |of, words: &str| {
        let text = Erasable::known(words.to_owned());
        fact(of, Event::InformationAdded { text })
    };
    let facts = [
        fact(case(1), Event::DeviationReported(named)),
        says(case(1), "Vakta heter kveldsvakt."),
        reported(case(2), 18, "Journalerna låg öppna."),
        says(case(2), "Jag arbetade nattpasset."),
    ];
    let (_builder, search) = built(&facts);
    assert!(finders(&search, "kveldsvakt").contains(&Role::Leader));
    assert_eq!(finders(&search, "nattpass"), [Role::Dpo]);
}

#[test]
fn what_was_erased_is_not_found_and_the_rest_still_is() {
    let (mut builder, search) = built(&two_cases());
    let (ground, basis) = (ErasureGround::Ordered, "26/1".to_owned());
    let part = PartInCase::Reporter;
    let person = Event::PersonErased { person: REPORTER, part, ground, basis: basis.clone() };
    builder.apply(&[fact(case(1), person)]).unwrap();
    builder.publish().unwrap();
    assert_eq!(search.cases("strandvold", OFFICER).unwrap(), HashSet::from([case(2)]));
    assert_eq!(found(&search, "telefon"), vec![case(1)]);
    builder.apply(&[fact(case(2), Event::CaseErased { ground, basis })]).unwrap();
    builder.publish().unwrap();
    assert_eq!(search.cases("strandvold", OFFICER).unwrap(), HashSet::new());
    assert_eq!(found(&search, "brev"), vec![]);
    assert_eq!(found(&search, "telefon"), vec![case(1)]);
}

#[test]
fn what_comes_later_is_found_too() {
    let (mut builder, search) = built(&two_cases());
    builder.apply(&[added(case(1), "Politiet fant den.")]).unwrap();
    assert_eq!(found(&search, "politi"), vec![]);
    builder.publish().unwrap();
    assert_eq!(found(&search, "politi telefon"), vec![case(1)]);
}
