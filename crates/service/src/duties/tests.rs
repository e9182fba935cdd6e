//! The shipped duties held against the law, and what is said of a file that is wrong.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use domain::Actor;
use domain::case::duties::{judge, unsettled};
use domain::case::evolve::{Fact as Recorded, fold};
use domain::case::{Case, Event, Fact, Facts, Judgement};
use domain::duty::{Alerted, Condition, Jurisdiction};
use strum::IntoEnumIterator;

use super::*;

mod main_clock;
mod supplement;

fn directory() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/duties")
}

#[test]
fn the_shipped_duties_are_the_files_in_the_repository() {
    let duties = Duties::load(None).unwrap();
    assert!(Duties::load(Some(&directory())).unwrap().iter().eq(duties.iter()));
    assert_eq!(duties.iter().count(), SHIPPED.len());
}

#[test]
fn every_shipped_duty_is_told_in_four_languages_and_alerts_whoever_must_act() {
    for duty in Duties::shipped().unwrap().iter() {
        let languages: Vec<_> = duty.title.languages().collect();
        assert_eq!(languages, ["en", "nb", "nn", "sv"], "{}", duty.id);
        let alerted: BTreeSet<Alerted> =
            duty.stages.iter().flat_map(|rule| rule.alerts.iter().copied()).collect();
        let is_clock = duty.start != Start::Question;
        assert_eq!(alerted.contains(&Alerted::Dpo), is_clock, "{}", duty.id);
        let overdue = duty.stages.iter().any(|rule| rule.stage.hours_left == 0);
        assert_eq!(overdue, is_clock, "{}", duty.id);
        let is_of_law = duty.cite.is_some() && !duty.own_target;
        assert!(!is_of_law || alerted.contains(&Alerted::Controller), "{}", duty.id);
    }
}

/// Every version of a duty that was ever shipped, with what it said.
const VERSIONS: &str = include_str!("versions.txt");

#[test]
fn a_shipped_duty_is_not_changed_without_raising_its_version() {
    let line = |duty: &Duty| {
        let says = serde_json::to_string(duty).unwrap();
        format!("{} {} {}", duty.id, duty.version, crate::secrets::hash("duty", &says))
    };
    let lines = Duties::shipped().unwrap().iter().map(line).collect::<Vec<_>>();
    let known = |line: &&String| VERSIONS.lines().any(|known| known == line.as_str());
    let missing: Vec<_> = lines.iter().filter(|line| !known(line)).cloned().collect();
    assert!(
        missing.is_empty(),
        "raise the version of each duty that was changed and add its line to versions.txt; never \
         change a line of a version that was released:\n{}",
        missing.join("\n")
    );
}

/// A time on the clock in Oslo, which is also Stockholm's.
fn at(time: &str) -> Time {
    let local = NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M").unwrap();
    Tz::Europe__Oslo.from_local_datetime(&local).earliest().unwrap().to_utc()
}

