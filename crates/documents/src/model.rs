//! A document before it is laid out: what it says, in which order. The page that shows it and the
//! file that is kept are both made from this.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What tells this document, in this version, from every other: part of the file, so that two
    /// documents that say the same are still two.
    pub identity: String,
    /// The language it is written in, by which it is read aloud and hyphenated.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// Who it is from.
    pub sender: Letterhead,
    /// Who it is sent to, a line each, where the window of an envelope shows it; nobody, if it is
    /// no letter.
    pub recipient: Vec<String>,
    /// What it is about, in the head of every page but the first, such as `Sak 2026/17`.
    pub about: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The same day in words.
    pub dated: String,
    /// How a page says which it is of how many, with `{page}` and `{pages}` for the numbers.
    pub page_of: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Norwegian, bokmål.
    Nb,
    /// Norwegian, nynorsk.
    Nn,
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// Who a document is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The organisation.
    pub organisation: String,
    /// Its mark, in place of its name on the first page.
    pub logo: Option<Logo>,
    /// Where it is reached, a line each.
    pub contact: Vec<String>,
}

/// The mark of whoever a document is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// A PNG, JPEG or SVG file.
    #[serde(skip)]
    pub file: Arc<[u8]>,
    /// What it shows, for those who cannot see it: most often the organisation's name.
    pub alt: String,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    /// A heading of the first degree under the title.
    Heading {
        /// Its words.
        text: String,
    },
    /// A heading of the second degree.
    Subheading {
        /// Its words.
        text: String,
    },
    /// What somebody wrote. A blank line parts paragraphs, a line break stays one.
    Text {
        /// The words.
        text: String,
    },
    /// Short facts, each with its name.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
    /// Points, in any order.
    List {
        /// The points.
        items: Vec<String>,
    },
    /// A table with a row of headings.
    Table(Table),
    /// A drawing: a chart of the table that follows it.
    Drawing(Drawing),
    /// Something the reader must not miss: a part that is not there, a passage that was taken out.
    Note {
        /// What kind of note it is.
        label: String,
        /// What it says.
        text: String,
    },
}

/// A fact and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub value: String,
}

/// A table. Every row has as many cells as there are columns; a missing one is laid out empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// What each column holds.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A drawing, which says nothing that is not said in words beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// An SVG of our own making, with no file beside it.
    #[serde(skip)]
    pub svg: Arc<str>,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

impl Block {
    /// A heading of the first degree.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// A heading of the second degree.
    pub fn subheading(text: impl Into<String>) -> Self {
        Self::Subheading { text: text.into() }
    }

    /// What somebody wrote.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Short facts.
    pub fn facts<N: Into<String>, V: Into<String>>(
        facts: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let fact = |(name, value): (N, V)| Fact { name: name.into(), value: value.into() };
        Self::Facts { facts: facts.into_iter().map(fact).collect() }
    }
}
