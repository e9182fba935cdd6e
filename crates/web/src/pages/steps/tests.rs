//! Each form filled in: the request that comes of it, and where a refusal ends up.

use domain::case::event::{AuthorityDecision, MeasureKind, Outcome, PeopleDecision, TellingWay};
use domain::case::practice::Practice;
use domain::case::refusal::RequiredText;
use domain::case::telling::TellingPlan;
use domain::case::{MemoPart, Refusal, Request, command};
use domain::ids::{CaseNumber, MeasureId, QuestionId, UnitId, UserId};
use domain::{Erasable, Time};
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{FORMS, StepForm, form_url, key_of, placing, said};
use crate::forms::{Posted, Problem, Reader};
use crate::language::Language;
use crate::text::Texts;

mod casework;

const KEY: Uuid = Uuid::from_u128(7);

fn form(step: Step) -> &'static dyn StepForm {
    FORMS.into_iter().find(|form| form.step() == step).unwrap()
}

fn posted(fields: &[(&str, &str)]) -> Posted {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(step: Step, fields: &[(&str, &str)]) -> Result<Vec<Request>, Vec<Problem>> {
    let (form, posted) = (form(step), posted(fields));
    let zone = chrono_tz::Europe::Oslo.into();
    let reader = Reader::in_zone(Texts::new(Language::Nb), zone, form.name(), &posted);
    form.read(reader, FormKey::new(KEY))
}

/// The fields that are wrong in a form.
fn missed(step: Step, fields: &[(&str, &str)]) -> Vec<String> {
    let problems = read(step, fields).unwrap_err();
    problems.into_iter().map(|problem| problem.field.unwrap()).collect()
}

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

fn written(text: &str) -> Erasable<String> {
    said(text.to_owned())
}

/// Monday 2 March 2026 at 8:30 in Oslo.
fn monday() -> Time {
    "2026-03-02T07:30:00Z".parse().unwrap()
}

#[test]
fn whoever_is_involved_is_named_before_the_case_is_taken_in() {
    let (unit, handler, one, other) = (id(1), id(2), id(3), id(4));
    let fields = [
        ("category", "other"),
        ("unit", &*unit),
        ("handler", &*handler),
        ("involved", &*one),
        ("involved", &*other),
    ];
    let receive = command::Receive {
        category: "other".parse().unwrap(),
        unit: UnitId(Uuid::from_u128(1)),
        handler: UserId(Uuid::from_u128(2)),
        first_actions: Vec::new(),
        playbook: None,
    };
    let name = |number| {
        let user = UserId(Uuid::from_u128(number));
        Request::NameInvolved(Erasable::about(user, user))
    };
    let requests = read(Step::Receive, &fields).unwrap();
    assert_eq!(requests, [name(3), name(4), Request::Receive(receive)]);
    let key = FormKey::new(KEY).with(b"a form");
    let mut keys: Vec<Uuid> =
        requests.iter().map(|request| key_of(request, key).number()).collect();
    assert_eq!(keys[2], KEY);
    keys.dedup();
    assert_eq!(keys.len(), 3, "a form that names two people names both");
    assert_eq!(missed(Step::Receive, &[]), ["category", "unit", "handler"]);
}

#[test]
fn somebody_is_named_as_involved() {
    let user = UserId(Uuid::from_u128(3));
    let fields = [("person", &*id(3))];
    let named = Request::NameInvolved(Erasable::about(user, user));
    assert_eq!(read(Step::NameInvolved, &fields), Ok(vec![named]));
    assert_eq!(missed(Step::NameInvolved, &[("person", "")]), ["person"]);
}

#[test]
fn awareness_is_read_on_the_organisations_clocks() {
    let fields = [("aware_at", "2026-03-02T08:30"), ("reason", "Da visste vi det.")];
    let reason = written("Da visste vi det.");
    let it = command::EstablishAwareness { aware_at: monday(), reason };
    assert_eq!(read(Step::EstablishAwareness, &fields), Ok(vec![Request::EstablishAwareness(it)]));
    assert_eq!(missed(Step::EstablishAwareness, &[]), ["aware_at", "reason"]);
}

#[test]
fn a_question_is_put_under_an_identifier_that_follows_from_the_form() {
    let about = QuestionId(FormKey::new(KEY).part());
    let it = command::Text { about, text: written("Var den låst?") };
    let read_twice = || read(Step::AskReporter, &[("question", " Var den låst? ")]);
    assert_eq!(read_twice(), Ok(vec![Request::AskReporter(it)]));
    assert_eq!(read_twice(), read_twice());
    assert_eq!(missed(Step::AskReporter, &[("question", " ")]), ["question"]);
}

#[test]
fn an_assessment_has_facts_and_an_outcome() {
    let fields = [("facts", "Ikke låst."), ("outcome", "notify_authority")];
    let (facts, outcome) = (written("Ikke låst."), Outcome::NotifyAuthority);
    let it = command::Assess { facts, outcome, departure: None, rules: None };
    assert_eq!(read(Step::Assess, &fields), Ok(vec![Request::Assess(it)]));
    assert_eq!(missed(Step::Assess, &[("outcome", "perhaps")]), ["facts", "outcome"]);
}

#[test]
fn a_departure_may_be_left_out() {
    let mut it = command::DecideOnAuthority {
        decision: AuthorityDecision::DoNotNotify,
        grounds: written("Ingen risiko."),
        departure: None,
        practice: Practice::default(),
        delegated: false,
    };
    let fields = [("decision", "do_not_notify"), ("grounds", "Ingen risiko."), ("departure", " ")];
    let decided = read(Step::DecideOnAuthority, &fields);
    assert_eq!(decided, Ok(vec![Request::DecideOnAuthority(it.clone())]));
    it.departure = Some(written("Funnet igjen."));
    let fields = [fields[0], fields[1], ("departure", "Funnet igjen.")];
    let decided = read(Step::DecideOnAuthority, &fields);
    assert_eq!(decided, Ok(vec![Request::DecideOnAuthority(it)]));
    assert_eq!(missed(Step::DecideOnAuthority, &[]), ["decision", "grounds"]);
}

#[test]
fn a_decision_on_telling_people_has_grounds() {
    let mut fields = vec![
        ("decision", "risk_removed"),
        ("grounds", "Ingen kan åpne den."),
        ("measure", "Slettet på avstand."),
        ("groups", "beboerne"),
    ];
    let it = command::DecideOnPeople {
        decision: PeopleDecision::RiskRemoved,
        grounds: written("Ingen kan åpne den."),
        departure: None,
        measure: Some(written("Slettet på avstand.")),
        plan: None,
        practice: Practice::default(),
    };
    let decided = read(Step::DecideOnPeople, &fields);
    assert_eq!(decided, Ok(vec![Request::DecideOnPeople(it.clone())]), "nobody is told");
    assert_eq!(missed(Step::DecideOnPeople, &[]), ["decision", "grounds"]);

    fields[0].1 = "notify";
    let incomplete = ["ways", "target_at", "signed_by", "whom_to_ask"];
    assert_eq!(missed(Step::DecideOnPeople, &fields), incomplete, "all of the plan or nothing");
    let signed_by = "9b1f8a52-3c0d-4a52-9f44-0d8a6c1f2e77";
    fields.extend([
        ("ways", "letter"),
        ("target_at", "2026-03-02T08:30"),
        ("signed_by", signed_by),
        ("whom_to_ask", "Ombudet"),
    ]);
    let plan = TellingPlan {
        groups: written("beboerne"),
        ways: [TellingWay::Letter].into(),
        target_at: monday(),
        signed_by: signed_by.parse().unwrap(),
        whom_to_ask: written("Ombudet"),
    };
    let it =
        command::DecideOnPeople { decision: PeopleDecision::Notify, plan: Some(plan.into()), ..it };
    assert_eq!(read(Step::DecideOnPeople, &fields), Ok(vec![Request::DecideOnPeople(it)]));
}

#[test]
fn that_people_were_told_has_a_time_a_way_and_an_account() {
    let mut fields =
        vec![("told_at", "2026-03-02T08:30"), ("way", "letter"), ("account", "Brevet.")];
    let mut it = command::TellPeople {
        told_at: monday(),
        way: TellingWay::Letter,
        people: None,
        account: written("Brevet."),
    };
    assert_eq!(read(Step::TellPeople, &fields), Ok(vec![Request::TellPeople(it.clone())]));
    fields.push(("people", "12"));
    it.people = Some(12);
    assert_eq!(read(Step::TellPeople, &fields), Ok(vec![Request::TellPeople(it)]));
    assert_eq!(
        missed(Step::TellPeople, &[("people", "many")]),
        ["told_at", "way", "people", "account"]
    );
}

#[test]
fn a_case_is_given_to_a_handler_and_perhaps_a_deputy() {
    let (handler, deputy) = (id(5), id(6));
    let user = |number| UserId(Uuid::from_u128(number));
    let assign = |deputy| vec![Request::Assign(command::Assign { handler: user(5), deputy })];
    let fields = [("handler", &*handler), ("deputy", "")];
    assert_eq!(read(Step::Assign, &fields), Ok(assign(None)));
    let fields = [fields[0], ("deputy", &*deputy)];
    assert_eq!(read(Step::Assign, &fields), Ok(assign(Some(user(6)))));
    assert_eq!(missed(Step::Assign, &[]), ["handler"]);
}

#[test]
fn a_measure_is_proposed_under_an_identifier_that_follows_from_the_form() {
    let fields = [
        ("kind", "immediate"),
        ("description", "Slett telefonen."),
        ("owner", &*id(5)),
        ("due_at", "2026-03-02T08:30"),
    ];
    let it = command::ProposeMeasure {
        measure: MeasureId(FormKey::new(KEY).part()),
        kind: MeasureKind::Immediate,
        description: written("Slett telefonen."),
        owner: UserId(Uuid::from_u128(5)),
        due_at: monday(),
    };
    assert_eq!(read(Step::ProposeMeasure, &fields), Ok(vec![Request::ProposeMeasure(it)]));
    let all = ["kind", "description", "owner", "due_at"];
    assert_eq!(missed(Step::ProposeMeasure, &[]), all);
}

#[test]
fn a_memo_has_six_parts() {
    let parts: Vec<&str> = MemoPart::iter().map(Into::into).collect();
    let fields: Vec<_> = parts.iter().map(|part| (*part, *part)).collect();
    let requests = read(Step::SubmitMemo, &fields).unwrap();
    let [Request::SubmitMemo(memo)] = &requests[..] else { panic!("{requests:?}") };
    for part in MemoPart::iter() {
        assert_eq!(memo.part(part).get().unwrap(), <&str>::from(part));
    }
    assert_eq!(missed(Step::SubmitMemo, &fields[1..]), ["orientation"]);
    assert_eq!(missed(Step::SubmitMemo, &[]), parts);
}

#[test]
fn points_to_follow_up_are_those_that_were_written() {
    let fields = [("follow_ups", ""), ("follow_ups_2", "Kode på alle."), ("follow_ups_5", "Mer.")];
    let points = vec![written("Kode på alle."), written("Mer.")];
    assert_eq!(read(Step::Return, &fields), Ok(vec![Request::Return(points)]));
    assert_eq!(missed(Step::Return, &[("follow_ups", " ")]), ["follow_ups"]);
}

#[test]
fn closing_takes_a_button_and_the_rest_a_reason() {
    assert_eq!(read(Step::Close, &[]), Ok(vec![Request::Close(command::Close::default())]));
    let reason = [("reason", "Den lå der.")];
    let said = || written("Den lå der.");
    let not_a_deviation = read(Step::CloseAsNotADeviation, &reason);
    assert_eq!(not_a_deviation, Ok(vec![Request::CloseAsNotADeviation(said())]));
    assert_eq!(read(Step::Reopen, &reason), Ok(vec![Request::Reopen(said())]));
    assert_eq!(missed(Step::CloseAsNotADeviation, &[]), ["reason"]);
    assert_eq!(missed(Step::Reopen, &[]), ["reason"]);
}

/// Where a refusal ends up in a form with these fields.
fn placed(names: &[&str], refusal: impl Into<service::Refusal>) -> Vec<&'static str> {
    let fields: Vec<_> = names.iter().map(|name| (*name, "")).collect();
    placing::fields(&posted(&fields), &refusal.into())
}

