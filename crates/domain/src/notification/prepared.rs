//! A notice that is being prepared: what stands in each field and where it comes from, what is
//! missing or to come, and what is otherwise than when it was last sent.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::notice::{Completeness, NoticeContent, NoticeKind, SentField};
use super::template::{Field, FieldId, Template};
use super::value::Value;
use super::view::View;
use crate::Erasable;
use crate::category::ChoiceValue;

/// Where an answer comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Origin {
    /// The facts that were found out.
    Facts,
    /// The report, but never its words.
    Report,
    /// The latest assessment.
    Assessment,
    /// A decision, or what was done on it.
    Decision,
    /// The measures.
    Measures,
    /// The case itself: its number, its clock, its category.
    Case,
    /// What the settings say of the organisation.
    Settings,
    /// The notice itself: whether it is the first, and what is said when it is recorded.
    Notice,
    /// Nothing is known yet, and the form has a word for that.
    Open,
    /// The data protection officer's own words.
    Own,
}

/// How a field stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// There is an answer.
    Answered,
    /// There is none, and none is needed.
    Empty,
    /// The answer is still to come, which an incomplete notice may say.
    ToBeDetermined,
    /// An answer is needed.
    Missing,
    /// The answer is longer than the form takes.
    TooLong,
}

/// A notice that is being prepared.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared<'a> {
    /// The template.
    pub template: &'a Template,
    /// What the notice is for.
    pub kind: NoticeKind,
    /// Whether more is to come.
    pub completeness: Completeness,
    pub(super) fields: BTreeMap<FieldId, Filled<'a>>,
}

/// A field with what stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled<'a> {
    /// The field.
    pub field: &'a Field,
    /// What the case answers, and where that comes from.
    pub proposed: Option<(Value, Origin)>,
    /// What the data protection officer answers in its place.
    pub own: Option<Value>,
    /// Whether the field is asked at all, as things stand.
    pub is_shown: bool,
}

/// A field that is otherwise than when it was last sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// Which field.
    pub field: FieldId,
    /// What was sent; nothing where it was not answered then.
    pub before: Option<&'a SentField>,
}

/// What a notice says, told apart from anything else it could say: for noticing that it was changed
/// since somebody looked at it. Not to be kept, for another version of the program may count
/// otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

impl Filled<'_> {
    /// What stands in the field, as far as it is asked.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        let proposed = || self.proposed.as_ref().map(|(value, _)| value);
        self.own.as_ref().or_else(proposed).filter(|_| self.is_shown)
    }

    /// Where that comes from.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.value()?;
        if self.own.is_some() {
            return Some(Origin::Own);
        }
        self.proposed.as_ref().map(|(_, origin)| *origin)
    }

    /// How many characters of text stand in it; nothing where it is not written in words.
    #[must_use]
    pub fn characters(&self) -> Option<usize> {
        self.value()?.text().map(|text| text.chars().count())
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> State {
        let says_later = |value: &Value| {
            let mut chosen = value.chosen().filter_map(|it| self.field.choice(it));
            chosen.any(|choice| choice.undetermined)
        };
        match self.value() {
            _ if !self.is_shown => State::Empty,
            Some(value) if says_later(value) => State::ToBeDetermined,
            Some(_) if self.is_too_long() => State::TooLong,
            Some(_) => State::Answered,
            None if !self.field.required => State::Empty,
            None if self.field.may_be_left_open() => State::ToBeDetermined,
            None => State::Missing,
        }
    }

    /// Whether any of these was chosen.
    #[must_use]
    pub fn has_any(&self, of: &BTreeSet<ChoiceValue>) -> bool {
        self.value().is_some_and(|value| value.chosen().any(|it| of.contains(it)))
    }

    fn is_too_long(&self) -> bool {
        match (self.field.longest, self.characters()) {
            (Some(longest), Some(characters)) => (longest as usize) < characters,
            _ => false,
        }
    }

    /// What was chosen, in words.
    #[must_use]
    pub fn words(&self, language: &str) -> Vec<String> {
        let chosen: BTreeSet<&ChoiceValue> =
            self.value().into_iter().flat_map(Value::chosen).collect();
        // In the order in which they are offered, not of their names.
        let chosen = self.field.choices.iter().filter(|it| chosen.contains(&it.id));
        chosen.map(|choice| choice.label.text(language).to_owned()).collect()
    }
}

impl<'a> Prepared<'a> {
    /// One field.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Filled<'a>> {
        self.fields.get(&id)
    }

    /// Every field that is asked, in the template's order.
    pub fn shown(&self) -> impl Iterator<Item = &Filled<'a>> {
        let fields = self.template.fields().filter_map(|field| self.fields.get(&field.id));
        fields.filter(|it| it.is_shown)
    }

    /// The fields of a view that stand like that, in its order.
    pub fn standing<'b>(
        &'b self,
        view: &'b View,
        state: State,
    ) -> impl Iterator<Item = FieldId> + 'b {
        let is_so = move |id: &FieldId| self.field(*id).is_some_and(|it| it.state() == state);
        view.fields().filter(is_so)
    }

    /// What keeps a notice in that view from being complete: what is missing, to come or too long.
    /// A withdrawal lacks nothing: it takes back what was told.
    pub fn lacking<'b>(&'b self, view: &'b View) -> impl Iterator<Item = FieldId> + 'b {
        let lacks =
            |state| matches!(state, State::Missing | State::ToBeDetermined | State::TooLong);
        let is_lacking = move |id: &FieldId| self.field(*id).is_some_and(|it| lacks(it.state()));
        view.fields().filter(is_lacking).filter(|_| self.kind != NoticeKind::Withdrawal)
    }

    /// What is otherwise than what was sent. What a notice says of itself always is,
    /// and does not count.
    #[must_use]
    pub fn changed_since<'b>(&self, sent: &'b [SentField]) -> Vec<Change<'b>> {
        let before = |id: FieldId| sent.iter().find(|it| it.field == id);
        let asked = self.template.fields().filter(|field| !field.is_of_notice());
        let asked = asked.filter_map(|field| self.fields.get(&field.id));
        let changed = asked.filter_map(|it| {
            let before = before(it.field.id);
            let is_same = before.map(|before| &before.value) == it.value();
            (!is_same).then_some(Change { field: it.field.id, before })
        });
        changed.collect()
    }

    /// What it says beside what it says of itself, to notice a change by.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = DefaultHasher::new();
        let says = |it: &Filled<'_>| it.origin().is_some_and(|origin| origin != Origin::Open);
        for it in self.shown().filter(|it| !it.field.is_of_notice() && says(it)) {
            (it.field.id, it.value()).hash(&mut hasher);
        }
        Fingerprint(hasher.finish())
    }

    /// What it says, to be kept as it was sent.
    #[must_use]
    pub fn content(&self, language: &str) -> NoticeContent {
        let sent = |it: &Filled<'_>| {
            Some(SentField {
                field: it.field.id,
                value: it.value()?.clone(),
                words: it.words(language),
            })
        };
        let label = |it: &Filled<'_>| (it.field.id, it.field.label.text(language).to_owned());
        let answered = self.shown().filter(|it| it.value().is_some());
        NoticeContent {
            labels: answered.map(label).collect(),
            template: self.template.id.clone(),
            version: self.template.version,
            completeness: self.completeness,
            fields: Erasable::known(self.shown().filter_map(sent).collect()),
        }
    }
}
