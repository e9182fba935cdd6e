//! The words of the domain stand in the glossary, so that everybody uses the same ones.

use std::collections::BTreeSet;
use std::path::Path;

use domain::case::dealings::{Direction, Effect, ReferralKind};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{
    AuthorityDecision, Capacity, MeasureKind, Outcome, PeopleDecision, TellingWay,
};
use domain::case::report::{
    BreachKind, Channel, Openness, PeopleEstimate, PersonalDataAffected, Sensitive,
};
use domain::case::{self, MemoPart, Outstanding, Phase};
use domain::{Role, organisation, review};
use strum::{IntoEnumIterator, VariantNames};

/// Words in each row: English, bokmål, nynorsk, svensk, and what it is.
const COLUMNS: usize = 5;

fn names<T: IntoEnumIterator + Into<&'static str>>() -> Vec<&'static str> {
    T::iter().map(Into::into).collect()
}

/// The rows of every table, cell by cell.
fn rows() -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/GLOSSARY.md");
    let text = std::fs::read_to_string(path).unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| English");
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    text.lines().filter(is_row).map(cells).collect()
}

#[test]
fn every_value_of_the_domain_is_in_the_glossary() {
    let rows = rows();
    let explained: BTreeSet<&str> =
        rows.iter().flat_map(|row| row[0].split(", ")).map(|word| word.trim_matches('`')).collect();
    let wanted = [
        names::<Role>(),
        names::<Phase>(),
        names::<Outcome>(),
        names::<AuthorityDecision>(),
        names::<PeopleDecision>(),
        names::<Capacity>(),
        names::<TellingWay>(),
        names::<ReferralKind>(),
        names::<Direction>(),
        names::<Effect>(),
        names::<ErasureGround>(),
        names::<PartInCase>(),
        names::<MeasureKind>(),
        names::<MemoPart>(),
        names::<Channel>(),
        names::<Openness>(),
        names::<PersonalDataAffected>(),
        names::<BreachKind>(),
        names::<PeopleEstimate>(),
        names::<Sensitive>(),
        Outstanding::VARIANTS.to_vec(),
        case::Event::names().to_vec(),
        organisation::Event::VARIANTS.to_vec(),
        names::<review::AgendaItem>(),
        names::<review::Phase>(),
        review::Event::VARIANTS.to_vec(),
    ];
    let missing: Vec<&str> =
        wanted.into_iter().flatten().filter(|name| !explained.contains(name)).collect();
    assert!(missing.is_empty(), "Give these words a row in docs/GLOSSARY.md: {missing:?}");
}

#[test]
fn every_word_is_there_in_every_language() {
    let rows = rows();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row.len(), COLUMNS, "{row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}