fn of_case(refusal: Refusal) -> service::Refusal {
    service::Refusal::Case(refusal)
}

#[test]
fn a_refusal_ends_up_beside_the_field_it_is_about() {
    let missing = |what| of_case(Refusal::TextMissing { what });
    assert_eq!(placed(&["reason"], missing(RequiredText::Reason)), ["reason"]);
    assert_eq!(placed(&["question"], missing(RequiredText::Question)), ["question"]);
    assert_eq!(placed(&["facts"], missing(RequiredText::Facts)), ["facts"]);
    assert_eq!(placed(&["grounds"], missing(RequiredText::Grounds)), ["grounds"]);
    assert_eq!(placed(&["reference"], missing(RequiredText::Reference)), ["reference"]);
    assert_eq!(placed(&["description"], missing(RequiredText::Description)), ["description"]);
    assert_eq!(placed(&["follow_ups"], missing(RequiredText::FollowUps)), ["follow_ups"]);
    let future = || of_case(Refusal::TimeInFuture { given: monday() });
    assert_eq!(placed(&["aware_at", "reason"], future()), ["aware_at"]);
    assert_eq!(placed(&["sent_at", "reference"], future()), ["sent_at"]);
    let departs = Refusal::DepartureUnexplained { advised: Outcome::DocumentOnly };
    assert_eq!(placed(&["grounds", "departure"], of_case(departs)), ["departure"]);
    let late = Refusal::ReasonsForDelayMissing { due_at: monday() };
    let fields = ["sent_at", "reasons_for_delay"];
    assert_eq!(placed(&fields, of_case(late)), ["reasons_for_delay"]);
    let missing = vec![MemoPart::Rules, MemoPart::Conclusion];
    let incomplete = of_case(Refusal::MemoIncomplete { missing });
    assert_eq!(placed(&["rules", "conclusion"], incomplete), ["rules", "conclusion"]);
    let receive = ["category", "unit", "handler"];
    assert_eq!(placed(&receive, service::Refusal::NoSuchCategory), ["category"]);
    assert_eq!(placed(&receive, service::Refusal::NoSuchUnit), ["unit"]);
    assert_eq!(placed(&receive, service::Refusal::NoSuchPerson), ["handler"]);
    assert_eq!(placed(&["person"], service::Refusal::NoSuchPerson), ["person"]);
    assert_eq!(placed(&["owner"], service::Refusal::NoSuchPerson), ["owner"]);
}

#[test]
fn a_refusal_about_no_field_is_about_the_form() {
    assert!(placed(&["reason"], of_case(Refusal::CaseIsClosed)).is_empty());
    assert!(placed(&[], of_case(Refusal::IndependenceOfTheDpo)).is_empty());
    let missing = of_case(Refusal::TextMissing { what: RequiredText::Grounds });
    assert!(placed(&["reason"], missing).is_empty());
}

#[test]
fn every_step_but_those_on_a_measures_own_page_has_a_form_with_its_texts() {
    let number = CaseNumber { year: 2026, sequence: 17 };
    let without: Vec<Step> =
        Step::iter().filter(|step| form_url(number, *step).is_none()).collect();
    assert_eq!(without, [Step::CompleteMeasure, Step::VerifyMeasure, Step::AnswerInquiry]);
    assert_eq!(form_url(number, Step::AskReporter).unwrap(), "/cases/2026/17/ask");
    let texts = Texts::new(Language::Nb);
    for form in FORMS {
        for what in ["title", "introduction", "submit"] {
            assert!(!texts.say(&format!("{}-{what}", form.name())).is_empty());
        }
    }
}
