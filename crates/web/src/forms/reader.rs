//! Reading a form's fields into values, collecting everything that is wrong with them.

use std::collections::BTreeSet;
use std::str::FromStr;

use domain::Time;

use super::{Posted, Problem};
use crate::page::Page;
use crate::text::Texts;
use crate::times::{WallTimeProblem, Zone};

/// Characters of one text: some seven pages. Several such fit into the bounds of a form.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 20_000;

/// Reads the fields of a form of one family. Each reading that fails leaves a problem, so that
/// people get to know all of them at once.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    posted: &'a Posted,
    family: &'static str,
    texts: Texts,
    zone: Zone,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A reader of what was sent.
    pub(crate) fn new(page: &Page, family: &'static str, posted: &'a Posted) -> Self {
        Self::in_zone(page.texts(), page.zone(), family, posted)
    }

    /// A reader whose wall-clock times are those of `zone`.
    pub(crate) fn in_zone(
        texts: Texts,
        zone: Zone,
        family: &'static str,
        posted: &'a Posted,
    ) -> Self {
        Self { posted, family, texts, zone, problems: Vec::new() }
    }

    /// A text, empty where nothing was written.
    pub(crate) fn text(&mut self, name: &str) -> String {
        let text = self.posted.text(name);
        if TEXT_CHARACTERS_MAX < text.chars().count() {
            let arguments = [("label", self.label(name)), ("max", TEXT_CHARACTERS_MAX.to_string())];
            self.refuse(name, self.texts.say_with("problem-too-long", &arguments));
        }
        text.to_owned()
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.miss(name, "problem-missing");
        }
        text
    }

    /// A text, or nothing where nothing was written.
    pub(crate) fn optional_text(&mut self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A time on the organisation's clocks.
    pub(crate) fn moment(&mut self, name: &str) -> Option<Time> {
        let text = self.posted.text(name);
        if text.is_empty() {
            return None;
        }
        match self.zone.read(text) {
            Ok(at) => Some(at),
            Err(problem) => {
                let key = match problem {
                    WallTimeProblem::Unreadable => "problem-not-a-time",
                    WallTimeProblem::SkippedByTheClock => "problem-skipped-time",
                };
                self.refuse(name, self.texts.say_with(key, &[("label", self.label(name))]));
                None
            }
        }
    }

    /// A time that must be there.
    pub(crate) fn required_moment(&mut self, name: &str) -> Option<Time> {
        if self.posted.text(name).is_empty() {
            self.miss(name, "problem-missing");
        }
        self.moment(name)
    }

    /// A whole number, if one was written.
    pub(crate) fn number(&mut self, name: &str) -> Option<u32> {
        let text = self.posted.text(name);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            let arguments = [("label", self.label(name))];
            self.refuse(name, self.texts.say_with("problem-not-a-number", &arguments));
        }
        number
    }

    /// One of several values, or an identifier, if one was chosen.
    pub(crate) fn choice<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.posted.text(name);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.not_a_choice(name);
        }
        value
    }

    /// One of several values, or an identifier; one must be chosen.
    pub(crate) fn required_choice<T: FromStr>(&mut self, name: &str) -> Option<T> {
        if self.posted.text(name).is_empty() {
            self.miss(name, "problem-not-chosen");
        }
        self.choice(name)
    }

    /// Everything that was chosen, word by word; whoever asks says whether it can be.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        self.posted.all(name).map(str::to_owned).collect()
    }

    /// Says that what was chosen is no choice.
    pub(crate) fn refuse_choice(&mut self, name: &str) {
        self.not_a_choice(name);
    }

    /// As many values as were ticked.
    pub(crate) fn several<T: FromStr + Ord>(&mut self, name: &str) -> BTreeSet<T> {
        let values: Vec<Option<T>> =
            self.posted.all(name).map(|value| value.parse().ok()).collect();
        if values.iter().any(Option::is_none) {
            self.not_a_choice(name);
        }
        values.into_iter().flatten().collect()
    }

    /// Says that something else is wrong with a field.
    pub(crate) fn refuse(&mut self, name: &str, sentence: String) {
        if self.problems.iter().all(|problem| problem.field.as_deref() != Some(name)) {
            self.problems.push(Problem { field: Some(name.to_owned()), sentence });
        }
    }

    /// Says that something is wrong with a field, in the sentence under `key`.
    pub(crate) fn refuse_as(&mut self, name: &str, key: &str) {
        self.refuse(name, self.texts.say(key));
    }

    /// Says that a field must be filled in, in its own words (`.missing`) or the usual ones.
    pub(crate) fn miss(&mut self, name: &str, usual: &str) {
        let own = self.texts.part(&format!("{}-{name}", self.family), "missing");
        let sentence =
            own.unwrap_or_else(|| self.texts.say_with(usual, &[("label", self.label(name))]));
        self.refuse(name, sentence);
    }

    /// What `make` makes of the values; it gives nothing where one of them is missing, and the
    /// problem for that is noted already.
    pub(crate) fn finish<T>(self, make: impl FnOnce() -> Option<T>) -> Result<T, Vec<Problem>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        make().ok_or_else(|| {
            let sentence = self.texts.say("error-unreadable");
            vec![Problem { field: None, sentence }]
        })
    }

    fn not_a_choice(&mut self, name: &str) {
        let arguments = [("label", self.label(name))];
        self.refuse(name, self.texts.say_with("problem-not-a-choice", &arguments));
    }

    fn label(&self, name: &str) -> String {
        self.texts.say(&format!("{}-{name}", self.family))
    }
}
