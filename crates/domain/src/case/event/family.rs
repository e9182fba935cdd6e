//! Events that stand together in the code and each for itself in the log: their stored names, and
//! how they are written and read under them.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::VariantNames;

use super::Event;
use crate::case::{
    access, archiving, confirmation, correction, custody, document, letter, overdue,
};

/// The variants that stand for a family, by the names that nothing is stored under.
const FAMILIES: [&str; 8] = [
    "document",
    "letter",
    "confirmation",
    "archiving",
    "overdue",
    "custody",
    "access",
    "correction",
];

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let alone = Event::VARIANTS.iter().filter(|name| !FAMILIES.contains(name));
    let families = [
        document::Event::VARIANTS,
        letter::Event::VARIANTS,
        confirmation::Event::VARIANTS,
        archiving::Event::VARIANTS,
        overdue::Event::VARIANTS,
        custody::Event::VARIANTS,
        access::Event::VARIANTS,
        correction::Event::VARIANTS,
    ];
    alone.chain(families.into_iter().flatten()).copied().collect()
});

impl Event {
    /// The name under which it is stored.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Document(event) => event.into(),
            Self::Letter(event) => event.into(),
            Self::Confirmation(event) => event.into(),
            Self::Archiving(event) => event.into(),
            Self::Overdue(event) => event.into(),
            Self::Custody(event) => event.into(),
            Self::Access(event) => event.into(),
            Self::Correction(event) => event.into(),
            alone => alone.into(),
        }
    }

    /// Every name under which an event of a case is stored.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// Writes its stored form: its name around its fields.
    ///
    /// # Errors
    ///
    /// What the serializer has to say.
    pub fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Document(event) => event.serialize(serializer),
            Self::Letter(event) => event.serialize(serializer),
            Self::Confirmation(event) => event.serialize(serializer),
            Self::Archiving(event) => event.serialize(serializer),
            Self::Overdue(event) => event.serialize(serializer),
            Self::Custody(event) => event.serialize(serializer),
            Self::Access(event) => event.serialize(serializer),
            Self::Correction(event) => event.serialize(serializer),
            alone => alone.serialize(serializer),
        }
    }

    /// Reads what [`Event::write`] wrote of the event with that name.
    ///
    /// # Errors
    ///
    /// What the deserializer has to say: of a name that is none, that it is unknown.
    pub fn read<'de, D: Deserializer<'de>>(name: &str, stored: D) -> Result<Self, D::Error> {
        if document::Event::VARIANTS.contains(&name) {
            return document::Event::deserialize(stored).map(Self::Document);
        }
        if letter::Event::VARIANTS.contains(&name) {
            return letter::Event::deserialize(stored).map(Self::Letter);
        }
        if confirmation::Event::VARIANTS.contains(&name) {
            return confirmation::Event::deserialize(stored).map(Self::Confirmation);
        }
        if archiving::Event::VARIANTS.contains(&name) {
            return archiving::Event::deserialize(stored).map(Self::Archiving);
        }
        if overdue::Event::VARIANTS.contains(&name) {
            return overdue::Event::deserialize(stored).map(Self::Overdue);
        }
        if custody::Event::VARIANTS.contains(&name) {
            return custody::Event::deserialize(stored).map(Self::Custody);
        }
        if access::Event::VARIANTS.contains(&name) {
            return access::Event::deserialize(stored).map(Self::Access);
        }
        if correction::Event::VARIANTS.contains(&name) {
            return correction::Event::deserialize(stored).map(Self::Correction);
        }
        Self::deserialize(stored)
    }
}
