//! The categories the report form offers: from a directory, or as shipped in the binary.

use std::fs;
use std::path::Path;

use domain::category::{Category, CategoryId};

pub use fault::{CategoryFault, Reason};

mod fault;
mod place;

/// The categories in the order of the form's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Categories(Vec<Category>);

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
        let mut categories = Self(Vec::new());
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
        let mut categories = Self(Vec::new());
        for file in &files {
            let text = fs::read_to_string(file)
                .map_err(|source| CategoryFault::of_file(file, Reason::Unreadable(source)))?;
            categories.add(file, &text)?;
        }
        if categories.0.is_empty() {
            return Err(CategoryFault::of_file(directory, Reason::NoCategories));
        }
        Ok(categories.in_order())
    }

    /// The categories in the order of the form's list.
    pub fn iter(&self) -> impl Iterator<Item = &Category> {
        self.0.iter()
    }

    /// The category of that name, unless the organisation no longer has it.
    #[must_use]
    pub fn get(&self, id: &CategoryId) -> Option<&Category> {
        self.0.iter().find(|category| category.id == *id)
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
        self.0.push(category);
        Ok(())
    }

    fn in_order(mut self) -> Self {
        self.0.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
        self
    }
}

#[cfg(test)]
mod tests;
