//! Which reports are severe, and how conditions are written.

use std::collections::BTreeSet;

use super::*;
use crate::case::report::{BreachKind, PeopleEstimate, PersonalDataAffected, Sensitive};
use crate::category::tests::{category, only_if, question};
use crate::category::{AnswerKind, Question};

fn condition(written: Written) -> Condition {
    Condition::try_from(written).unwrap()
}

fn answered(question: &str, is: &[&str]) -> Condition {
    let question = Some(QuestionName::new(question).unwrap());
    let is = Some(is.iter().map(|it| (*it).to_owned()).collect());
    condition(Written { question, is, ..Written::default() })
}

fn field(field: &str, is: &[&str]) -> Result<Condition, NotACondition> {
    let is = Some(is.iter().map(|it| (*it).to_owned()).collect());
    Written { field: Some(field.to_owned()), is, ..Written::default() }.try_into()
}

fn at_least(question: &str, at_least: u32) -> Condition {
    let question = Some(QuestionName::new(question).unwrap());
    condition(Written { question, at_least: Some(at_least), ..Written::default() })
}

fn rule(name: &str, when: Vec<Condition>) -> SevereRule {
    SevereRule { name: SevereName::new(name).unwrap(), why: Localised::bokmaal("Alvorlig"), when }
}

/// A lost thing is severe with health data on it if it was not locked, or with many people.
fn severe_category() -> Category {
    let lock = question("locked", AnswerKind::YesNoUnknown, &[]);
    let depends = |name| Question {
        only_if: Some(only_if("locked", &["no"])),
        ..question(name, AnswerKind::Number, &[])
    };
    let open = vec![field("sensitive", &["health"]).unwrap(), answered("locked", &["no"])];
    Category {
        severe: vec![rule("open", open), rule("many", vec![at_least("people", 100)])],
        ..category(vec![lock, depends("people")])
    }
}

fn severe(sensitive: &[Sensitive], answers: &[(&str, &str)]) -> Vec<String> {
    let answers: Vec<(QuestionName, String)> = answers
        .iter()
        .map(|(name, answer)| (QuestionName::new(*name).unwrap(), (*answer).to_owned()))
        .collect();
    let stated = Stated {
        personal_data: PersonalDataAffected::Yes,
        breach: &[BreachKind::Confidentiality].into(),
        people: PeopleEstimate::Unknown,
        sensitive: &sensitive.iter().copied().collect(),
    };
    let reported = Reported { answers: &answers, stated };
    severe_category().severe(reported).iter().map(ToString::to_string).collect()
}

#[test]
fn every_condition_of_a_rule_must_hold() {
    assert_eq!(severe(&[Sensitive::Health], &[("locked", "no")]), ["open"]);
    assert_eq!(severe(&[Sensitive::Health], &[("locked", "yes")]), [""; 0]);
    assert_eq!(severe(&[Sensitive::Health], &[]), [""; 0]);
    assert_eq!(severe(&[Sensitive::Children], &[("locked", "no")]), [""; 0]);
}

#[test]
fn one_rule_will_do_and_all_that_apply_are_named() {
    assert_eq!(severe(&[], &[("locked", "no"), ("people", "100")]), ["many"]);
    assert_eq!(severe(&[], &[("locked", "no"), ("people", "99")]), [""; 0]);
    let both = [("locked", "no"), ("people", "5000")];
    assert_eq!(severe(&[Sensitive::Health], &both), ["open", "many"]);
}

#[test]
fn an_answer_that_does_not_apply_makes_nothing_severe() {
    assert_eq!(severe(&[], &[("locked", "yes"), ("people", "5000")]), [""; 0]);
}

#[test]
fn the_fields_of_every_report_are_conditions_too() {
    let reported = |people, breach: &[BreachKind]| {
        let fields = [
            field("personal_data", &["yes", "unsure"]).unwrap(),
            field("people", &["up_to_thousand", "over_thousand"]).unwrap(),
            field("breach", &["availability"]).unwrap(),
        ];
        let category = Category { severe: vec![rule("a", fields.into())], ..category(Vec::new()) };
        let stated = Stated {
            personal_data: PersonalDataAffected::Unsure,
            breach: &breach.iter().copied().collect(),
            people,
            sensitive: &BTreeSet::new(),
        };
        category.severe(Reported { answers: &[], stated }).len()
    };
    assert_eq!(reported(PeopleEstimate::OverThousand, &[BreachKind::Availability]), 1);
    assert_eq!(reported(PeopleEstimate::UpToHundred, &[BreachKind::Availability]), 0);
    assert_eq!(reported(PeopleEstimate::OverThousand, &[BreachKind::Integrity]), 0);
}

#[test]
fn a_condition_is_about_one_thing_and_says_what_it_must_be() {
    let question = || Some(QuestionName::new("locked").unwrap());
    let is = || Some(vec!["no".to_owned()]);
    for wrong in [
        Written::default(),
        Written { question: question(), ..Written::default() },
        Written { is: is(), ..Written::default() },
        Written { question: question(), is: is(), at_least: Some(1), field: None },
        Written {
            question: question(),
            field: Some("people".to_owned()),
            is: is(),
            at_least: None,
        },
        Written { field: Some("people".to_owned()), at_least: Some(1), ..Written::default() },
    ] {
        assert_eq!(Condition::try_from(wrong), Err(NotACondition::Keys));
    }
    assert_eq!(field("unit", &["a"]), Err(NotACondition::Field));
    for words in [&[][..], &["everybody"], &["one", "everybody"]] {
        let Err(NotACondition::Values { allowed }) = field("people", words) else {
            panic!("{words:?} was taken");
        };
        assert!(allowed.contains(&"over_thousand"));
    }
}

#[test]
fn a_condition_is_written_as_it_was_read() {
    for it in [
        answered("locked", &["no", "unknown"]),
        at_least("people", 7),
        field("breach", &["integrity"]).unwrap(),
        field("sensitive", &["children", "health"]).unwrap(),
        field("personal_data", &["yes"]).unwrap(),
        field("people", &["one"]).unwrap(),
    ] {
        assert_eq!(condition(it.clone().into()), it);
    }
}
