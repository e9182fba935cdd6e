//! The categories the report form offers: from a directory, or as shipped in the binary.

use std::path::Path;

use domain::category::{Category, CategoryId, CategoryProblem};
use domain::organisation::Organisation;

use crate::written::{self, Shelf};

mod record;

/// A category that cannot be used: where it is written, and what is wrong there.
pub type CategoryFault = written::Fault<CategoryProblem>;

/// What is wrong with a category file.
pub type Reason = written::Reason<CategoryProblem>;

/// The categories in the order of the form's list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Categories(Shelf<Category>);

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        [$((
            concat!($id, ".toml"),
            include_str!(concat!("../../../config/categories/", $id, ".toml")),
        )),*]
    };
}

/// What an organisation that has written no categories of its own begins with.
const SHIPPED: [(&str, &str); 17] = shipped![
    "improper-disposal",
    "journal-snooping",
    "loss-of-availability-or-integrity",
    "lost-access-card",
    "lost-or-stolen-device",
    "misdirected-email",
    "misdirected-letter",
    "other",
    "phishing-or-malware",
    "physical-security",
    "processor-breach",
    "publication-in-error",
    "recording",
    "sensitive-data-by-insecure-channel",
    "shared-credentials",
    "unapproved-software-or-storage",
    "wrong-access-rights",
];

impl Categories {
    /// The categories in that directory; without one, those shipped.
    pub fn load(directory: Option<&Path>) -> Result<Self, CategoryFault> {
        match directory {
            Some(directory) => Self::from_directory(directory),
            None => Self::shipped(),
        }
    }

    /// The categories compiled into the binary.
    pub fn shipped() -> Result<Self, CategoryFault> {
        Shelf::shipped(&SHIPPED).map(Self)
    }

    /// Reads every `*.toml` in the directory, and refuses them all for the first fault in one.
    pub fn from_directory(directory: &Path) -> Result<Self, CategoryFault> {
        Shelf::from_directory(directory).map(Self)
    }

    /// The categories in the order of the form's list.
    pub fn iter(&self) -> impl Iterator<Item = &Category> {
        self.0.iter()
    }

    /// The category of that name, unless the organisation no longer has it.
    #[must_use]
    pub fn get(&self, id: &CategoryId) -> Option<&Category> {
        self.0.get(id.as_str())
    }

    /// Refuses a category that was changed without raising its version: reports answered it as it
    /// was under that number.
    pub fn hold_against(&self, organisation: &Organisation) -> Result<(), CategoryFault> {
        self.0.hold_against(
            |it| organisation.category(&it.id, it.version).map(|recorded| &**recorded),
            |it| organisation.latest_category(&it.id).map(|latest| latest.version),
        )
    }

    #[cfg(test)]
    fn add(&mut self, file: &Path, text: &str) -> Result<(), CategoryFault> {
        self.0.add(file, text)
    }
}

#[cfg(test)]
mod tests;