fn local(time: Time) -> String {
    time.with_timezone(&Tz::Europe__Oslo).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A report of something discovered at that time, and whatever happened since.
fn case(discovered_at: &str, events: &[Event]) -> OpenCase {
    let reported: Event = serde_json::from_value(serde_json::json!({ "deviation_reported": {
        "number": { "year": 2026, "sequence": 17 }, "category": "other", "category_version": 1,
        "channel": "web_form", "reporter": "anonymous", "follow_up": "ab",
        "what_happened": { "$personal": { "value": "lost" } }, "occurred": "unknown",
        "discovered_at": at(discovered_at), "unit": "00000000-0000-0000-0000-00000000000b",
        "systems_and_devices": { "$personal": { "value": "" } }, "personal_data": "yes",
        "breach": [], "whose_data": { "$personal": { "value": "" } }, "people": "unknown",
        "done_already": { "$personal": { "value": "" } }, "answers": []
    }}))
    .unwrap();
    let events: Vec<&Event> = std::iter::once(&reported).chain(events).collect();
    let fact = |event| Recorded { event, at: at(discovered_at), by: Actor::Service };
    let Case::Open(case) = fold(events.into_iter().map(fact)) else { panic!("an open case") };
    *case
}

fn book(jurisdiction: Jurisdiction, organisation: Verdict) -> DutyBook {
    let zone = match jurisdiction {
        Jurisdiction::No => Tz::Europe__Oslo,
        Jurisdiction::Se => Tz::Europe__Stockholm,
    };
    DutyBook {
        duties: Duties::shipped().unwrap().iter().cloned().map(Arc::new).collect(),
        organisation: OrganisationFact::iter().map(|fact| (fact, organisation)).collect(),
        calendar: Calendar { jurisdiction, zone },
    }
}

fn so(fact: Fact) -> Event {
    let facts = Facts::default().with(fact, Verdict::Yes);
    Event::FactsEstablished { version: 1, facts }
}

fn notified(sent_at: &str) -> Event {
    let (reference, reasons_for_delay) = ("AR1".to_owned(), None);
    Event::AuthorityNotified {
        sent_at: at(sent_at),
        reference,
        reasons_for_delay,
        notice: domain::notification::NoticeSent::default(),
    }
}

fn judged(duty: &str, jurisdiction: Jurisdiction, case: &OpenCase) -> Judgement {
    let all = judge(case, &book(jurisdiction, Verdict::Yes));
    let found = all.into_iter().find(|it| it.duty.as_str() == duty);
    found.unwrap_or_else(|| panic!("{duty} is not judged there"))
}

/// When a duty is due on which a fact decides, of something discovered at that time.
fn due(duty: &str, jurisdiction: Jurisdiction, fact: Fact, discovered_at: &str) -> String {
    let without = judged(duty, jurisdiction, &case(discovered_at, &[]));
    assert_eq!(without.verdict, Verdict::Unknown, "{duty} is possible before anybody has asked");
    let with = judged(duty, jurisdiction, &case(discovered_at, &[so(fact)]));
    assert_eq!(with.verdict, Verdict::Yes, "{duty}");
    local(with.due_at.unwrap())
}

use Jurisdiction::{No, Se};

#[test]
fn the_72_hours_run_in_every_case_and_end_to_the_second() {
    for jurisdiction in [No, Se] {
        for (discovered_at, due_at) in [
            ("2026-03-27 15:30", "2026-03-30 16:30:00"),
            ("2026-10-23 15:30", "2026-10-26 14:30:00"),
            ("2026-04-01 14:00", "2026-04-04 14:00:00"),
            ("2026-05-13 16:30", "2026-05-16 16:30:00"),
        ] {
            let judged = judged("gdpr-33", jurisdiction, &case(discovered_at, &[]));
            assert_eq!(judged.verdict, Verdict::Yes);
            assert_eq!(judged.due_at.map(local).as_deref(), Some(due_at));
        }
    }
}

#[test]
fn duties_in_hours_keep_their_hours_over_a_clock_change() {
    // Saturday 28 March 2026; the night to Sunday has 23 hours.
    let saturday = "2026-03-28 20:00";
    for (duty, jurisdiction, fact, due_at) in [
        ("gdpr-33-processor", No, Fact::ActingAsProcessor, "2026-03-29 21:00:00"),
        ("protected-address", No, Fact::ProtectedAddress, "2026-03-29 00:00:00"),
        ("protected-address", Se, Fact::ProtectedAddress, "2026-03-29 00:00:00"),
        ("digitalsikkerhetsloven", No, Fact::SignificantEffectOnService, "2026-03-29 21:00:00"),
        ("sikkerhetsloven", No, Fact::SecurityThreatening, "2026-03-29 00:00:00"),
        ("serious-event-in-care", No, Fact::DeathOrGraveInjuryInCare, "2026-03-29 00:00:00"),
        ("sakerhetsskydd", Se, Fact::SecurityThreatening, "2026-03-29 00:00:00"),
        ("lex-maria", Se, Fact::SeriousCareInjuryPossible, "2026-03-29 21:00:00"),
        ("lex-sarah", Se, Fact::SeriousWrongInSocialServices, "2026-03-29 21:00:00"),
        ("cybersakerhetslagen-24h", Se, Fact::SignificantEffectOnService, "2026-03-29 21:00:00"),
        ("cybersakerhetslagen-72h", Se, Fact::SignificantEffectOnService, "2026-03-31 21:00:00"),
    ] {
        assert_eq!(due(duty, jurisdiction, fact, saturday), due_at, "{duty}");
    }
}

#[test]
fn the_final_report_is_due_a_month_after_awareness() {
    for (discovered_at, due_at) in [
        ("2026-01-31 09:00", "2026-02-28 23:59:59"),
        ("2026-03-10 09:00", "2026-04-10 23:59:59"),
        ("2026-12-31 23:30", "2027-01-31 23:59:59"),
    ] {
        let fact = Fact::SignificantEffectOnService;
        assert_eq!(due("cybersakerhetslagen-final", Se, fact, discovered_at), due_at);
    }
}

#[test]
fn supplements_are_due_four_weeks_after_the_notification() {
    let discovered_at = "2026-02-25 09:00";
    for (duty, jurisdiction) in [("supplement-no", No), ("supplement-se", Se)] {
        let judged = |events: &[Event]| judged(duty, jurisdiction, &case(discovered_at, events));
        let incomplete = || so(Fact::NotificationIncomplete);
        assert_eq!(judged(&[incomplete()]).verdict, Verdict::No, "nothing was sent");
        let asked = judged(&[notified("2026-02-26 10:00")]);
        assert_eq!(asked.verdict, Verdict::Unknown);
        let owed = judged(&[notified("2026-02-26 10:00"), incomplete()]);
        assert_eq!(owed.verdict, Verdict::Yes);
        assert_eq!(owed.due_at.map(local).as_deref(), Some("2026-03-26 23:59:59"));
    }
}

#[test]
fn the_people_are_told_within_72_hours_where_the_risk_is_high() {
    use domain::case::event::{Outcome, PeopleDecision};
    let discovered_at = "2026-03-27 15:30";
    let text = || domain::Erasable::known("so".to_owned());
    let assessed =
        |outcome| Event::CaseAssessed { version: 1, facts: text(), outcome, advice: None };
    let decided = |decision| Event::PeopleDecided { decision, grounds: text(), particulars: None };
    let of = |events: &[Event]| judged("gdpr-34", No, &case(discovered_at, events));
    assert_eq!(of(&[]).verdict, Verdict::Unknown);
    let advised = of(&[assessed(Outcome::NotifyAuthorityAndPeople)]);
    assert_eq!(advised.verdict, Verdict::Yes);
    assert_eq!(advised.due_at.map(local).as_deref(), Some("2026-03-30 16:30:00"));
    assert_eq!(of(&[decided(PeopleDecision::PublicCommunication)]).verdict, Verdict::Yes);
    // With no decision yet, less advice leaves the question open.
    assert_eq!(of(&[assessed(Outcome::NotifyAuthority)]).verdict, Verdict::Unknown);
    let against = of(&[decided(PeopleDecision::NoHighRisk)]);
    assert_eq!(against.running_until(), None, "it is decided");
}

#[test]
fn a_report_is_taken_in_within_a_working_day() {
    for (jurisdiction, reported_at, due_at) in [
        // Friday before Whitsun, whose Monday is a holiday in Norway alone.
        (No, "2026-05-22 10:00", "2026-05-26 23:59:59"),
        (Se, "2026-05-22 10:00", "2026-05-25 23:59:59"),
        (No, "2026-03-07 10:00", "2026-03-09 23:59:59"),
    ] {
        let judged = judged("first-answer", jurisdiction, &case(reported_at, &[]));
        assert_eq!(judged.due_at.map(local).as_deref(), Some(due_at));
    }
}

#[test]
fn a_law_that_was_not_in_force_is_no_duty() {
    let so = [so(Fact::SignificantEffectOnService)];
    for (duty, jurisdiction, day_before, first_day) in [
        ("digitalsikkerhetsloven", No, "2025-09-30 23:30", "2025-10-01 00:30"),
        ("cybersakerhetslagen-24h", Se, "2026-01-14 23:30", "2026-01-15 00:30"),
        ("cybersakerhetslagen-72h", Se, "2026-01-14 23:30", "2026-01-15 00:30"),
        ("cybersakerhetslagen-final", Se, "2026-01-14 23:30", "2026-01-15 00:30"),
    ] {
        let verdict = |discovered_at| judged(duty, jurisdiction, &case(discovered_at, &so)).verdict;
        assert_eq!(
            [verdict(day_before), verdict(first_day)],
            [Verdict::No, Verdict::Yes],
            "{duty}"
        );
    }
}

#[test]
fn an_organisation_that_is_not_subject_to_a_law_is_not_asked_about_it() {
    let case = case("2026-03-02 09:00", &[]);
    let verdicts = |organisation| -> BTreeSet<(String, Verdict)> {
        let judged = judge(&case, &book(No, organisation));
        judged.into_iter().map(|it| (it.duty.to_string(), it.verdict)).collect()
    };
    let possible = |organisation| {
        let all = verdicts(organisation).into_iter();
        all.filter(|(_, it)| *it == Verdict::Unknown).map(|(duty, _)| duty).collect::<Vec<_>>()
    };
    assert_eq!(possible(Verdict::No), ["gdpr-33-processor", "gdpr-34", "protected-address"]);
    let unknown = possible(Verdict::Unknown);
    assert!(unknown.contains(&"digitalsikkerhetsloven".to_owned()), "{unknown:?}");
    assert_eq!(unknown, possible(Verdict::Yes), "what is unknown may be so");
}

#[test]
fn what_would_settle_a_possible_duty_is_told() {
    let case = case("2026-03-02 09:00", &[]);
    let duties = Duties::shipped().unwrap();
    let duty = duties.get(&"digitalsikkerhetsloven".parse().unwrap()).unwrap();
    let settles = |organisation| unsettled(&case, duty, &book(No, organisation));
    let fact = Condition::Fact(Fact::SignificantEffectOnService);
    assert_eq!(settles(Verdict::Yes), std::slice::from_ref(&fact));
    let law = Condition::Organisation(OrganisationFact::CybersecurityAct);
    assert_eq!(settles(Verdict::Unknown), [law, fact]);
    assert_eq!(settles(Verdict::No), []);
}

#[test]
fn an_answer_has_a_target_of_its_own() {
    let duties = Duties::shipped().unwrap();
    let target = duties.get(&"question".parse().unwrap()).unwrap();
    let calendar = book(No, Verdict::Yes).calendar;
    assert!(target.covers(NaiveDate::from_ymd_opt(2026, 4, 1).unwrap()));
    // Asked before Easter: Tuesday and Wednesday after it are the two working days.
    let due_at = target.length.due_at(at("2026-04-01 10:00"), calendar);
    assert_eq!(local(due_at), "2026-04-08 23:59:59");
}

const WELL_FORMED: &str = r#"id = "tell"
version = 1
order = 1
jurisdictions = ["no"]
title.nb = "Si fra"
help.nb = "Ring naboen."
cite.nb = "Avtalen punkt 4"
start = "awareness"
length = "24 hours"
ends = ["recorded"]
[[trigger]]
when = [ { fact = "protected_address" } ]
[[stage]]
hours-left = 4
alerts = ["dpo"]
"#;

#[test]
fn what_is_wrong_with_a_file_is_told_with_line_and_key() {
    for (instead_of, wrong, told) in [
        ("version = 1", "version = 0", "line 2, version: versions count from 1"),
        ("[\"no\"]", "[]", "line 4, jurisdictions: at least one of \"no\" and \"se\" is needed"),
        ("24 hours", "24", "line 9, length: a length is a number from 1 to 1000 and a unit"),
        ("\"awareness\"", "\"soon\"", "line 8, start: unknown variant `soon`"),
        ("[\"recorded\"]", "[]", "line 10, ends: at least one ending is needed"),
        ("protected_address", "address", "line 12, trigger[1].when[1].fact: unknown variant"),
        ("{ fact = ", "{ is = ", "line 12, trigger[1].when[1].is: invalid type"),
        ("[ { fact = \"protected_address\" } ]", "[]", "line 12, trigger[1].when: at least one"),
        ("\"dpo\"", "\"boss\"", "line 15, stage[1].alerts[1]: unknown variant `boss`"),
        ("[\"dpo\"]", "[]", "line 15, stage[1].alerts: at least one of those alerted is needed"),
        ("cite.nb", "cite.sv", "line 7, cite: the text is missing in the language `nb`"),
        ("order = 1", "order = 1\ndue = 2", "line 4, due: unknown field `due`"),
    ] {
        assert_eq!(WELL_FORMED.matches(instead_of).count(), 1, "`{instead_of}` stands there once");
        let text = WELL_FORMED.replace(instead_of, wrong);
        let fault = Duties::default().add(Path::new("tell.toml"), &text).unwrap_err().to_string();
        assert!(fault.starts_with(&format!("tell.toml, {told}")), "{fault}");
    }
    let fault = Duties::default().add(Path::new("other.toml"), WELL_FORMED).unwrap_err();
    assert!(fault.to_string().starts_with("other.toml, line 1, id: the id `tell` must be"));
    assert!(Duties::default().add(Path::new("tell.toml"), WELL_FORMED).is_ok());
}

#[test]
fn a_trigger_asks_for_what_there_is_to_be_answered() {
    let held = |condition: &str| {
        let text = WELL_FORMED.replace("{ fact = \"protected_address\" }", condition);
        let mut duties = Duties::default();
        duties.add(Path::new("tell.toml"), &text).unwrap();
        let categories = Categories::shipped().unwrap();
        duties.ask_of(&categories, &Organisation::default()).map_err(|fault| fault.to_string())
    };
    let asks = |category: &str, question: &str, answer: &str| {
        let (c, q) = (category, question);
        format!("{{ category = \"{c}\", question = \"{q}\", is = [\"{answer}\"] }}")
    };
    assert_eq!(held(&asks("lost-or-stolen-device", "device-kind", "phone")), Ok(()));
    assert_eq!(held("{ field = \"category\", is = [\"other\"] }"), Ok(()));
    for (condition, told) in [
        (asks("lost-pet", "device-kind", "x"), "category: there is no category with this id"),
        (asks("other", "device-kind", "x"), "question: the category asks no question"),
        (
            asks("lost-or-stolen-device", "device-kind", "pet"),
            "is[1]: the question does not offer this answer, but `phone`",
        ),
        (
            "{ field = \"category\", is = [\"other\", \"lost-pet\"] }".to_owned(),
            "is[2]: there is no category with this id",
        ),
    ] {
        let fault = held(&condition).unwrap_err();
        let place = "tell.toml, line 12, trigger[1].when[1].";
        assert!(fault.starts_with(&format!("{place}{told}")), "{fault}");
    }
}
