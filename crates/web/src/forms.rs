//! Forms on their way in and out: reading what was sent, telling what is wrong with it, and
//! showing it again with everything kept.

pub(crate) mod field;
pub(crate) mod posted;
pub(crate) mod reader;

#[cfg(test)]
mod tests;

use service::secrets;
use uuid::Uuid;

use crate::page::Page;
use crate::text::Texts;

pub(crate) use field::{Choice, Field};
pub(crate) use posted::Posted;
pub(crate) use reader::Reader;

/// The hidden field with the form's own key: the same form sent twice is done once.
pub(crate) const KEY: &str = "key";

/// The hidden field with the session's token, see `security.rs`.
pub(crate) const CSRF: &str = "csrf";

/// Something that is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The field it is about; none for what is about the form as a whole.
    pub(crate) field: Option<String>,
    /// What to do.
    pub(crate) sentence: String,
}

/// A form as it is shown. Its `family` names it on the page and in the texts: the label of the
/// field `unit` in the family `report` stands under `report-unit`, with `.help` and `.missing`.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    family: &'static str,
    texts: Texts,
    key: Uuid,
    values: Posted,
    problems: Vec<Problem>,
}

impl Form {
    /// A form to fill in, with what can be filled in beforehand.
    pub(crate) fn new(page: &Page, family: &'static str, values: Posted) -> Self {
        Self::with_texts(page.texts(), family, values, Vec::new())
    }

    /// A form that comes back with everything that was typed, under the key it was sent with.
    pub(crate) fn returned(
        page: &Page,
        family: &'static str,
        values: Posted,
        problems: Vec<Problem>,
    ) -> Self {
        Self::with_texts(page.texts(), family, values, problems)
    }

    fn with_texts(
        texts: Texts,
        family: &'static str,
        values: Posted,
        problems: Vec<Problem>,
    ) -> Self {
        let key = values.number().unwrap_or_else(secrets::random_id);
        Self { family, texts, key, values, problems }
    }

    /// The form's own key.
    pub(crate) fn key(&self) -> Uuid {
        self.key
    }

    /// Whether it came back to be corrected.
    pub(crate) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// The key of the page's title, which says first of all whether something is to be corrected.
    pub(crate) fn title_key(&self) -> &'static str {
        if self.has_problems() { "page-title-with-problems" } else { "page-title" }
    }

    /// Everything that is to be corrected, each with the address of its field on the page.
    pub(crate) fn problems(&self) -> Vec<(Option<String>, &str)> {
        self.problems
            .iter()
            .map(|problem| {
                let anchor = problem.field.as_ref().map(|name| format!("#{}", self.id(name)));
                (anchor, problem.sentence.as_str())
            })
            .collect()
    }

    /// What was sent or filled in under a name.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.text(name)
    }

    /// A field that must be filled in.
    pub(crate) fn field(&self, name: &str) -> Field {
        let key = format!("{}-{name}", self.family);
        self.worded(name, self.texts.say(&key), self.texts.part(&key, "help"))
    }

    /// A field that need not be filled in, marked as such.
    pub(crate) fn optional(&self, name: &str) -> Field {
        Field { note: Some(self.texts.say("optional")), ..self.field(name) }
    }

    /// A field whose words stand elsewhere, such as a category's question.
    pub(crate) fn worded(&self, name: &str, label: String, help: Option<String>) -> Field {
        let problem = self.problems.iter().find(|it| it.field.as_deref() == Some(name));
        Field {
            id: self.id(name),
            name: name.to_owned(),
            label,
            note: None,
            help,
            problem: problem.map(|it| it.sentence.clone()),
            values: self.values.all(name).map(str::to_owned).collect(),
            choices: Vec::new(),
            kept: None,
        }
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.family)
    }
}
