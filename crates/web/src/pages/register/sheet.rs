//! The register as a sheet.

use views::register::Entry;

use super::facts::{GROUPS, Teller, Value};
use crate::sheet::moment;

/// The register in rows: the columns' names, and one for each breach.
pub(super) fn rows(teller: &Teller<'_>, entries: &[Entry]) -> impl Iterator<Item = Vec<String>> {
    let rows = entries.iter().map(|entry| row(teller, entry));
    std::iter::once(columns(teller)).chain(rows)
}

fn columns(teller: &Teller<'_>) -> Vec<String> {
    let facts = GROUPS.iter().flat_map(|(_, facts)| *facts).map(|(key, _)| *key);
    std::iter::once("register-case").chain(facts).map(|key| teller.page.say(key)).collect()
}

fn row(teller: &Teller<'_>, entry: &Entry) -> Vec<String> {
    let facts = GROUPS.iter().flat_map(|(_, facts)| *facts);
    let cells = facts.map(|(_, told)| match told(teller, entry) {
        Value::Nothing => String::new(),
        Value::Words(words) => words,
        Value::Moment(at) => moment(teller.page.zone(), at),
    });
    std::iter::once(entry.number.to_string()).chain(cells).collect()
}
