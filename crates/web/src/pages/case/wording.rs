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
pub(crate) struct Wording<'a> {
    /// The sentences.
    pub(crate) texts: Texts,
    /// The organisation's clocks.
    pub(crate) zone: Zone,
    /// What people, units and categories are called.
    pub(crate) names: &'a Names,
}

/// A part of the page with a heading.
pub(crate) struct Section {
    /// Its address on the page.
    pub(crate) id: &'static str,
    /// What it is about.
    pub(crate) heading: String,
    /// What it says.
    pub(crate) facts: Vec<Fact>,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    /// What it is about.
    pub(crate) name: String,
    /// What is said.
    pub(crate) value: Value,
}

/// What is said about something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
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
    pub(crate) fn new(page: &Page, names: &'a Names) -> Self {
        Self { texts: page.texts(), zone: page.zone(), names }
    }

    /// The sentence under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.say(key)
    }

    /// The sentence under `key`, with what is to be filled in.
    pub(crate) fn say_with<A: Argument>(&self, key: &str, arguments: &[(&str, A)]) -> String {
        self.texts.say_with(key, arguments)
    }

    /// The word for a value of the domain.
    pub(crate) fn term(&self, family: &str, value: impl Into<&'static str>) -> String {
        self.texts.term(family, value)
    }

    /// A moment, as `<time>`.
    pub(crate) fn moment(&self, at: Time) -> TimeElement {
        self.zone.moment(self.texts, at)
    }

    /// A text somebody wrote, that there is none, or that it was erased.
    pub(crate) fn written(&self, text: &Erasable<String>) -> String {
        let none = if text.is_blank() { Some(self.say("no-answer")) } else { None };
        none.unwrap_or_else(|| text.text_or(&self.say("erased")).to_owned())
    }

    /// Something said, under the name that stands under `key`.
    pub(crate) fn fact(&self, key: &str, value: impl Into<Value>) -> Fact {
        Fact { name: self.say(key), value: value.into() }
    }

    /// A text somebody wrote.
    pub(crate) fn text(&self, key: &str, text: &Erasable<String>) -> Fact {
        self.fact(key, self.written(text))
    }

    /// A text that is not always there.
    pub(crate) fn maybe(&self, key: &str, text: Option<&Erasable<String>>) -> Option<Fact> {
        text.map(|text| self.text(key, text))
    }

    /// A time.
    pub(crate) fn time(&self, key: &str, at: Time) -> Fact {
        self.fact(key, self.moment(at))
    }

    /// Somebody's name.
    pub(crate) fn person(&self, user: UserId) -> String {
        self.names.person(user)
    }

    /// Who is asked: a member, or somebody outside, or that they were erased.
    pub(crate) fn respondent(&self, respondent: &Respondent) -> String {
        match respondent {
            Respondent::Member(user) => self.person(*user),
            Respondent::Outside(contact) => match contact.get() {
                Some(contact) => contact.name.clone(),
                None => self.say("erased"),
            },
        }
    }

    /// Who caused something.
    pub(crate) fn by(&self, by: Actor) -> String {
        match by {
            Actor::Service => self.say("product"),
            Actor::Reporter => self.say("case-the-reporter"),
            Actor::Respondent => self.say("case-the-respondent"),
            Actor::User(user) => self.person(user),
        }
    }

    /// The key of what happened.
    pub(crate) fn event_key(event: &Event) -> String {
        format!("timeline-{}", event.name())
    }
}
