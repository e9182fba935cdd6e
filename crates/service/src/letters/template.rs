//! What a letter begins with: a text in each language with places for what the case knows, and in
//! place of some of it what the case's category says.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use domain::Erasable;
use domain::case::letter::{Kind, Language, LetterText, Part, TemplateUsed, places, unknown_place};
use domain::case::state::Progress;
use domain::case::{OpenCase, event::MeasureKind};
use domain::category::{Category, Step};
use serde::Deserialize;

use crate::written::{Problem, Written, tell_places};

/// The templates compiled into the binary.
pub const SHIPPED: [(&str, &str); 1] =
    [("general.toml", include_str!("../../../../config/letters/general.toml"))];

/// A template of letters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LetterTemplate {
    /// The name, which is the file's too.
    pub id: String,
    /// Counts from 1, raised with every change.
    pub version: u32,
    /// Where it stands among the others: the first that has a language is used.
    pub order: u32,
    /// The texts in each language.
    pub text: BTreeMap<Language, Texts>,
}

/// The texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Texts {
    /// The title of a letter.
    pub title: String,
    /// The title of what everybody can read.
    pub notice_title: String,
    /// What happened.
    pub what_happened: String,
    /// What happened, as everybody reads it.
    pub notice_what_happened: String,
    /// What may come of it.
    pub consequences: String,
    /// What was done, and what is planned.
    pub measures: String,
    /// What the person is advised to do.
    pub advice: String,
    /// What whoever it concerns is advised to do, as everybody reads it.
    pub notice_advice: String,
    /// Whom they can turn to.
    pub contact: String,
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTemplateProblem {
    at: Vec<Step>,
    wrong: WrongInLetter,
}

/// What can be wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongInLetter {
    /// Versions count from 1.
    VersionZero,
    /// It is in no language.
    NoLanguage,
    /// A place in it is none that is filled in.
    NoSuchPlace {
        /// The place as written.
        place: String,
    },
}

impl Problem for LetterTemplateProblem {
    const KIND: &'static str = "letter template";
    const USED: &'static str = "what was written from it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.wrong {
            WrongInLetter::VersionZero => write!(f, "versions count from 1"),
            WrongInLetter::NoLanguage => write!(f, "a template is in one language at least"),
            WrongInLetter::NoSuchPlace { place } => tell_places(place, f),
        }
    }
}

impl Written for LetterTemplate {
    type Problem = LetterTemplateProblem;

    fn name(&self) -> &str {
        &self.id
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<LetterTemplateProblem> {
        let problem = |key, wrong| LetterTemplateProblem { at: vec![Step::Key(key)], wrong };
        let mut found = Vec::new();
        if self.version == 0 {
            found.push(problem("version", WrongInLetter::VersionZero));
        }
        if self.text.is_empty() {
            found.push(problem("text", WrongInLetter::NoLanguage));
        }
        let texts = self.text.values().flat_map(Texts::all);
        found.extend(texts.filter_map(|text| {
            let place = unknown_place(text)?.to_owned();
            Some(problem("text", WrongInLetter::NoSuchPlace { place }))
        }));
        found
    }
}

/// What is filled in that the case does not know itself.
pub(super) struct Filling<'a> {
    pub(super) organisation: &'a str,
    pub(super) unit: Option<&'a str>,
    pub(super) contact: String,
    pub(super) category: Option<&'a Category>,
    pub(super) zone: Tz,
}

impl Texts {
    fn all(&self) -> impl Iterator<Item = &str> {
        let Self { title, notice_title, what_happened, notice_what_happened, .. } = self;
        let Self { consequences, measures, advice, notice_advice, contact, .. } = self;
        let first = [title, notice_title, what_happened, notice_what_happened, consequences];
        first.into_iter().chain([measures, advice, notice_advice, contact]).map(String::as_str)
    }

    fn part(&self, part: Part, kind: Kind) -> &str {
        match part {
            Part::Title if kind == Kind::Letter => &self.title,
            Part::Title => &self.notice_title,
            Part::WhatHappened if kind == Kind::Letter => &self.what_happened,
            Part::WhatHappened => &self.notice_what_happened,
            Part::Consequences => &self.consequences,
            Part::Measures => &self.measures,
            Part::Advice if kind == Kind::Letter => &self.advice,
            Part::Advice => &self.notice_advice,
            Part::Contact => &self.contact,
        }
    }
}

impl LetterTemplate {
    /// What is proposed in a language: the category's words where it has its own, else these. A
    /// place that nothing is known for stays open, and a letter with an open place is not whole.
    pub(super) fn proposed(
        &self,
        known: &OpenCase,
        kind: Kind,
        language: Language,
        filling: &Filling<'_>,
    ) -> Option<(LetterText, TemplateUsed)> {
        let texts = self.text.get(&language)?;
        // Those are to one person; what everybody reads is in the template's words.
        let own = filling.category.and_then(|it| it.letter.as_ref());
        let own = own.filter(|_| kind == Kind::Letter);
        let text = LetterText::from_parts(|part| {
            let of_category = own.and_then(|it| it.part(part, language));
            let text = of_category.unwrap_or_else(|| texts.part(part, kind));
            Erasable::known(filled(text.trim(), known, language, filling))
        });
        Some((text, TemplateUsed { template: self.id.clone(), version: self.version }))
    }
}

fn filled(text: &str, known: &OpenCase, language: Language, filling: &Filling<'_>) -> String {
    let happened = known.report.occurred.earliest().or(known.report.discovered_at);
    let plan = known.people.as_ref().and_then(|it| it.particulars.plan.as_deref());
    let asked = plan.and_then(|plan| plan.whom_to_ask.get().cloned());
    let value = |place: &str| match place {
        "organisation" => Some(filling.organisation.to_owned()),
        "case" => Some(known.report.number.to_string()),
        "when" => happened.map(|at| super::day(at, filling.zone, language)),
        "unit" => filling.unit.map(str::to_owned),
        "measures" => Some(measures(known)).filter(|it| !it.is_empty()),
        "whom_to_ask" => {
            asked.clone().or_else(|| Some(filling.contact.clone()).filter(|it| !it.is_empty()))
        }
        _ => None,
    };
    places(text).fold(text.to_owned(), |text, place| match value(place) {
        Some(value) => text.replace(&format!("{{{place}}}"), &value),
        None => text,
    })
}

/// The measures, done and to be done, a point each. Preventive ones are the organisation's own.
fn measures(known: &OpenCase) -> String {
    let said = known.measures.values().filter(|it| {
        let is_done = !matches!(it.progress, Progress::Open { .. });
        is_done || it.kind != MeasureKind::Immediate
    });
    let points = said.filter_map(|it| it.description.get()).map(|it| format!("- {it}"));
    points.collect::<Vec<_>>().join("\n")
}
