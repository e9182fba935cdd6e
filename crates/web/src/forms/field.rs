//! One field of a form, with all the macros in `templates/fields.html` need to draw it.

use strum::IntoEnumIterator;

use crate::text::Texts;

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its address on the page.
    pub(crate) id: String,
    /// The name it is sent under.
    pub(crate) name: String,
    /// What it asks for.
    pub(crate) label: String,
    /// What stands behind the label: that it is optional.
    pub(crate) note: Option<String>,
    /// More about what is asked for.
    pub(crate) help: Option<String>,
    /// What is to be corrected.
    pub(crate) problem: Option<String>,
    /// What it holds.
    pub(crate) values: Vec<String>,
    /// What can be chosen.
    pub(crate) choices: Vec<Choice>,
    /// Beside a field for files: those that are kept from the last time, to be ticked.
    pub(crate) kept: Option<Box<Field>>,
}

/// One of the answers a field offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What people read.
    pub(crate) label: String,
    /// More about it.
    pub(crate) help: Option<String>,
    /// The numbers of the groups of fields that only matter once it is chosen, for the stylesheet.
    pub(crate) opens: String,
}

/// A choice with its place on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawn<'a> {
    /// Its address on the page.
    pub(crate) id: String,
    /// What can be chosen.
    pub(crate) choice: &'a Choice,
    /// Whether it has been chosen.
    pub(crate) is_chosen: bool,
}

impl Choice {
    /// A choice without more words.
    #[expect(clippy::needless_pass_by_value, reason = "identifiers and literals alike are given")]
    pub(crate) fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), help: None, opens: String::new() }
    }

    /// Every value of one of the domain's enumerations, worded as `family` in `terms.ftl`.
    pub(crate) fn terms<T>(texts: Texts, family: &str) -> Vec<Self>
    where
        T: IntoEnumIterator + Into<&'static str>,
    {
        T::iter().map(|value| Self::term(texts, family, value)).collect()
    }

    /// One value of an enumeration.
    pub(crate) fn term(texts: Texts, family: &str, value: impl Into<&'static str>) -> Self {
        let value = value.into();
        let key = format!("{family}-{value}");
        let help = texts.part(&key, "help");
        Self { help, ..Self::new(value, texts.say(&key)) }
    }
}

impl Field {
    /// The field with what can be chosen.
    pub(crate) fn with(mut self, choices: Vec<Choice>) -> Self {
        self.choices = choices;
        self
    }

    /// The field with an address of its own, where several are sent under one name.
    pub(crate) fn apart(mut self, part: &str) -> Self {
        self.id = format!("{}-{part}", self.id);
        self
    }

    /// The field with a word behind its label, such as that it is optional.
    pub(crate) fn marked(mut self, note: String) -> Self {
        self.note = Some(note);
        self
    }

    /// The first of the values.
    pub(crate) fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// The choices as they are drawn. The first has the field's own address, so that links to the
    /// field arrive.
    pub(crate) fn options(&self) -> Vec<Drawn<'_>> {
        let id = |index| match index {
            0 => self.id.clone(),
            _ => format!("{}-{}", self.id, index + 1),
        };
        self.choices
            .iter()
            .enumerate()
            .map(|(index, choice)| Drawn {
                id: id(index),
                choice,
                is_chosen: self.values.contains(&choice.value),
            })
            .collect()
    }

    /// Whether the choices are so few and short that they go on one line.
    pub(crate) fn is_short(&self) -> bool {
        const CHARACTERS_MAX: usize = 12;
        let is_short = |choice: &Choice| {
            choice.help.is_none() && choice.label.chars().count() <= CHARACTERS_MAX
        };
        self.choices.len() <= 3 && self.choices.iter().all(is_short)
    }

    /// Which elements describe it, for `aria-describedby`.
    pub(crate) fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.help.is_some() {
            ids.push(format!("{}-help", self.id));
        }
        if self.problem.is_some() {
            ids.push(format!("{}-problem", self.id));
        }
        ids.join(" ")
    }
}
