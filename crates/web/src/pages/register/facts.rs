//! What the register tells of a breach, in the order of the law: facts, effects, remedial action.

use domain::case::report::Occurred;
use domain::{Erasable, Time};
use views::register::Entry;

use crate::names::Names;
use crate::page::Page;

/// What is told of a breach, in words that a page and a sheet need.
pub(super) struct Teller<'a> {
    /// The page it is told on.
    pub(super) page: &'a Page,
    /// What units and categories are called.
    pub(super) names: &'a Names,
}

/// One thing told of a breach.
pub(super) enum Value {
    /// Nothing (yet).
    Nothing,
    /// In words.
    Words(String),
    /// A point in time.
    Moment(Time),
}

/// What is told of an entry.
type Told = fn(&Teller<'_>, &Entry) -> Value;

/// The key of what a group of facts is about, and each of its facts with the key of its name.
type Group = (&'static str, &'static [(&'static str, Told)]);

/// Everything the register tells; each fact is also a column of the sheet.
pub(super) static GROUPS: [Group; 5] = [
    (
        "register-facts",
        &[
            ("register-what_happened", |it, entry| it.written(Some(&entry.what_happened))),
            ("register-category", |it, entry| it.names.category(&entry.category).into()),
            ("register-unit", |it, entry| it.names.unit(entry.unit).into()),
            ("register-phase", |it, entry| it.page.term("phase", &entry.phase()).into()),
            ("register-reported_at", |_, entry| entry.reported_at.into()),
            ("register-aware_at", |_, entry| entry.standing.deadline.aware_at.into()),
            ("register-occurred_from", |_, entry| entry.occurred.earliest().into()),
            ("register-occurred_until", |_, entry| until(entry.occurred).into()),
            ("register-personal_data", |it, entry| {
                it.page.term("personal_data", &entry.personal_data).into()
            }),
            ("register-breach", |it, entry| {
                let kinds = entry.breach.iter().map(|kind| it.page.term("breach_kind", kind));
                lines(kinds)
            }),
        ],
    ),
    (
        "register-effects",
        &[
            ("register-whose_data", |it, entry| it.written(Some(&entry.whose_data))),
            ("register-people", |it, entry| it.page.term("people_estimate", &entry.people).into()),
            ("register-assessed", |it, entry| it.written(first(entry.assessment.as_ref()))),
            ("register-advised", |it, entry| it.term("outcome", second(entry.assessment.as_ref()))),
        ],
    ),
    (
        "register-action",
        &[("register-measures", |it, entry| lines(entry.measures.values().map(|m| it.measure(m))))],
    ),
    (
        "register-decisions",
        &[
            ("register-authority", |it, entry| {
                it.term("authority_decision", first(entry.authority.as_ref()))
            }),
            ("register-authority_grounds", |it, entry| {
                it.written(second(entry.authority.as_ref()))
            }),
            ("register-people_decision", |it, entry| {
                it.term("people_decision", first(entry.people_decision.as_ref()))
            }),
            ("register-people_grounds", |it, entry| {
                it.written(second(entry.people_decision.as_ref()))
            }),
        ],
    ),
    (
        "register-notification",
        &[
            ("register-notified_at", |_, entry| entry.standing.notified_at.into()),
            ("register-reference", |_, entry| first(entry.notification.as_ref()).cloned().into()),
            ("register-reasons_for_delay", |it, entry| {
                it.written(second(entry.notification.as_ref()).and_then(Option::as_ref))
            }),
        ],
    ),
];

impl Teller<'_> {
    /// A text as it was written, or that it was erased.
    fn written(&self, text: Option<&Erasable<String>>) -> Value {
        text.map(|text| text.text_or(&self.page.say("erased")).to_owned()).into()
    }

    fn term<T: Into<&'static str> + Copy>(&self, family: &str, value: Option<&T>) -> Value {
        value.map(|value| self.page.term(family, value)).into()
    }

    /// A measure, and whether it was found to have effect.
    fn measure(&self, (description, verified): &(Erasable<String>, bool)) -> String {
        let key = if *verified { "register-measure-verified" } else { "register-measure-open" };
        let description = description.text_or(&self.page.say("erased")).to_owned();
        self.page.say_with(key, &[("measure", description)])
    }
}

impl Value {
    /// Whether there is nothing to tell.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        if words.is_empty() { Self::Nothing } else { Self::Words(words) }
    }
}

impl From<Time> for Value {
    fn from(at: Time) -> Self {
        Self::Moment(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

fn lines(lines: impl Iterator<Item = String>) -> Value {
    lines.collect::<Vec<_>>().join("\n").into()
}

fn until(occurred: Occurred) -> Option<Time> {
    match occurred {
        Occurred::At(at) => Some(at),
        Occurred::Between { until, .. } => until,
        Occurred::Unknown => None,
    }
}

fn first<A, B>(pair: Option<&(A, B)>) -> Option<&A> {
    pair.map(|(first, _)| first)
}

fn second<A, B>(pair: Option<&(A, B)>) -> Option<&B> {
    pair.map(|(_, second)| second)
}
