//! Every key that is said has a text, and every value of the domain a word.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Role;
use domain::assessment::{Band, Because, FactorKind, Flag};
use domain::case::confirmation::{Disposal, Misdirected};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{AuthorityDecision, Capacity, MeasureKind, Outcome, PeopleDecision};
use domain::case::facts::{Part, Shape, UNKNOWN};
use domain::case::refusal::RequiredText;
use domain::case::report::{BreachKind, Channel, Openness, PeopleEstimate, PersonalDataAffected};
use domain::case::{self, Fact, MemoPart, Outstanding, Phase, letter};
use domain::category::answers::YES_NO_UNKNOWN;
use domain::duty::{Jurisdiction, OrganisationFact, Verdict};
use domain::organisation;
use service::{HowFar, Step};
use strum::{IntoEnumIterator, VariantNames};

use super::{CATALOGUES, NB, Texts};
use crate::language::Language;

fn nb() -> Texts {
    Texts::new(Language::Nb)
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Fails if a value of an enumeration has no word.
fn every_value_has_a_word<T: IntoEnumIterator + Into<&'static str>>(family: &str) {
    every_name_has_a_word(family, T::iter().map(Into::into));
}

fn every_name_has_a_word(family: &str, names: impl IntoIterator<Item = &'static str>) {
    for name in names {
        let key = format!("{family}-{name}");
        assert!(nb().message(&key).is_some(), "there is no text for {key}");
    }
}

#[test]
fn every_value_of_the_domain_has_a_word() {
    every_value_has_a_word::<Phase>("phase");
    every_value_has_a_word::<Phase>("phase_for_reporter");
    every_value_has_a_word::<HowFar>("how_far");
    every_value_has_a_word::<letter::Kind>("letter_kind");
    every_value_has_a_word::<letter::Language>("letter_language");
    every_value_has_a_word::<letter::Part>("letter_part");
    every_value_has_a_word::<letter::Channel>("letter_channel");
    every_value_has_a_word::<letter::Progress>("letter_progress");
    every_value_has_a_word::<letter::Obstacle>("letter_obstacle");
    every_value_has_a_word::<letter::Flaw>("recipient_flaw");
    every_value_has_a_word::<service::letters::import::Column>("list_column");
    every_value_has_a_word::<service::letters::import::Unreadable>("list_unreadable");
    every_value_has_a_word::<Outcome>("outcome");
    every_value_has_a_word::<AuthorityDecision>("authority_decision");
    every_value_has_a_word::<PeopleDecision>("people_decision");
    every_value_has_a_word::<Disposal>("disposal");
    every_value_has_a_word::<Misdirected>("misdirected");
    every_value_has_a_word::<Misdirected>("confirm-what");
    every_value_has_a_word::<MeasureKind>("measure_kind");
    every_value_has_a_word::<MemoPart>("memo_part");
    every_value_has_a_word::<Channel>("channel");
    every_value_has_a_word::<Openness>("openness");
    every_value_has_a_word::<PersonalDataAffected>("personal_data");
    every_value_has_a_word::<BreachKind>("breach_kind");
    every_value_has_a_word::<PeopleEstimate>("people_estimate");
    every_value_has_a_word::<Role>("role");
    every_value_has_a_word::<Capacity>("capacity");
    every_value_has_a_word::<ErasureGround>("erasure_ground");
    every_value_has_a_word::<ErasureGround>("refusal-erasure_not_theirs");
    every_value_has_a_word::<PartInCase>("part_in_case");
    every_name_has_a_word("outstanding", Outstanding::VARIANTS.iter().copied());
    every_name_has_a_word("yes_no_unknown", YES_NO_UNKNOWN);
    every_value_has_a_word::<Fact>("facts");
    every_value_has_a_word::<Part>("facts_part");
    every_value_has_a_word::<Band>("severity_band");
    every_value_has_a_word::<Flag>("severity_flag");
    every_value_has_a_word::<FactorKind>("severity_factor");
    every_value_has_a_word::<FactorKind>("refusal-not_a_factor_value");
    every_value_has_a_word::<Because>("severity_because");
    for fact in Fact::iter().filter(|fact| fact.shape() != Shape::YesNo) {
        let choices = fact.shape().choices().iter().copied().filter(|word| *word != UNKNOWN);
        every_name_has_a_word(&format!("facts-{}", <&str>::from(fact)), choices);
    }
    every_value_has_a_word::<OrganisationFact>("organisation_fact");
    every_value_has_a_word::<Verdict>("yes_no_unknown");
    every_value_has_a_word::<Verdict>("duty-verdict");
    every_value_has_a_word::<Step>("case-step");
    every_value_has_a_word::<Step>("case-done");
}

