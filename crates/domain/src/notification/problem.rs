//! What is wrong with a template or a view whose parts are well formed and do not fit together.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::template::{Field, FieldId, SectionName, Template};
use super::view::View;
use crate::category::{ChoiceValue, Localised, Step};

/// What is wrong with a template as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The way to the value that is to blame.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub wrong: WrongInTemplate,
}

/// What can be wrong with a part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongInTemplate {
    /// Versions count from 1.
    VersionZero,
    /// An earlier one has this name or number.
    NamedTwice,
    /// A field of a kind that is chosen has fewer than two choices.
    NoChoices,
    /// A field that is not chosen lists choices.
    ChoicesNotAsked,
    /// Only what is written in words has a longest length.
    NotWritten,
    /// What the case tells cannot stand in a field of this kind.
    DoesNotFit,
    /// The condition names a field that the template does not have.
    NoSuchField,
    /// The condition names the field itself or a later one.
    NotAskedBefore,
    /// The condition names a choice that the other field does not offer.
    NotOffered {
        /// What it offers.
        offered: Vec<ChoiceValue>,
    },
    /// What a case proposes rests on the case, not on other fields.
    ProposedByField,
    /// The text is not there in a language that the title has.
    LanguageMissing {
        /// The language.
        language: String,
    },
}

/// What is wrong with a view as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewProblem {
    /// The way to the value that is to blame.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub wrong: WrongInView,
}

/// What can be wrong with a part of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongInView {
    /// Versions count from 1.
    VersionZero,
    /// An earlier one has this name.
    NamedTwice,
    /// It says nothing.
    Empty,
    /// There is no template of this name.
    NoSuchTemplate,
    /// The template has no field of this number.
    NoSuchField,
    /// An earlier part of the view shows this field.
    ShownTwice,
}

impl Template {
    /// What no single field shows to be wrong, in the order it stands in the template.
    #[must_use]
    pub fn problems(&self) -> Vec<TemplateProblem> {
        let mut found = Found { template: self, before: BTreeSet::new(), all: Vec::new() };
        if self.version == 0 {
            found.blame(vec![Step::Key("version")], WrongInTemplate::VersionZero);
        }
        found.hold_text(&[Step::Key("about")], &self.about);
        let mut names: BTreeSet<&SectionName> = BTreeSet::new();
        for (index, section) in self.sections.iter().enumerate() {
            let at = [Step::Key("section"), Step::Index(index)];
            if !names.insert(&section.id) {
                found.blame(under(&at, "id"), WrongInTemplate::NamedTwice);
            }
            found.hold_text(&under(&at, "title"), &section.title);
            for (place, field) in section.fields.iter().enumerate() {
                let at = [at[0], at[1], Step::Key("field"), Step::Index(place)];
                found.hold_field(&at, field);
            }
        }
        found.all
    }
}

/// The problems found so far, and the fields seen.
struct Found<'a> {
    template: &'a Template,
    before: BTreeSet<FieldId>,
    all: Vec<TemplateProblem>,
}

