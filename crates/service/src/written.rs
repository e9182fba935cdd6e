//! What an organisation writes without a programmer, one TOML file each: read at start, refused
//! with file, line and key, and held against what was used under the same version before.

mod fault;
mod place;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::assessment::{Rulebook, RulebookProblem};
use domain::category::{Category, CategoryProblem, Step};
use domain::duty::{Duty, DutyProblem};
use domain::notification::{Template, TemplateProblem, View, ViewProblem};
use serde::de::DeserializeOwned;

pub(crate) use fault::tell_places;
pub use fault::{Fault, Reason};

/// Something that is written in a file of its own, under a name and a version.
pub trait Written: DeserializeOwned + PartialEq {
    /// What can be wrong with it that no single value shows.
    type Problem: Problem;

    /// The name, which is the file's too.
    fn name(&self) -> &str;

    /// Counts from 1, raised with every change.
    fn version(&self) -> u32;

    /// Where it stands among the others.
    fn order(&self) -> u32;

    /// Everything that is wrong with it.
    fn problems(&self) -> Vec<Self::Problem>;
}

/// What is wrong with something written, and where.
pub trait Problem: std::fmt::Debug {
    /// What the file is: `category`.
    const KIND: &'static str;

    /// What was done under a version, and must stay readable: `what was reported under it`.
    const USED: &'static str;

    /// The way to the value that is to blame.
    fn path(&self) -> &[Step];

    /// Says what is wrong, and what to do about it.
    fn tell(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result;
}

impl Written for Category {
    type Problem = CategoryProblem;

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<CategoryProblem> {
        self.problems()
    }
}

impl Written for Duty {
    type Problem = DutyProblem;

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<DutyProblem> {
        self.problems()
    }
}

impl Written for Rulebook {
    type Problem = RulebookProblem;

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<RulebookProblem> {
        self.problems()
    }
}

impl Written for Template {
    type Problem = TemplateProblem;

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<TemplateProblem> {
        self.problems()
    }
}

impl Written for View {
    type Problem = ViewProblem;

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn order(&self) -> u32 {
        self.order
    }

    fn problems(&self) -> Vec<ViewProblem> {
        self.problems()
    }
}

/// Everything of one kind that was written, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf<W> {
    all: Vec<W>,
    /// The file of each, and what stands in it.
    texts: BTreeMap<String, (PathBuf, String)>,
}

impl<W> Default for Shelf<W> {
    fn default() -> Self {
        Self { all: Vec::new(), texts: BTreeMap::new() }
    }
}

impl<W: Written> Shelf<W> {
    /// What was compiled into the binary: files by name, with their text.
    pub(crate) fn shipped(files: &[(&str, &str)]) -> Result<Self, Fault<W::Problem>> {
        let mut shelf = Self::default();
        for (file, text) in files {
            shelf.add(Path::new(file), text)?;
        }
        Ok(shelf.in_order())
    }

    /// Reads every `*.toml` in the directory, and refuses them all for the first fault in one.
    pub(crate) fn from_directory(directory: &Path) -> Result<Self, Fault<W::Problem>> {
        let unreadable = |source| Fault::of_file(directory, Reason::Unreadable(source));
        let mut files = fs::read_dir(directory)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>()
            })
            .map_err(unreadable)?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        // Directories are listed in any order; the same fault should be told every time.
        files.sort();
        let mut shelf = Self::default();
        for file in &files {
            let text = fs::read_to_string(file)
                .map_err(|source| Fault::of_file(file, Reason::Unreadable(source)))?;
            shelf.add(file, &text)?;
        }
        if shelf.all.is_empty() {
            return Err(Fault::of_file(directory, Reason::Nothing));
        }
        Ok(shelf.in_order())
    }

    /// Everything, in its order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &W> {
        self.all.iter()
    }

    /// The one of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&W> {
        self.all.iter().find(|it| it.name() == name)
    }

    /// Refuses what was changed without raising its version: it was used as it was under that
    /// number. `recorded` tells how, and `latest` which version was the last.
    pub(crate) fn hold_against<'a>(
        &self,
        recorded: impl Fn(&W) -> Option<&'a W>,
        latest: impl Fn(&W) -> Option<u32>,
    ) -> Result<(), Fault<W::Problem>>
    where
        W: 'a,
    {
        for written in &self.all {
            if recorded(written).is_none_or(|recorded| recorded == written) {
                continue;
            }
            let version = written.version();
            let next = latest(written).unwrap_or(version) + 1;
            return Err(self.fault(written, Reason::VersionUsed { version, next }));
        }
        Ok(())
    }

    /// Refuses them all for the first problem that `problems` finds in one.
    pub(crate) fn hold_by(
        &self,
        problems: impl Fn(&W) -> Vec<W::Problem>,
    ) -> Result<(), Fault<W::Problem>> {
        let problem = |it| problems(it).into_iter().next().map(|problem| (it, problem));
        match self.all.iter().find_map(problem) {
            Some((it, problem)) => Err(self.fault(it, Reason::Problem(problem))),
            None => Ok(()),
        }
    }

    /// A fault in something that was taken in.
    fn fault(&self, it: &W, reason: Reason<W::Problem>) -> Fault<W::Problem> {
        let (file, text) = self.texts.get(it.name()).cloned().unwrap_or_default();
        Fault::of_text(&file, &text, reason)
    }

    pub(crate) fn add(&mut self, file: &Path, text: &str) -> Result<(), Fault<W::Problem>> {
        let written: W = toml::from_str(text).map_err(|error| Fault::of_toml(file, text, error))?;
        let fault = |reason| Err(Fault::of_text(file, text, reason));
        let id = written.name().to_owned();
        if self.get(&id).is_some() {
            return fault(Reason::IdUsedTwice { id });
        }
        if file.file_stem().is_none_or(|stem| stem != id.as_str()) {
            return fault(Reason::IdIsNotFileName { id });
        }
        if let Some(problem) = written.problems().into_iter().next() {
            return fault(Reason::Problem(problem));
        }
        self.texts.insert(id, (file.to_owned(), text.to_owned()));
        self.all.push(written);
        Ok(())
    }

    fn in_order(mut self) -> Self {
        self.all
            .sort_by(|one, other| (one.order(), one.name()).cmp(&(other.order(), other.name())));
        self
    }
}
