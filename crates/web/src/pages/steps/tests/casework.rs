//! The forms of working a case together with others.

use domain::case::command::{Join, ReviewEffect};
use domain::case::dealings::{Correspondence, Direction, Effect, Referral, ReferralKind};
use domain::case::inquiry::{Contact, InquiryMade, Respondent};
use domain::ids::{CaseId, InquiryId};

use super::*;

const DUE: [(&str, &str); 2] = [("question", "Hvor mange?"), ("due_at", "2026-03-02T08:30")];

fn asked(respondent: Respondent) -> Vec<Request> {
    let inquiry = InquiryId(FormKey::new(KEY).part());
    let (text, due_at) = (written("Hvor mange?"), monday());
    let files = std::collections::BTreeSet::new();
    vec![Request::Inquire(Box::new(InquiryMade { inquiry, respondent, text, due_at, files }))]
}

#[test]
fn a_member_or_somebody_outside_is_asked_and_never_both() {
    let person = id(5);
    let member = [DUE[0], DUE[1], ("person", &*person)];
    let user = UserId(Uuid::from_u128(5));
    assert_eq!(read(Step::Inquire, &member), Ok(asked(Respondent::Member(user))));
    let outside = [DUE[0], DUE[1], ("name", "Visma"), ("email", "post@example.org")];
    let contact = Contact { name: "Visma".to_owned(), email: "post@example.org".to_owned() };
    let respondent = Respondent::Outside(Erasable::known(contact));
    assert_eq!(read(Step::Inquire, &outside), Ok(asked(respondent)));
    let both = [member[0], member[1], member[2], outside[2]];
    assert_eq!(missed(Step::Inquire, &both), ["person"]);
    assert_eq!(missed(Step::Inquire, &DUE), ["person"]);
    assert_eq!(missed(Step::Inquire, &[DUE[0], DUE[1], outside[2]]), ["email"]);
    assert_eq!(missed(Step::Inquire, &[DUE[0], DUE[1], outside[3]]), ["name"]);
    assert_eq!(missed(Step::Inquire, &[member[2]]), ["question", "due_at"]);
}

#[test]
fn a_question_is_withdrawn_with_a_reason() {
    let inquiry = id(9);
    let fields = [("inquiry", &*inquiry), ("reason", "Feil adresse.")];
    let about = InquiryId(Uuid::from_u128(9));
    let it = command::Text { about, text: written("Feil adresse.") };
    assert_eq!(read(Step::WithdrawInquiry, &fields), Ok(vec![Request::WithdrawInquiry(it)]));
    assert_eq!(missed(Step::WithdrawInquiry, &[]), ["inquiry", "reason"]);
}

#[test]
fn statements_and_notes_are_texts() {
    let statement = read(Step::Contribute, &[("statement", "Ingen risiko.")]);
    assert_eq!(statement, Ok(vec![Request::Contribute(written("Ingen risiko."))]));
    assert_eq!(missed(Step::Contribute, &[]), ["statement"]);
    let note = read(Step::AddNote, &[("note", "Ring.")]);
    assert_eq!(note, Ok(vec![Request::AddNote(written("Ring."))]));
    assert_eq!(missed(Step::AddNote, &[]), ["note"]);
}

#[test]
fn a_referral_says_what_to_whom_and_when() {
    let fields = [
        ("kind", "police_report"),
        ("referred_to", "Politiet"),
        ("subject", "Tyveri"),
        ("referred_at", "2026-03-02T08:30"),
        ("reference", ""),
    ];
    let referral = Referral {
        kind: ReferralKind::PoliceReport,
        to: written("Politiet"),
        subject: written("Tyveri"),
        referred_at: monday(),
        reference: None,
    };
    assert_eq!(read(Step::Refer, &fields), Ok(vec![Request::Refer(Box::new(referral))]));
    assert_eq!(missed(Step::Refer, &[]), ["kind", "referred_to", "subject", "referred_at"]);
}

#[test]
fn a_letter_has_a_direction_a_day_and_a_summary() {
    let fields = [
        ("direction", "incoming"),
        ("dated_at", "2026-03-02T08:30"),
        ("reference", "26/2"),
        ("summary", "De spør."),
        ("about", "yes"),
    ];
    let letter = |on_notification| {
        vec![Request::RecordCorrespondence(Box::new(Correspondence {
            direction: Direction::Incoming,
            dated_at: monday(),
            reference: "26/2".to_owned(),
            summary: written("De spør."),
            on_notification,
        }))]
    };
    assert_eq!(read(Step::RecordCorrespondence, &fields), Ok(letter(true)));
    assert_eq!(read(Step::RecordCorrespondence, &fields[..4]), Ok(letter(false)));
    let all = ["direction", "dated_at", "summary"];
    assert_eq!(missed(Step::RecordCorrespondence, &[]), all);
}

#[test]
fn another_case_is_named_by_its_number() {
    let join = || Join {
        number: CaseNumber { year: 2026, sequence: 12 },
        case: CaseId::FIRST,
        reason: written("Det samme."),
    };
    let fields = [("other", "2026/12"), ("reason", "Det samme.")];
    assert_eq!(read(Step::Link, &fields), Ok(vec![Request::Link(join())]));
    assert_eq!(read(Step::Merge, &fields), Ok(vec![Request::Merge(join())]));
    assert_eq!(missed(Step::Merge, &[("other", "tolv"), fields[1]]), ["other"]);
    assert_eq!(missed(Step::Link, &[]), ["other", "reason"]);
}

#[test]
fn the_effect_of_a_measure_is_one_of_three() {
    let measure = id(5);
    let fields = [("measure", &*measure), ("effect", "not"), ("finding", "Mistet igjen.")];
    let it = ReviewEffect {
        measure: MeasureId(Uuid::from_u128(5)),
        effect: Effect::Not,
        finding: written("Mistet igjen."),
    };
    assert_eq!(read(Step::ReviewEffect, &fields), Ok(vec![Request::ReviewEffect(it)]));
    assert_eq!(missed(Step::ReviewEffect, &[]), ["measure", "effect", "finding"]);
}
