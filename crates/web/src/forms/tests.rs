//! Forms read field by field, and shown again with everything kept.

use domain::case::report::{BreachKind, Openness};
use domain::ids::UnitId;

use super::{Choice, Form, Posted, Problem, Reader};
use crate::language::Language;
use crate::text::Texts;

fn texts() -> Texts {
    Texts::new(Language::Nb)
}

fn posted(fields: &[(&str, &str)]) -> Posted {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn reader(posted: &Posted) -> Reader<'_> {
    Reader::in_zone(texts(), chrono_tz::Europe::Oslo.into(), "report", posted)
}

fn fields(problems: &[Problem]) -> Vec<Option<&str>> {
    problems.iter().map(|problem| problem.field.as_deref()).collect()
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let posted = posted(&[
        ("unit", "nowhere"),
        ("discovered_at", "yesterday"),
        ("occurred_at", "2026-03-29T02:30"),
        ("breach", "confidentiality"),
        ("breach", "else"),
        ("done_already", &"ø".repeat(20_001)),
    ]);
    let mut reader = reader(&posted);
    assert_eq!(reader.required_text("what_happened"), "");
    assert_eq!(reader.required_choice::<UnitId>("unit"), None);
    assert_eq!(reader.moment("discovered_at"), None);
    assert_eq!(reader.required_moment("occurred_at"), None);
    assert_eq!(reader.several::<BreachKind>("breach"), [BreachKind::Confidentiality].into());
    reader.text("done_already");
    let problems = reader.finish(|| Some(())).unwrap_err();
    assert_eq!(
        fields(&problems),
        [
            Some("what_happened"),
            Some("unit"),
            Some("discovered_at"),
            Some("occurred_at"),
            Some("breach"),
            Some("done_already"),
        ]
    );
    assert!(problems[3].sentence.contains("sommertid"), "{}", problems[3].sentence);
    assert!(problems[5].sentence.contains("20000"), "{}", problems[5].sentence);
}

#[test]
fn what_may_be_left_out_is_no_problem() {
    let posted = posted(&[("whose_data", "  "), ("openness", "named")]);
    let mut reader = reader(&posted);
    assert_eq!(reader.optional_text("whose_data"), None);
    assert_eq!(reader.text("done_already"), "");
    assert_eq!(reader.moment("discovered_at"), None);
    assert_eq!(reader.choice::<UnitId>("unit"), None);
    assert_eq!(reader.required_choice("openness"), Some(Openness::Named));
    assert_eq!(reader.finish(|| Some(17)), Ok(17));
}

#[test]
fn a_field_has_one_problem_at_a_time() {
    let posted = posted(&[]);
    let mut reader = reader(&posted);
    reader.required_text("what_happened");
    reader.refuse("what_happened", "Enda en.".to_owned());
    assert_eq!(reader.finish(|| Some(())).unwrap_err().len(), 1);
}

#[test]
fn a_form_comes_back_under_its_own_key_with_what_was_typed() {
    let key = "7d9f0c52-8f0e-4b93-9d59-0a4d3b0a0c11";
    let posted = posted(&[("key", key), ("what_happened", "Line\r\nline <b>")]);
    let problem = Problem { field: Some("unit".to_owned()), sentence: "Velg en.".to_owned() };
    let form = Form::with_texts(texts(), "report", posted, vec![problem]);
    assert_eq!(form.key().to_string(), key);
    assert_eq!(form.field("what_happened").value(), "Line\nline <b>");
    assert_eq!(form.problems(), [(Some("#report-unit".to_owned()), "Velg en.")]);
    let unit = form.field("unit");
    assert_eq!(unit.problem.as_deref(), Some("Velg en."));
    assert_eq!(unit.described_by(), "report-unit-help report-unit-problem");
}

#[test]
fn a_link_to_a_group_arrives_at_its_first_choice() {
    let form = Form::with_texts(texts(), "report", posted(&[("openness", "named")]), vec![]);
    let field = form.field("openness").with(Choice::terms::<Openness>(texts(), "openness"));
    let options = field.options();
    assert_eq!(options[0].id, field.id);
    assert_eq!(options[1].id, "report-openness-2");
    assert!(options[0].is_chosen && !options[1].is_chosen);
}

#[test]
fn what_people_write_stays_out_of_logs() {
    assert!(!format!("{:?}", posted(&[("what_happened", "marker")])).contains("marker"));
}
