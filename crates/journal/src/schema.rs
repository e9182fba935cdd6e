//! The stored form of events: a name and a form number each, and the fields as JSON.
//!
//! `docs/decisions/0001-stored-form.md`. The fields are what serde makes of the domain's event;
//! golden files (`golden/<kind>/<name>.v<form>.json`) hold every form that was ever written
//! (`golden/added/` what was added to one as an optional field since), and
//! upcasters bring the older ones up to date. A name or form that this version of the program
//! does not know is an error, never skipped.

pub(crate) mod upcast;

use std::error::Error;
use std::fmt;

use domain::{Event, StreamKind, case, organisation, review};
use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use upcast::Forms;

/// Most events are shorter than this.
const EVENT_BYTES_USUAL: usize = 1024;

/// An event as its name, its form and its fields.
pub(crate) struct StoredEvent {
    pub(crate) name: &'static str,
    pub(crate) form: u16,
    /// The JSON object with the event's fields, personal values and all.
    pub(crate) fields: Vec<u8>,
}

/// The stored form of an event.
pub(crate) fn encode(forms: Forms, event: &Event) -> Result<StoredEvent, SchemaError> {
    let name = event.name();
    let (kind, tagged) = match event {
        Event::Case(event) => (StreamKind::Case, to_json(|json| event.write(json))),
        Event::Organisation(event) => {
            (StreamKind::Organisation, to_json(|json| event.serialize(json)))
        }
        Event::Review(event) => (StreamKind::Review, to_json(|json| event.serialize(json))),
    };
    let mut fields = tagged.map_err(|source| SchemaError::NotWritten { name, source })?;
    // Serde's outer tag is the name, which is kept in a field of its own.
    let tag = 2 + name.len() + 2;
    if !fields[1..].starts_with(b"\"") || !fields[2..].starts_with(name.as_bytes()) {
        return Err(SchemaError::NotTagged { name });
    }
    fields.drain(..tag);
    fields.pop();
    Ok(StoredEvent { name, form: forms.current(kind, name), fields })
}

fn to_json(
    write: impl FnOnce(&mut serde_json::Serializer<&mut Vec<u8>>) -> Result<(), serde_json::Error>,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::with_capacity(EVENT_BYTES_USUAL);
    write(&mut serde_json::Serializer::new(&mut json))?;
    Ok(json)
}

/// Begins the JSON that [`decode`] reads; the event's fields follow.
pub(crate) fn begin(name: &str, json: &mut Vec<u8>) {
    json.clear();
    json.extend_from_slice(b"{\"");
    json.extend_from_slice(name.as_bytes());
    json.extend_from_slice(b"\":");
}

/// The event whose fields `json` holds after [`begin`].
pub(crate) fn decode(
    forms: Forms,
    kind: StreamKind,
    name: &str,
    form: u16,
    json: &mut Vec<u8>,
) -> Result<Event, SchemaError> {
    let current = forms.current(kind, name);
    if form == current {
        json.push(b'}');
        return parse(kind, name, json).map_err(|source| match known_name(kind, name) {
            Some(name) => not_read(name, form, &source),
            None => SchemaError::UnknownName { kind, name: name.to_owned() },
        });
    }
    let name = require_known(forms, kind, name, form)?;
    let not_read = |source| not_read(name, form, &source);
    let fields = &json[2 + name.len() + 2..];
    let mut fields: Map<String, Value> = serde_json::from_slice(fields).map_err(not_read)?;
    if !forms.upcast(kind, name, form, &mut fields) {
        return Err(SchemaError::NoWayFrom { name, form, known: current });
    }
    begin(name, json);
    serde_json::to_writer(&mut *json, &fields).map_err(not_read)?;
    json.push(b'}');
    parse(kind, name, json).map_err(not_read)
}

/// Says whether an event of this name and form can be read at all.
pub(crate) fn require_known(
    forms: Forms,
    kind: StreamKind,
    name: &str,
    form: u16,
) -> Result<&'static str, SchemaError> {
    let unknown = || SchemaError::UnknownName { kind, name: name.to_owned() };
    let name = known_name(kind, name).ok_or_else(unknown)?;
    let known = forms.current(kind, name);
    if known < form { Err(SchemaError::NewerForm { name, form, known }) } else { Ok(name) }
}

fn known_name(kind: StreamKind, name: &str) -> Option<&'static str> {
    Event::names(kind).iter().find(|known| **known == name).copied()
}

/// What serde says in full may quote a personal value, so only the place is kept.
fn not_read(name: &'static str, form: u16, source: &serde_json::Error) -> SchemaError {
    SchemaError::NotRead { name, form, column: source.column() }
}

fn parse(kind: StreamKind, name: &str, json: &[u8]) -> Result<Event, serde_json::Error> {
    match kind {
        StreamKind::Case => {
            let mut stored = serde_json::Deserializer::from_slice(json);
            let event = case::Event::read(name, &mut stored)?;
            stored.end().map(|()| Event::Case(event))
        }
        StreamKind::Organisation => {
            serde_json::from_slice::<organisation::Event>(json).map(Event::Organisation)
        }
        StreamKind::Review => serde_json::from_slice::<review::Event>(json).map(Event::Review),
    }
}

/// Why an event has no stored form, or a stored form no event.
#[derive(Debug)]
pub enum SchemaError {
    /// Serde refused the event.
    NotWritten {
        /// The event's stored name.
        name: &'static str,
        /// What serde said.
        source: serde_json::Error,
    },
    /// The event does not serialise as its name around its fields.
    NotTagged {
        /// The event's stored name.
        name: &'static str,
    },
    /// No event of this name is known for this kind of stream.
    UnknownName {
        /// The kind of stream.
        kind: StreamKind,
        /// The stored name.
        name: String,
    },
    /// The form is newer than the newest known one.
    NewerForm {
        /// The event's stored name.
        name: &'static str,
        /// The stored form.
        form: u16,
        /// The newest form known.
        known: u16,
    },
    /// No upcaster leads on from the form.
    NoWayFrom {
        /// The event's stored name.
        name: &'static str,
        /// The stored form.
        form: u16,
        /// The form wanted.
        known: u16,
    },
    /// The fields are not those of the event.
    NotRead {
        /// The event's stored name.
        name: &'static str,
        /// The stored form.
        form: u16,
        /// How far into the JSON they were.
        column: usize,
    },
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWritten { name, .. } => write!(f, "{name} could not be written as JSON"),
            Self::NotTagged { name } => {
                write!(f, "{name} does not serialise as its name around its fields")
            }
            Self::UnknownName { kind, name } => write!(
                f,
                "{name}, an event of kind {}, is unknown to this version of avvik",
                <&str>::from(*kind)
            ),
            Self::NewerForm { name, form, known } => write!(
                f,
                "{name} is stored in form {form}, and this version of avvik knows it up to form \
                 {known}"
            ),
            Self::NoWayFrom { name, form, known } => {
                write!(f, "no upcaster leads from form {form} of {name} to form {known}")
            }
            Self::NotRead { name, form, column } => write!(
                f,
                "the fields of {name} in form {form} are not what this version of avvik expects \
                 (column {column})"
            ),
        }
    }
}

impl Error for SchemaError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotWritten { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod golden;
