//! A view of a template, in the order of one authority's own form, as it is written in
//! `config/notification/views`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::template::{FieldId, SectionName, Status, Template, TemplateId};
use crate::category::{Localised, name};
use crate::duty::Jurisdiction;

name!(
    /// A view, by the name of its file: `datatilsynet`.
    ViewId
);

/// The fields of a template as one authority asks for them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct View {
    /// Its name in addresses.
    pub id: ViewId,
    /// Counts from 1, raised with every change.
    pub version: u32,
    /// Where it stands among the others, lowest first.
    pub order: u32,
    /// The template whose fields it shows.
    pub template: TemplateId,
    /// Where its authority is the one to notify.
    pub jurisdictions: BTreeSet<Jurisdiction>,
    /// What people call it.
    pub title: Localised,
    /// How far the form that it follows is known.
    pub status: Status,
    /// What is to be known of that, in a sentence.
    pub about: Localised,
    /// Where the form is found.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Its sections, in order.
    #[serde(rename = "section")]
    pub sections: Vec<ViewSection>,
}

/// What the authority asks under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewSection {
    /// Its name in addresses.
    pub id: SectionName,
    /// The heading.
    pub title: Localised,
    /// What is asked under it.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// Something the authority asks, with the fields that answer it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number in the authority's form, where that is known.
    #[serde(default)]
    pub number: Option<String>,
    /// What is asked.
    pub label: Localised,
    /// The fields of the template that answer it.
    pub fields: Vec<FieldId>,
}

impl View {
    /// Every field it shows, in order.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> {
        let items = self.sections.iter().flat_map(|section| &section.items);
        items.flat_map(|item| item.fields.iter().copied())
    }

    /// Whether its authority is the one to notify there.
    #[must_use]
    pub fn is_of(&self, jurisdiction: Jurisdiction) -> bool {
        self.jurisdictions.contains(&jurisdiction)
    }

    /// The fields of the template that the authority does not ask for in its form, in order.
    pub fn left_out<'a>(&'a self, template: &'a Template) -> impl Iterator<Item = FieldId> + 'a {
        let shown: BTreeSet<FieldId> = self.fields().collect();
        template.fields().map(|field| field.id).filter(move |id| !shown.contains(id))
    }
}
