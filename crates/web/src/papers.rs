//! What a case says, as documents: one model for the page that shows a document and for the file
//! that is kept of it. The words are those of the pages.

pub(crate) mod case_file;
pub(crate) mod memo;
pub(crate) mod notification;
pub(crate) mod receipt;
pub(crate) mod register;
pub(crate) mod review;

use documents::{Block, Document, Language as Written, Letterhead};
use domain::Time;

use crate::App;
use crate::language::Language;
use crate::names::Names;
use crate::page::Page;
use crate::pages::case::wording::{Fact, Section, Value, Wording};

/// Everything it takes to write a document.
pub(crate) struct Office<'a> {
    /// The sentences, times and names.
    pub(crate) wording: Wording<'a>,
    language: Language,
    sender: Letterhead,
}

/// What a document is called and what it is about.
pub(crate) struct Heading {
    /// What tells it from every other document.
    pub(crate) identity: String,
    /// Its title.
    pub(crate) title: String,
    /// What it is about.
    pub(crate) about: String,
    /// When what it says was last changed: the same facts give the same file, whenever it is made.
    pub(crate) at: Time,
}

impl<'a> Office<'a> {
    /// An office that writes in the language of a page.
    pub(crate) fn new(app: &App, page: &Page, names: &'a Names) -> Self {
        let profile = &app.service().settings().notification;
        let contact = [&profile.address, &profile.dpo_name, &profile.dpo_contact];
        let contact = contact.into_iter().flatten().cloned().collect();
        let organisation = page.organisation().to_owned();
        let logo = app.service().logo();
        Self {
            wording: Wording::new(page, names),
            language: page.texts().language(),
            sender: Letterhead { organisation, logo, contact },
        }
    }

    /// A document with that heading.
    pub(crate) fn document(&self, heading: Heading, blocks: Vec<Block>) -> Document {
        let wording = &self.wording;
        let local = wording.zone.local(heading.at);
        Document {
            identity: heading.identity,
            language: match self.language {
                Language::Nb => Written::Nb,
                Language::Nn => Written::Nn,
                Language::Sv => Written::Sv,
                Language::En => Written::En,
            },
            title: heading.title,
            sender: self.sender.clone(),
            recipient: Vec::new(),
            about: heading.about,
            made_on: local.date_naive(),
            dated: wording.moment(heading.at).words().to_owned(),
            page_of: wording.say_with("paper-page-of", &[("page", "{page}"), ("pages", "{pages}")]),
            blocks,
        }
    }

    /// The sentence under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.wording.say(key)
    }

    /// A part of a page as a part of a document.
    pub(crate) fn section(section: Section) -> [Block; 2] {
        [Block::heading(section.heading), Self::facts(section.facts)]
    }

    /// What is said on a page as it is said in a document.
    pub(crate) fn facts(facts: Vec<Fact>) -> Block {
        Block::facts(facts.into_iter().map(|fact| (fact.name, words(fact.value))))
    }
}

/// What is said, in words alone.
pub(crate) fn words(value: Value) -> String {
    match value {
        Value::Words(words) => words,
        Value::Moment(moment) => moment.words().to_owned(),
    }
}
