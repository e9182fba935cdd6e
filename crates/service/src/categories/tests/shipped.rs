//! The categories that come with the program.

use std::collections::BTreeSet;

use domain::case::letter::{Language, Part};
use domain::category::Condition;
use strum::IntoEnumIterator;

use super::*;

#[test]
fn the_shipped_categories_are_the_files_in_the_repository() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/categories");
    let categories = Categories::load(None).unwrap();
    let from_files = Categories::load(Some(&directory)).unwrap();
    assert!(from_files.iter().eq(categories.iter()));
    assert_eq!(categories.iter().count(), SHIPPED.len());
}

#[test]
fn the_list_begins_with_the_commonest_and_ends_with_other() {
    let categories = Categories::shipped().unwrap();
    let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids.first(), Some(&"lost-or-stolen-device"));
    assert_eq!(ids.last(), Some(&"other"));
    let orders: BTreeSet<_> = categories.iter().map(|category| category.order).collect();
    assert_eq!(orders.len(), ids.len(), "no two share a place in the list");
}

#[test]
fn every_shipped_category_asks_acts_cites_and_says_what_is_severe_in_four_languages() {
    for category in Categories::shipped().unwrap().iter() {
        let id = &category.id;
        assert_eq!(
            category.title.languages().collect::<Vec<_>>(),
            ["en", "nb", "nn", "sv"],
            "{id}"
        );
        assert!(!category.questions.is_empty(), "{id} asks nothing");
        assert!(!category.playbook.is_empty(), "{id} has no first actions");
        assert!(!category.rules.is_empty(), "{id} cites no rule");
        assert!(!category.severe.is_empty(), "nothing in {id} is severe");
        let required = category.questions.iter().filter(|question| question.required).count();
        assert!(required <= 2, "{id} demands more than a reporter in a hurry can give");
    }
}

#[test]
fn whoever_does_not_know_can_say_so_where_it_matters_for_severity() {
    let categories = Categories::shipped().unwrap();
    for category in categories.iter() {
        let named =
            category.severe.iter().flat_map(|rule| &rule.when).filter_map(|when| match when {
                Condition::Answered { question, .. } => category.question(question),
                _ => None,
            });
        for question in named.filter(|question| !question.required) {
            let ways_out = ["unknown", "other", "nothing"];
            let can_say_so = question.offered().any(|answer| ways_out.contains(&answer));
            assert!(can_say_so, "{}: {}", category.id, question.name);
        }
    }
}

#[test]
fn what_people_are_told_is_in_the_languages_of_letters_and_differs_by_category() {
    let categories = Categories::shipped().unwrap();
    for language in Language::iter() {
        for part in [Part::WhatHappened, Part::Consequences, Part::Advice] {
            let letters = categories.iter().filter_map(|it| it.letter.as_ref());
            let texts: Vec<_> = letters.map(|it| it.part(part, language)).collect();
            assert!(texts.iter().all(Option::is_some), "{part:?} in {language:?}: {texts:?}");
            let different: BTreeSet<_> = texts.iter().collect();
            assert!(texts.len() < different.len() + 3, "{part:?} in {language:?}: {texts:?}");
        }
    }
    let without = categories.iter().filter(|it| it.letter.is_none()).map(|it| it.id.as_str());
    let general = ["lost-access-card", "unapproved-software-or-storage", "other"];
    assert_eq!(without.collect::<Vec<_>>(), general);
}

/// Every version of a category that was ever shipped, with what it said.
const VERSIONS: &str = include_str!("versions.txt");

#[test]
fn a_shipped_category_is_not_changed_without_raising_its_version() {
    let mut missing = String::new();
    for category in Categories::shipped().unwrap().iter() {
        let says = serde_json::to_string(category).unwrap();
        let line = format!(
            "{} {} {}",
            category.id,
            category.version,
            crate::secrets::hash("category", &says)
        );
        if !VERSIONS.lines().any(|known| known == line) {
            missing.push_str(&line);
            missing.push('\n');
        }
    }
    assert!(
        missing.is_empty(),
        "raise the version of each category that was changed and add its line to versions.txt; \
         never change a line of a version that was released:\n{missing}"
    );
}
