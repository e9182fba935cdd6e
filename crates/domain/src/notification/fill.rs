//! From a case to an answer for every field that it can answer. Pure: the same case gives the same
//! answers.

use std::collections::BTreeMap;

use super::condition::Condition;
use super::notice::{Completeness, NoticeKind};
use super::prepared::{Filled, Origin, Prepared};
use super::template::{Field, FieldId, FieldKind, Template};
use super::value::{OwnWords, Value};
use super::view::View;
use crate::Time;
use crate::case::facts::Facts;
use crate::case::state::OpenCase;
use crate::duty::Calendar;

/// Whether an organisation is public.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr, strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Sector {
    /// A municipality, a hospital, an agency.
    Public,
    /// Anybody else.
    Private,
}

/// What the authority asks about the organisation itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// Its number in the register of organisations.
    pub number: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Whether it is public.
    pub sector: Option<Sector>,
    /// The data protection officer, whom the authority may call.
    pub dpo_name: Option<String>,
    /// How to reach them.
    pub dpo_contact: Option<String>,
    /// Where it lies, and by which clock it counts its days.
    pub calendar: Calendar,
    /// The language in which it writes to the authority.
    pub language: String,
}

/// What a notice is written by: the template, the authority's view of it, and who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationBook {
    /// The template.
    pub template: Template,
    /// The view of the authority that is to be notified.
    pub view: View,
    /// The organisation.
    pub profile: Profile,
}

/// What is to be sent, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion<'a> {
    /// What the notice is for.
    pub kind: NoticeKind,
    /// When it is sent, or looked at.
    pub at: Time,
    /// Why it comes after the deadline, or takes back what was sent, where that is said with it.
    pub reasons: Option<&'a str>,
}

/// What is known when the fields are filled in.
#[derive(Debug)]
pub struct Situation<'a> {
    /// The case.
    pub case: &'a OpenCase,
    /// What is known of it, fact by fact.
    pub facts: Facts,
    /// The organisation.
    pub profile: &'a Profile,
    /// What the notice is for.
    pub kind: NoticeKind,
    /// Whether more is to come.
    pub completeness: Completeness,
    /// When it is sent, or looked at.
    pub at: Time,
    /// Why it comes late, or takes back what was sent.
    pub reasons: Option<&'a str>,
}

/// The notice as it stands: complete where nothing of what the view asks is missing or to come,
/// unless it is said which of the two it is.
#[must_use]
pub fn prepare<'a>(
    book: &'a NotificationBook,
    case: &'a OpenCase,
    occasion: Occasion<'_>,
    completeness: Option<Completeness>,
) -> Prepared<'a> {
    let fill = |completeness| filled(book, case, occasion, completeness);
    if let Some(said) = completeness {
        return fill(said);
    }
    let complete = fill(Completeness::Complete);
    let is_complete = complete.lacking(&book.view).next().is_none();
    if is_complete { complete } else { fill(Completeness::Incomplete) }
}

fn filled<'a>(
    book: &'a NotificationBook,
    case: &'a OpenCase,
    Occasion { kind, at, reasons }: Occasion<'_>,
    completeness: Completeness,
) -> Prepared<'a> {
    let (facts, profile) = (case.facts(), &book.profile);
    let situation = Situation { case, facts, profile, kind, completeness, at, reasons };
    let own = case.authority.draft.as_ref().and_then(|draft| draft.fields.get());
    let mut fields = BTreeMap::new();
    for field in book.template.fields() {
        let it = answered(field, &situation, own, &fields);
        fields.insert(field.id, it);
    }
    Prepared { template: &book.template, kind, completeness, fields }
}

fn answered<'a>(
    field: &'a Field,
    situation: &Situation<'_>,
    own: Option<&OwnWords>,
    before: &BTreeMap<FieldId, Filled<'a>>,
) -> Filled<'a> {
    let holds = |condition: &Condition| match condition {
        Condition::Field(other, is) => before.get(other).is_some_and(|it| it.has_any(is)),
        of_case => of_case.holds(situation),
    };
    let is_shown = field.shown_when.is_empty() || field.shown_when.iter().any(holds);
    let is_open = situation.completeness == Completeness::Incomplete;
    let proposed = proposed(field, situation).or_else(|| {
        let choice = field.undetermined().filter(|_| is_open && field.required)?;
        Some((chosen(field, [choice.id.clone()])?, Origin::Open))
    });
    // A template may have changed since the words were written.
    let own = own.and_then(|own| own.get(&field.id)).filter(|value| field.takes(value));
    // What is said with the notice itself is not to be said otherwise in it.
    let own = own.filter(|_| !matches!(proposed, Some((_, Origin::Notice)))).cloned();
    Filled { field, proposed, own, is_shown }
}

fn proposed(field: &Field, situation: &Situation<'_>) -> Option<(Value, Origin)> {
    let of = |source: &super::Source| Some((source.value(situation, field.kind)?, source.origin()));
    let held = field.choices.iter().filter_map(|choice| {
        let held = choice.when.iter().find(|condition| condition.holds(situation))?;
        Some((choice, held.origin()))
    });
    match field.kind {
        FieldKind::Choice => {
            let (choice, origin) = held.clone().next()?;
            Some((chosen(field, [choice.id.clone()])?, origin))
        }
        FieldKind::Choices => {
            let (_, origin) = held.clone().next()?;
            Some((chosen(field, held.map(|(choice, _)| choice.id.clone()))?, origin))
        }
        _ => field.from.iter().find_map(of),
    }
}

/// The value of a field in which these are chosen.
fn chosen(
    field: &Field,
    choices: impl IntoIterator<Item = crate::category::ChoiceValue>,
) -> Option<Value> {
    let mut choices = choices.into_iter();
    match field.kind {
        FieldKind::Choice => choices.next().map(Value::One),
        FieldKind::Choices => Some(Value::Several(choices.collect())),
        _ => None,
    }
}
