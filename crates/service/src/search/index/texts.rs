//! The texts in an event. They are taken out of its stored shape, so that no event needs code of
//! its own: whatever stands in an `Erasable` was written by or about people, and is searched.

use std::collections::BTreeMap;

use domain::case::Event;
use domain::ids::PersonId;
use serde_json::Value;
use uuid::Uuid;
use views::case_file;

use super::Circle;

/// What an event says about one person, or about nobody in particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) words: String,
    pub(super) about: Option<PersonId>,
    /// Who may read it.
    pub(super) circle: Circle,
}

type Key = (Option<PersonId>, Circle);

/// The texts of an event, one for each person and for each circle of readers. `is_named` tells
/// whether the reporter of the case is.
pub(super) fn of(event: &Event, is_named: bool) -> Vec<Text> {
    // Why two cases are linked, or are one, tells of both, and a reader may see one of them.
    if matches!(event, Event::CaseLinked { .. } | Event::CaseMerged { .. }) {
        return Vec::new();
    }
    let open = match event {
        event if is_for_those_who_handle(event) => None,
        event if is_named && case_file::is_dialogue(event) => Some(event.clone()),
        event => case_file::seen_by_all(event.clone()),
    };
    let restricted = match event {
        Event::NoteAdded { .. } => Circle::Notes,
        Event::CaseReferred(_) => Circle::Personnel,
        _ => Circle::Officers,
    };
    let open = open.map(|event| written(&event)).unwrap_or_default();
    let mut texts = BTreeMap::<Key, String>::new();
    for (about, words) in written(event) {
        let is_open = open.contains(&(about, words.clone()));
        let circle = if is_open { Circle::All } else { restricted };
        let text = texts.entry((about, circle)).or_default();
        text.push_str(&words);
        text.push('\n');
    }
    if let Event::DeviationReported(report) = event {
        let text = texts.entry((None, Circle::All)).or_default();
        text.push_str(&report.number.to_string());
    }
    let texts = texts.into_iter();
    texts.map(|((about, circle), words)| Text { words, about, circle }).collect()
}

/// Every string in an `Erasable`, with the person it is about.
fn written(event: &Event) -> Vec<(Option<PersonId>, String)> {
    let mut found = Vec::new();
    let value = event.write(serde_json::value::Serializer).expect("an event is plain data");
    look_for_personal(&value, &mut found);
    found
}

/// Whether what an event says is looked at on pages that are not for everybody who sees the case:
/// letters and who gets them, passages that are kept back.
fn is_for_those_who_handle(event: &Event) -> bool {
    matches!(
        event,
        Event::Letter(_) | Event::Document(_) | Event::Confirmation(_) | Event::Archiving(_)
    )
}

fn look_for_personal(value: &Value, found: &mut Vec<(Option<PersonId>, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| look_for_personal(item, found)),
        Value::Object(fields) => match fields.get("$personal") {
            Some(known) => {
                let about = known["about"].as_str().and_then(|about| about.parse().ok());
                gather(&known["value"], about.map(PersonId), found);
            }
            None => fields.values().for_each(|field| look_for_personal(field, found)),
        },
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

fn gather(value: &Value, about: Option<PersonId>, found: &mut Vec<(Option<PersonId>, String)>) {
    match value {
        // Identifiers are no words.
        Value::String(text) if Uuid::parse_str(text).is_ok() => (),
        Value::String(text) => found.push((about, text.clone())),
        Value::Array(items) => items.iter().for_each(|item| gather(item, about, found)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, about, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}
