//! The categories the report form offers: from a directory, or as shipped in the binary.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::category::{Category, CategoryId, Step};
use domain::organisation::Organisation;

pub use fault::{CategoryFault, Reason};

use place::Place;

mod fault;
mod place;
mod record;

/// The categories in the order of the form's list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Categories {
    all: Vec<Category>,
    /// Where each one's version is written.
    versions: BTreeMap<CategoryId, (PathBuf, Place)>,
}

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
        let mut categories = Self::default();
        for (file, text) in SHIPPED {
            categories.add(Path::new(file), text)?;
        }
        Ok(categories.in_order())
    }

    /// Reads every `*.toml` in the directory, and refuses them all for the first fault in one.
    pub fn from_directory(directory: &Path) -> Result<Self, CategoryFault> {
        let unreadable = |source| CategoryFault::of_file(directory, Reason::Unreadable(source));
        let mut files = fs::read_dir(directory)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>()
            })
            .map_err(unreadable)?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        // Directories are listed in any order; the same fault should be told every time.
        files.sort();
        let mut categories = Self::default();
        for file in &files {
            let text = fs::read_to_string(file)
                .map_err(|source| CategoryFault::of_file(file, Reason::Unreadable(source)))?;
            categories.add(file, &text)?;
        }
        if categories.all.is_empty() {
            return Err(CategoryFault::of_file(directory, Reason::NoCategories));
        }
        Ok(categories.in_order())
    }

    /// The categories in the order of the form's list.
    pub fn iter(&self) -> impl Iterator<Item = &Category> {
        self.all.iter()
    }

    /// The category of that name, unless the organisation no longer has it.
    #[must_use]
    pub fn get(&self, id: &CategoryId) -> Option<&Category> {
        self.all.iter().find(|category| category.id == *id)
    }

    /// Refuses a category that was changed without raising its version: reports answered it as it
    /// was under that number.
    pub fn hold_against(&self, organisation: &Organisation) -> Result<(), CategoryFault> {
        for category in &self.all {
            let Category { id, version, .. } = category;
            let recorded = organisation.category(id, *version);
            if recorded.is_none_or(|recorded| **recorded == *category) {
                continue;
            }
            let last = organisation.latest_category(id).map_or(*version, |it| it.version);
            let reason = Reason::VersionUsed { version: *version, next: last + 1 };
            let (file, place) = self.versions.get(id).cloned().unwrap_or_default();
            return Err(CategoryFault::at(&file, place, reason));
        }
        Ok(())
    }

    fn add(&mut self, file: &Path, text: &str) -> Result<(), CategoryFault> {
        let category: Category =
            toml::from_str(text).map_err(|error| CategoryFault::of_toml(file, text, error))?;
        let fault = |reason| Err(CategoryFault::of_category(file, text, reason));
        if self.get(&category.id).is_some() {
            return fault(Reason::IdUsedTwice { id: category.id });
        }
        if file.file_stem().is_none_or(|stem| stem != category.id.as_str()) {
            return fault(Reason::IdIsNotFileName { id: category.id });
        }
        if let Some(problem) = category.problems().into_iter().next() {
            return fault(Reason::Problem(problem));
        }
        let version = (file.to_owned(), Place::of_path(text, &[Step::Key("version")]));
        self.versions.insert(category.id.clone(), version);
        self.all.push(category);
        Ok(())
    }

    fn in_order(mut self) -> Self {
        self.all.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
        self
    }
}

#[cfg(test)]
mod tests;
