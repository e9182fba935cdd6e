//! The domain's values as the API spells them: one word each, the same on the way in and out.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use domain::assessment;
use domain::case::{
    archiving, attachment, confirmation, dealings, erasure, event, inquiry, letter, memo, overdue,
    practice, report,
};
use domain::{notification, review};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use strum::IntoEnumIterator;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A value of the domain that is written as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word<T>(pub(crate) T);

/// A type whose every value has a word.
pub(crate) trait Spelt: IntoEnumIterator + Into<&'static str> + Copy {
    /// What the type is called in the description of the API.
    const NAME: &'static str;
    /// What its values tell.
    const MEANING: &'static str;
}

macro_rules! spelt {
    ($($name:ident: $type:ty, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub(crate) type $name = Word<$type>;

            impl Spelt for $type {
                const NAME: &'static str = stringify!($name);
                const MEANING: &'static str = $meaning;
            }
        )*
    };
}

spelt! {
    AgendaItem: review::AgendaItem, "A point of a management review's agenda.";
    AttachmentSource: attachment::AttachmentSource, "On whose behalf a file was attached.";
    AuthorityDecision: event::AuthorityDecision, "Whether the authority is notified.";
    Band: assessment::Band, "How severe a breach is.";
    BreachKind: report::BreachKind,
        "A way in which personal data is breached (GDPR art. 4 no. 12).";
    Capacity: event::Capacity, "In which capacity a decision was taken.";
    Clause: review::Clause, "An input of ISO/IEC 27001:2022 9.3.2.";
    Channel: report::Channel, "The way in which a deviation became known.";
    ErasureGround: erasure::ErasureGround, "Why personal data is erased.";
    Fact: domain::case::Fact, "A fact of a case.";
    FileKind: attachment::FileKind, "What a file was found to be.";
    FactorKind: assessment::FactorKind, "A factor of the severity: DPC, EI, or an element of CB.";
    Flag: assessment::Flag, "What is shown beside a score.";
    LetterChannel: letter::Channel, "The way of a letter to a recipient.";
    LetterKind: letter::Kind, "What a letter to the people affected is for.";
    LetterLanguage: letter::Language, "The language of a letter.";
    LetterObstacle: letter::Obstacle, "What brought the sending of a letter to a stop.";
    LetterProgress: letter::Progress, "How far a letter came for a recipient.";
    MeasureKind: event::MeasureKind, "What a measure is meant to do.";
    NoticeChannel: notification::NoticeChannel, "The way a notice to the authority went.";
    NoticeKind: notification::NoticeKind, "What a notice to the authority is for.";
    Completeness: notification::Completeness,
        "Whether the authority is told more later (GDPR art. 33(4)).";
    FieldKind: notification::FieldKind, "What an answer to a field looks like.";
    FieldOrigin: notification::Origin, "Where an answer to a field comes from.";
    FieldState: notification::State, "How a field stands.";
    FormStatus: notification::Status, "How far a form is settled.";
    MemoPart: memo::MemoPart, "One of the memo's six parts.";
    Norm: practice::Norm, "What a decision can depart from.";
    Openness: report::Openness, "How open a reporter is about who they are.";
    Outcome: event::Outcome, "What an assessment advises; each includes the ones before it.";
    PartInCase: erasure::PartInCase, "What somebody is in a case.";
    PeopleDecision: event::PeopleDecision,
        "Whether the people affected are told, and if not, on which ground (GDPR art. 34).";
    PeopleEstimate: report::PeopleEstimate, "Roughly how many people are affected.";
    PersonalDataAffected: report::PersonalDataAffected, "Whether personal data is affected.";
    Phase: domain::case::Phase, "Where a case stands.";
    ReviewPhase: review::Phase, "How far a management review has come.";
    Role: domain::Role, "What somebody is in the organisation.";
    Sensitive: report::Sensitive,
        "Data, and people, that make a breach more serious.";
    Disposal: confirmation::Disposal,
        "Where something is that went to the wrong one.";
    Hindrance: archiving::Hindrance, "What stood in the way of handing over to the archive.";
    Misdirected: confirmation::Misdirected, "What went to the wrong one.";
    Direction: dealings::Direction, "Which way a letter went.";
    Effect: dealings::Effect, "How far a measure had the effect it was meant to have.";
    ReferralKind: dealings::ReferralKind, "Into what something is referred.";
    Reminder: inquiry::Reminder, "What a respondent is reminded of.";
    MeasureReminder: overdue::Reminder, "How far the time of a measure had gone.";
    TellingWay: event::TellingWay, "How the people affected were told.";
    Step: service::Step, "Something that can be done to a case.";
    Verdict: domain::duty::Verdict, "Whether something is so: no, not known yet, or yes.";
}

impl<T: Spelt> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.into())
    }
}

impl<'de, T: Spelt + FromStr> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reading(PhantomData))
    }
}

struct Reading<T>(PhantomData<T>);

impl<T: Spelt + FromStr> Visitor<'_> for Reading<T> {
    type Value = Word<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = T::iter().map(Into::into).collect();
        write!(f, "one of {}", words.join(", "))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        // What was sent instead is not repeated: it may be anything.
        word.parse().map(Word).map_err(|_| E::custom("no such word"))
    }
}

impl<T: Spelt> PartialSchema for Word<T> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(T::MEANING))
            .enum_values(Some(T::iter().map(Into::<&'static str>::into)))
            .into()
    }
}

impl<T: Spelt> ToSchema for Word<T> {
    fn name() -> Cow<'static, str> {
        T::NAME.into()
    }
}
