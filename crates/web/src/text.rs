//! What people read: sentences by key, in the language of the reader. The sentences themselves
//! are in `locales/<language>/`, one file for each family of pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::duty::Jurisdiction;
use domain::ids::CaseNumber;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};
use strum::IntoEnumIterator;

use crate::language::Language;

#[cfg(test)]
mod tests;

/// Every file of bokmål; a test holds the list against the folder.
const NB: [&str; 46] = [
    include_str!("../locales/nb/absence.ftl"),
    include_str!("../locales/nb/access_log.ftl"),
    include_str!("../locales/nb/administration.ftl"),
    include_str!("../locales/nb/advice.ftl"),
    include_str!("../locales/nb/api.ftl"),
    include_str!("../locales/nb/archive.ftl"),
    include_str!("../locales/nb/as_of.ftl"),
    include_str!("../locales/nb/audits.ftl"),
    include_str!("../locales/nb/case.ftl"),
    include_str!("../locales/nb/common.ftl"),
    include_str!("../locales/nb/confirmation.ftl"),
    include_str!("../locales/nb/decisions.ftl"),
    include_str!("../locales/nb/documents.ftl"),
    include_str!("../locales/nb/duties.ftl"),
    include_str!("../locales/nb/erasure.ftl"),
    include_str!("../locales/nb/facts.ftl"),
    include_str!("../locales/nb/errors.ftl"),
    include_str!("../locales/nb/files.ftl"),
    include_str!("../locales/nb/filters.ftl"),
    include_str!("../locales/nb/follow_up.ftl"),
    include_str!("../locales/nb/inbox.ftl"),
    include_str!("../locales/nb/inquiries.ftl"),
    include_str!("../locales/nb/letters.ftl"),
    include_str!("../locales/nb/measure.ftl"),
    include_str!("../locales/nb/measures.ftl"),
    include_str!("../locales/nb/notification.ftl"),
    include_str!("../locales/nb/open_case.ftl"),
    include_str!("../locales/nb/openings.ftl"),
    include_str!("../locales/nb/post.ftl"),
    include_str!("../locales/nb/precedents.ftl"),
    include_str!("../locales/nb/refusals.ftl"),
    include_str!("../locales/nb/register.ftl"),
    include_str!("../locales/nb/report.ftl"),
    include_str!("../locales/nb/reports.ftl"),
    include_str!("../locales/nb/reviews.ftl"),
    include_str!("../locales/nb/severity.ftl"),
    include_str!("../locales/nb/shortcuts.ftl"),
    include_str!("../locales/nb/sign_in.ftl"),
    include_str!("../locales/nb/similar.ftl"),
    include_str!("../locales/nb/start.ftl"),
    include_str!("../locales/nb/statistics.ftl"),
    include_str!("../locales/nb/steps.ftl"),
    include_str!("../locales/nb/terms.ftl"),
    include_str!("../locales/nb/timeline.ftl"),
    include_str!("../locales/nb/times.ftl"),
    include_str!("../locales/nb/who_looked.ftl"),
];

type Catalogues = BTreeMap<(Language, Jurisdiction), FluentBundle<FluentResource>>;

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(|| {
    let written = Language::iter().filter(|language| !files(*language).is_empty());
    let catalogues = written.flat_map(|language| {
        Jurisdiction::iter().map(move |it| ((language, it), catalogue(language, it)))
    });
    catalogues.collect()
});

/// What the texts of every language call the supervisory authority, as a term of theirs.
fn authority(jurisdiction: Jurisdiction) -> &'static str {
    match jurisdiction {
        Jurisdiction::No => "-authority = Datatilsynet\n",
        Jurisdiction::Se => "-authority = IMY\n",
    }
}

/// The files of a language; none while nobody has translated into it.
fn files(language: Language) -> &'static [&'static str] {
    match language {
        Language::Nb => &NB,
        Language::Nn | Language::Sv | Language::En => &[],
    }
}

