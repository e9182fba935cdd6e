//! What must not go by e-mail: found before a mail is sent, with where it stands.
//!
//! The guard says which kind of thing it found and where, and never quotes it: its findings are
//! shown on pages, and what a finding is about may be known to fewer people than the page is.

mod names;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::identity_number;

/// A mail as it would be sent.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub body: &'a str,
    /// What could be read of each file with it; none of one that cannot be looked into.
    pub attachments: &'a [Option<String>],
}

/// What of a case is known to fewer people than a mail might reach.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Confidential {
    /// What the reporter is called.
    pub reporter: Vec<String>,
    /// What those are called who are named as involved.
    pub involved: Vec<String>,
    /// Texts that were marked as not to be given out.
    pub marked: Vec<String>,
}

/// Names stay out of logs.
impl std::fmt::Debug for Confidential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Confidential").finish_non_exhaustive()
    }
}

/// Something that must not go by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// In which part of the mail.
    pub part: Part,
    /// In which of its lines, counted from 1.
    pub line: usize,
    /// At which character of the line it begins, counted from 1.
    pub column: usize,
    /// What it is.
    pub what: What,
}

/// A part of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// Its subject.
    Subject,
    /// Its text.
    Body,
    /// Which of its files, counted from 0.
    Attachment(usize),
}

/// What must not go by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum What {
    /// The number of a person.
    IdentityNumber(identity_number::Kind),
    /// The name of whoever reported.
    ReporterName,
    /// The name of somebody who is involved.
    InvolvedName,
    /// A text that was marked as not to be given out.
    MarkedText,
    /// A file that cannot be looked into, and so may hold any of it.
    CannotBeLookedInto,
}

/// Everything in the mail that must not go by e-mail, in order. A mail goes only where there is
/// nothing.
#[must_use]
pub fn findings(mail: Mail<'_>, confidential: &Confidential) -> Vec<Finding> {
    let mut found = in_text(Part::Subject, mail.subject, confidential);
    found.extend(in_text(Part::Body, mail.body, confidential));
    for (number, text) in mail.attachments.iter().enumerate() {
        let part = Part::Attachment(number);
        if let Some(text) = text {
            found.extend(in_text(part, text, confidential));
        } else {
            found.push(Finding { part, line: 1, column: 1, what: What::CannotBeLookedInto });
        }
    }
    found
}

fn in_text(part: Part, text: &str, confidential: &Confidential) -> Vec<Finding> {
    let numbers = identity_number::find(text).into_iter();
    let mut hits: Vec<(Range<usize>, What)> =
        numbers.map(|it| (it.at, What::IdentityNumber(it.kind))).collect();
    let Confidential { reporter, involved, marked } = confidential;
    let mut named = |names: &[String], what| {
        let places = names.iter().flat_map(|name| names::places_of_person(text, name));
        hits.extend(places.map(|at| (at, what)));
    };
    named(reporter, What::ReporterName);
    named(involved, What::InvolvedName);
    let places = marked.iter().flat_map(|words| names::places(text, words));
    hits.extend(places.map(|at| (at, What::MarkedText)));
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let finding = |(at, what): (Range<usize>, What)| {
        let line = ends.partition_point(|end| *end < at.start);
        let begins = line.checked_sub(1).map_or(0, |before| ends[before] + 1);
        let column = 1 + text[begins..at.start].chars().count();
        Finding { part, line: 1 + line, column, what }
    };
    let mut found: Vec<Finding> = hits.into_iter().map(finding).collect();
    found.sort_unstable();
    found.dedup();
    found
}