impl Found<'_> {
    fn blame(&mut self, at: Vec<Step>, wrong: WrongInTemplate) {
        self.all.push(TemplateProblem { at, wrong });
    }

    fn hold_text(&mut self, at: &[Step], text: &Localised) {
        let missing = self.template.title.languages().find(|language| !text.has(language));
        if let Some(language) = missing {
            let language = language.to_owned();
            self.blame(at.to_vec(), WrongInTemplate::LanguageMissing { language });
        }
    }

    fn hold_field(&mut self, at: &[Step], field: &Field) {
        use WrongInTemplate as Wrong;
        if self.before.contains(&field.id) {
            self.blame(under(at, "id"), Wrong::NamedTwice);
        }
        self.hold_text(&under(at, "label"), &field.label);
        match (field.kind.is_chosen(), field.choices.len()) {
            (true, 0 | 1) => self.blame(under(at, "kind"), Wrong::NoChoices),
            (false, 1..) => self.blame(under(at, "choice"), Wrong::ChoicesNotAsked),
            _ => (),
        }
        if field.longest.is_some() && !field.kind.is_written() {
            self.blame(under(at, "longest"), Wrong::NotWritten);
        }
        for (place, source) in field.from.iter().enumerate() {
            if !source.fits(field.kind) {
                self.blame(indexed(at, "from", place), Wrong::DoesNotFit);
            }
        }
        for (place, condition) in field.shown_when.iter().enumerate() {
            self.hold_condition(indexed(at, "shown-when", place), condition);
        }
        self.hold_choices(at, field);
        self.before.insert(field.id);
    }

    fn hold_condition(&mut self, at: Vec<Step>, condition: &Condition) {
        use WrongInTemplate as Wrong;
        let Condition::Field(id, is) = condition else { return };
        let Some(other) = self.template.field(*id) else {
            return self.blame(at, Wrong::NoSuchField);
        };
        if !self.before.contains(id) {
            return self.blame(at, Wrong::NotAskedBefore);
        }
        if is.iter().any(|it| other.choice(it).is_none()) {
            let offered = other.choices.iter().map(|choice| choice.id.clone()).collect();
            self.blame(at, Wrong::NotOffered { offered });
        }
    }

    fn hold_choices(&mut self, at: &[Step], field: &Field) {
        let mut names = BTreeSet::new();
        for (index, choice) in field.choices.iter().enumerate() {
            let at: Vec<Step> = indexed(at, "choice", index);
            if !names.insert(&choice.id) {
                self.blame(under(&at, "id"), WrongInTemplate::NamedTwice);
            }
            self.hold_text(&under(&at, "label"), &choice.label);
            for (place, condition) in choice.when.iter().enumerate() {
                if matches!(condition, Condition::Field(..)) {
                    let at = indexed(&at, "when", place);
                    self.blame(at, WrongInTemplate::ProposedByField);
                }
            }
        }
    }
}

impl View {
    /// What is wrong with it by itself, and with the fields it names in a template.
    #[must_use]
    pub fn problems(&self) -> Vec<ViewProblem> {
        let mut found = Vec::new();
        let mut blame = |at, wrong| found.push(ViewProblem { at, wrong });
        if self.version == 0 {
            blame(vec![Step::Key("version")], WrongInView::VersionZero);
        }
        if self.jurisdictions.is_empty() {
            blame(vec![Step::Key("jurisdictions")], WrongInView::Empty);
        }
        let mut names = BTreeSet::new();
        for (index, section) in self.sections.iter().enumerate() {
            let at = [Step::Key("section"), Step::Index(index)];
            if !names.insert(&section.id) {
                blame(under(&at, "id"), WrongInView::NamedTwice);
            }
            for (place, item) in section.items.iter().enumerate() {
                if item.fields.is_empty() {
                    let at = indexed(&at, "item", place);
                    blame(under(&at, "fields"), WrongInView::Empty);
                }
            }
        }
        found
    }

    /// What is wrong with the template and the fields it names.
    #[must_use]
    pub fn problems_with(&self, template: Option<&Template>) -> Vec<ViewProblem> {
        let Some(template) = template else {
            let at = vec![Step::Key("template")];
            return vec![ViewProblem { at, wrong: WrongInView::NoSuchTemplate }];
        };
        let mut found = Vec::new();
        let mut before = BTreeSet::new();
        for (index, section) in self.sections.iter().enumerate() {
            let at = [Step::Key("section"), Step::Index(index)];
            for (place, item) in section.items.iter().enumerate() {
                let at = indexed(&at, "item", place);
                for (place, id) in item.fields.iter().enumerate() {
                    let wrong = match template.field(*id) {
                        None => WrongInView::NoSuchField,
                        Some(_) if !before.insert(*id) => WrongInView::ShownTwice,
                        Some(_) => continue,
                    };
                    found.push(ViewProblem { at: indexed(&at, "fields", place), wrong });
                }
            }
        }
        found
    }
}

fn under(at: &[Step], key: &'static str) -> Vec<Step> {
    at.iter().copied().chain([Step::Key(key)]).collect()
}

fn indexed(at: &[Step], key: &'static str, index: usize) -> Vec<Step> {
    at.iter().copied().chain([Step::Key(key), Step::Index(index)]).collect()
}
