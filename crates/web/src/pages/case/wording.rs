//! What the parts of a case's page have in common: texts, times and names put into words.

use domain::case::Event;
use domain::case::inquiry::Respondent;
use domain::ids::UserId;
use domain::{Actor, Erasable, Time};

use crate::names::Names;
use crate::page::Page;
use crate::text::{Argument, Texts};
use crate::times::{TimeElement, Zone};

/// Everything it takes to put a part of a case into words.
pub(super) struct Wording<'a> {
    /// The sentences.
    pub(super) texts: Texts,
    /// The organisation's clocks.
    pub(super) zone: Zone,
    /// What people, units and categories are called.
    pub(super) names: &'a Names,
}

/// A part of the page with a heading.
pub(super) struct Section {
    /// Its address on the page.
    pub(super) id: &'static str,
    /// What it is about.
    pub(super) heading: String,
    /// What it says.
    pub(super) facts: Vec<Fact>,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    /// What it is about.
    pub(super) name: String,
    /// What is said.
    pub(super) value: Value,
}

/// What is said about something.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A text, its lines as they were written.
    Words(String),
    /// A time.
    Moment(TimeElement),
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<TimeElement> for Value {
    fn from(moment: TimeElement) -> Self {
        Self::Moment(moment)
    }
}

impl<'a> Wording<'a> {
    /// The words of a page.
    pub(super) fn new(page: &Page, names: &'a Names) -> Self {
        Self { texts: page.texts(), zone: page.zone(), names }
    }

    /// The sentence under `key`.
    pub(super) fn say(&self, key: &str) -> String {
        self.texts.say(key)
    }

    /// The sentence under `key`, with what is to be filled in.
    pub(super) fn say_with<A: Argument>(&self, key: &str, arguments: &[(&str, A)]) -> String {
        self.texts.say_with(key, arguments)
    }

    /// The word for a value of the domain.
    pub(super) fn term(&self, family: &str, value: impl Into<&'static str>) -> String {
        self.texts.term(family, value)
    }

    /// A moment, as `<time>`.
    pub(super) fn moment(&self, at: Time) -> TimeElement {
        self.zone.moment(self.texts, at)
    }

    /// A text somebody wrote, that there is none, or that it was erased.
    pub(super) fn written(&self, text: &Erasable<String>) -> String {
        let none = if text.is_blank() { Some(self.say("no-answer")) } else { None };
        none.unwrap_or_else(|| text.text_or(&self.say("erased")).to_owned())
    }

    /// Something said, under the name that stands under `key`.
    pub(super) fn fact(&self, key: &str, value: impl Into<Value>) -> Fact {
        Fact { name: self.say(key), value: value.into() }
    }

    /// A text somebody wrote.
    pub(super) fn text(&self, key: &str, text: &Erasable<String>) -> Fact {
        self.fact(key, self.written(text))
    }

    /// A text that is not always there.
    pub(super) fn maybe(&self, key: &str, text: Option<&Erasable<String>>) -> Option<Fact> {
        text.map(|text| self.text(key, text))
    }

    /// A time.
    pub(super) fn time(&self, key: &str, at: Time) -> Fact {
        self.fact(key, self.moment(at))
    }

    /// Somebody's name.
    pub(super) fn person(&self, user: UserId) -> String {
        self.names.person(user)
    }

    /// Who is asked: a member, or somebody outside, or that they were erased.
    pub(super) fn respondent(&self, respondent: &Respondent) -> String {
        match respondent {
            Respondent::Member(user) => self.person(*user),
            Respondent::Outside(contact) => match contact.get() {
                Some(contact) => contact.name.clone(),
                None => self.say("erased"),
            },
        }
    }

    /// Who caused something.
    pub(super) fn by(&self, by: Actor) -> String {
        match by {
            Actor::Service => self.say("product"),
            Actor::Reporter => self.say("case-the-reporter"),
            Actor::Respondent => self.say("case-the-respondent"),
            Actor::User(user) => self.person(user),
        }
    }

    /// The key of what happened.
    pub(super) fn event_key(event: &Event) -> String {
        format!("timeline-{}", <&str>::from(event))
    }
}
