//! What the conditions of categories, duties and rules share: how they are read from what is
//! written, and what they ask of the fields that every report has.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use strum::IntoEnumIterator;

use crate::case::report::{BreachKind, PeopleEstimate, PersonalDataAffected, Sensitive};
use crate::duty::Verdict;

/// The answers that are looked for in one of the fields that every report has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportField {
    /// Whether personal data is affected.
    PersonalData(Vec<PersonalDataAffected>),
    /// In which ways; not known where none was named.
    Breach(Vec<BreachKind>),
    /// Roughly how many people are affected.
    People(Vec<PeopleEstimate>),
    /// What is affected that is more serious than other data. A box left empty is not a no.
    Sensitive(Vec<Sensitive>),
}

/// What a report says in the fields that every report has.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'a> {
    /// Whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// In which ways.
    pub breach: &'a BTreeSet<BreachKind>,
    /// Roughly how many people are affected.
    pub people: PeopleEstimate,
    /// What is affected that is more serious than other data.
    pub sensitive: &'a BTreeSet<Sensitive>,
}

/// The answers that a field may have.
pub(crate) type Allowed = Vec<&'static str>;

impl ReportField {
    /// The names of the fields.
    pub(crate) const NAMES: [&str; 4] = ["personal_data", "breach", "people", "sensitive"];

    /// Reads one as it is written; none where no such field is known.
    pub(crate) fn read(name: &str, is: &[String]) -> Option<Result<Self, Allowed>> {
        Some(match name {
            "personal_data" => values(is).map(Self::PersonalData),
            "breach" => values(is).map(Self::Breach),
            "people" => values(is).map(Self::People),
            "sensitive" => values(is).map(Self::Sensitive),
            _ => return None,
        })
    }

    /// The field's name, as it is written.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let [personal_data, breach, people, sensitive] = Self::NAMES;
        match self {
            Self::PersonalData(_) => personal_data,
            Self::Breach(_) => breach,
            Self::People(_) => people,
            Self::Sensitive(_) => sensitive,
        }
    }

    /// The answers looked for, as they are written.
    #[must_use]
    pub fn answers(&self) -> Vec<String> {
        fn words<T: Copy + Into<&'static str>>(values: &[T]) -> Vec<String> {
            values.iter().map(|value| (*value).into().to_owned()).collect()
        }
        match self {
            Self::PersonalData(any) => words(any),
            Self::Breach(any) => words(any),
            Self::People(any) => words(any),
            Self::Sensitive(any) => words(any),
        }
    }

    /// Whether one of the answers was given.
    #[must_use]
    pub fn judge(&self, it: Stated<'_>) -> Verdict {
        let (found, is_open) = match self {
            Self::PersonalData(any) => {
                let open = it.personal_data == PersonalDataAffected::Unsure;
                (any.contains(&it.personal_data), open)
            }
            Self::Breach(any) => {
                (any.iter().any(|kind| it.breach.contains(kind)), it.breach.is_empty())
            }
            Self::People(any) => (any.contains(&it.people), it.people == PeopleEstimate::Unknown),
            Self::Sensitive(any) => (any.iter().any(|kind| it.sensitive.contains(kind)), true),
        };
        match (found, is_open) {
            (true, _) => Verdict::Yes,
            (false, true) => Verdict::Unknown,
            (false, false) => Verdict::No,
        }
    }
}

fn values<T>(words: &[String]) -> Result<Vec<T>, Allowed>
where
    T: FromStr + IntoEnumIterator + Into<&'static str>,
{
    let read: Option<Vec<T>> = words.iter().map(|word| word.parse().ok()).collect();
    read.filter(|values| !values.is_empty()).ok_or_else(|| T::iter().map(Into::into).collect())
}

/// Reads a condition from the map it is written as. By hand, so that what is wrong with it is told
/// at the condition and not at the list it stands in.
pub(crate) fn from_map<'de, Written, Condition, D>(deserializer: D) -> Result<Condition, D::Error>
where
    Written: Deserialize<'de>,
    Condition: TryFrom<Written, Error: Display>,
    D: Deserializer<'de>,
{
    struct OfMap<Written, Condition>(PhantomData<(Written, Condition)>);
    impl<'de, Written, Condition> Visitor<'de> for OfMap<Written, Condition>
    where
        Written: Deserialize<'de>,
        Condition: TryFrom<Written, Error: Display>,
    {
        type Value = Condition;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a condition")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
            let written = Written::deserialize(MapAccessDeserializer::new(map))?;
            Condition::try_from(written).map_err(A::Error::custom)
        }
    }
    deserializer.deserialize_map(OfMap(PhantomData))
}