fn catalogue(language: Language, jurisdiction: Jurisdiction) -> FluentBundle<FluentResource> {
    let tag = language.tag().parse().expect("a language's tag is well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around every argument would end up in what people copy out of the page.
    bundle.set_use_isolating(false);
    for file in files(language).iter().chain([&authority(jurisdiction)]) {
        let resource = FluentResource::try_new((*file).to_owned())
            .expect("a locale file is well-formed: a test reads them all");
        bundle.add_resource(resource).expect("no key stands in two files: a test reads them all");
    }
    bundle
}

/// The languages that there are texts in.
pub(crate) fn available() -> Vec<Language> {
    let of_norway = CATALOGUES.keys().filter(|(_, it)| *it == Jurisdiction::No);
    of_norway.map(|(language, _)| *language).collect()
}

/// What a sentence can be filled in with: words, put in as they are, or a number, which decides
/// between singular and plural.
pub(crate) trait Argument {
    /// The value as Fluent takes it.
    fn value(&self) -> FluentValue<'static>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.clone())
    }
}

impl Argument for CaseNumber {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_string())
    }
}

impl Argument for i64 {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(*self)
    }
}

impl Argument for u32 {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(*self)
    }
}

impl Argument for usize {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(*self)
    }
}

/// Templates hand over references.
impl<A: Argument + ?Sized> Argument for &A {
    fn value(&self) -> FluentValue<'static> {
        (*self).value()
    }
}

/// All texts in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Texts {
    language: Language,
    jurisdiction: Jurisdiction,
}

impl Texts {
    /// The texts in `language`, or the fallback's where there are none.
    pub(crate) fn new(language: Language) -> Self {
        let known = !files(language).is_empty();
        let jurisdiction = Jurisdiction::No;
        Self { language: if known { language } else { Language::FALLBACK }, jurisdiction }
    }

    /// The same texts where they speak of the authority of another jurisdiction.
    pub(crate) fn within(self, jurisdiction: Jurisdiction) -> Self {
        Self { jurisdiction, ..self }
    }

    fn catalogue(self) -> &'static FluentBundle<FluentResource> {
        &CATALOGUES[&(self.language, self.jurisdiction)]
    }

    /// The language they are in.
    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// The sentence under `key`.
    pub(crate) fn say(self, key: &str) -> String {
        self.said(key, None, None).unwrap_or_else(|| missing(key))
    }

    /// The sentence under `key`, with what is to be filled in.
    pub(crate) fn say_with<A: Argument>(self, key: &str, arguments: &[(&str, A)]) -> String {
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            filled.set((*name).to_owned(), argument.value());
        }
        self.said(key, None, Some(&filled)).unwrap_or_else(|| missing(key))
    }

    /// What more is written about `key`, as its attribute `part`: `.help`, `.missing`.
    pub(crate) fn part(self, key: &str, part: &str) -> Option<String> {
        self.said(key, Some(part), None)
    }

    /// The word for a value of the domain: `phase-under_assessment` for a phase under assessment.
    pub(crate) fn term(self, family: &str, value: impl Into<&'static str>) -> String {
        self.say(&format!("{family}-{}", value.into()))
    }

    fn message(self, key: &str) -> Option<FluentMessage<'static>> {
        self.catalogue().get_message(key)
    }

    fn said(
        self,
        key: &str,
        part: Option<&str>,
        arguments: Option<&FluentArgs<'_>>,
    ) -> Option<String> {
        let message = self.message(key)?;
        let pattern = match part {
            None => message.value()?,
            Some(part) => message.get_attribute(part)?.value(),
        };
        let mut problems = Vec::new();
        let said = self.catalogue().format_pattern(pattern, arguments, &mut problems);
        debug_assert!(problems.is_empty(), "{key} was not filled in: {problems:?}");
        Some(said.into_owned())
    }
}

/// A page without one of its texts is better than none. Tests stop here, so that it stays unseen.
fn missing(key: &str) -> String {
    debug_assert!(false, "there is no text for {key}");
    tracing::error!(text.key = key, "a text is missing");
    key.to_owned()
}