#[test]
fn every_refusal_has_a_sentence() {
    let of_cases = case::Refusal::VARIANTS
        .iter()
        .copied()
        .filter(|it| !["text_missing", "letter"].contains(it));
    every_name_has_a_word("refusal", of_cases);
    every_name_has_a_word("refusal", letter::Refusal::VARIANTS.iter().copied());
    every_value_has_a_word::<RequiredText>("required_text");
    let of_organisations = organisation::Refusal::VARIANTS.iter().copied();
    every_name_has_a_word("refusal-organisation", of_organisations);
}

/// The keys that stand in templates and handlers, wherever they are said.
#[test]
fn every_key_that_is_said_has_a_text() {
    let mut said = BTreeSet::new();
    for path in files(&folder("templates")).into_iter().chain(files(&folder("src"))) {
        let text = fs::read_to_string(&path).unwrap();
        for opening in ["say(\"", "say_with(\"", "help(\"", "key: \""] {
            said.extend(text.split(opening).skip(1).filter_map(|rest| {
                let key = rest.split('"').next()?;
                let is_key = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
                (!key.is_empty() && key.chars().all(is_key)).then(|| key.to_owned())
            }));
        }
    }
    assert!(50 < said.len(), "only {} keys were found", said.len());
    for key in said {
        assert!(nb().message(&key).is_some(), "there is no text for {key}");
    }
}

#[test]
fn every_file_of_bokmaal_is_read() {
    assert_eq!(files(&folder("locales/nb")).len(), NB.len());
}

#[test]
fn every_language_says_everything() {
    let keys = |language| -> BTreeSet<String> {
        super::files(language)
            .iter()
            .flat_map(|file| file.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
            .collect()
    };
    let wanted = keys(Language::FALLBACK);
    assert!(!wanted.is_empty());
    for (language, _) in CATALOGUES.keys() {
        assert_eq!(keys(*language), wanted, "{language:?}");
    }
}

#[test]
fn texts_speak_of_the_authority_of_the_jurisdiction() {
    let said = |jurisdiction| nb().within(jurisdiction).say("case-notified");
    assert_eq!(said(Jurisdiction::No), "Meldt til Datatilsynet");
    assert_eq!(said(Jurisdiction::Se), "Meldt til IMY");
    for path in files(&folder("locales")).into_iter().chain(files(&folder("templates"))) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("Datatilsynet"), "{}: write {{ -authority }}", path.display());
    }
}

#[test]
fn a_language_nobody_translated_into_is_read_in_bokmaal() {
    assert_eq!(Texts::new(Language::En).language(), Language::Nb);
}

#[test]
fn numbers_decide_between_singular_and_plural() {
    assert_eq!(nb().say_with("hours", &[("count", 1_i64)]), "1 time");
    assert_eq!(nb().say_with("hours", &[("count", 31_i64)]), "31 timer");
}

#[test]
fn words_are_filled_in_without_marks_around_them() {
    assert_eq!(nb().say_with("follow_up-case", &[("number", "2026/17")]), "Melding 2026/17");
}
