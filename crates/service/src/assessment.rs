//! The rules by which cases are advised: from a directory, or as shipped in the binary; and what
//! they say of facts that belong to no case.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::assessment::{Advice, Overrides, Rulebook, RulebookProblem, advise};
use domain::case::facts::Facts;
use domain::case::{Acting, DutyBook, Request, RuleShelf, duties};
use domain::duty::{Calendar, Duty, Verdict};
use domain::organisation::{self, Organisation};

use crate::duties::{Duties, DutySettings};
use crate::error::HandleError;
use crate::open::Service;
use crate::written::{self, Shelf};

/// A rulebook that cannot be used: where it is written, and what is wrong there.
pub type RulebookFault = written::Fault<RulebookProblem>;

/// The rulebooks, in the order of lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rulebooks(Shelf<Rulebook>);

/// What an organisation that has written no rules of its own begins with.
const SHIPPED: [(&str, &str); 1] = [("gdpr.toml", include_str!("../../../config/rules/gdpr.toml"))];

/// What facts alone lead to, without a case.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The severity, the outcome, and the rules that fired.
    pub advice: Advice<'a>,
    /// The duties, as far as the facts tell.
    pub duties: Vec<(&'a Duty, Verdict)>,
}

impl Rulebooks {
    /// The rulebooks in that directory; without one, those shipped.
    pub fn load(directory: Option<&Path>) -> Result<Self, RulebookFault> {
        match directory {
            Some(directory) => Shelf::from_directory(directory).map(Self),
            None => Self::shipped(),
        }
    }

    /// The rulebooks compiled into the binary.
    pub fn shipped() -> Result<Self, RulebookFault> {
        Shelf::shipped(&SHIPPED).map(Self)
    }

    /// The rulebooks, in the order of lists.
    pub fn iter(&self) -> impl Iterator<Item = &Rulebook> {
        self.0.iter()
    }

    /// The rulebooks that cover a case of which the organisation became aware on that day.
    pub fn covering(
        &self,
        calendar: Calendar,
        aware_on: NaiveDate,
    ) -> impl Iterator<Item = &Rulebook> {
        self.iter().filter(move |book| book.covers(calendar.jurisdiction, aware_on))
    }

    /// Refuses a rulebook that was changed without raising its version: cases were advised by it
    /// as it was under that number.
    pub fn hold_against(&self, organisation: &Organisation) -> Result<(), RulebookFault> {
        self.0.hold_against(
            |it| organisation.rulebook(&it.id, it.version).map(|recorded| &**recorded),
            |it| organisation.latest_rulebook(&it.id).map(|latest| latest.version),
        )
    }

    #[cfg(test)]
    fn add(&mut self, file: &Path, text: &str) -> Result<(), RulebookFault> {
        self.0.add(file, text)
    }
}

/// The duties by which facts without a case are judged.
#[must_use]
pub fn duty_book(duties: &Duties, settings: &DutySettings) -> DutyBook {
    DutyBook {
        duties: duties.iter().cloned().map(Arc::new).collect(),
        organisation: settings.organisation.clone(),
        calendar: settings.calendar,
    }
}

/// What follows from facts that belong to no case, if the organisation had become aware on that
/// day. Nothing is stored.
#[must_use]
pub fn preview<'a>(
    rulebooks: &'a Rulebooks,
    book: &'a DutyBook,
    facts: &Facts,
    overrides: &Overrides,
    aware_on: NaiveDate,
) -> Preview<'a> {
    let books = rulebooks.covering(book.calendar, aware_on);
    let advice = advise(books, facts, overrides);
    let duties = duties::preview(book, facts, advice.outcome, aware_on);
    Preview { advice, duties }
}

impl Service {
    /// The rules by which cases are advised, with the calendar they hold in.
    #[must_use]
    pub fn rule_shelf(&self) -> Arc<RuleShelf> {
        let books = self.rulebooks().iter().cloned().collect();
        Arc::new(RuleShelf { books, calendar: self.settings().duties.calendar })
    }

    /// Keeps every rulebook in the journal as it is before a case is assessed by it, unless this
    /// version of it is there already.
    pub(crate) async fn record_rulebooks_of(&self, request: &Request) -> Result<(), HandleError> {
        let Request::Assess(_) = request else { return Ok(()) };
        let missing: Vec<Rulebook> = {
            let organisation = &self.views().organisation;
            let is_missing = |it: &&Rulebook| organisation.rulebook(&it.id, it.version).is_none();
            self.rulebooks().iter().filter(is_missing).cloned().collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        self.change(Acting::service(), organisation::Request::RecordRulebooks(missing), None).await
    }

    /// The duties by which facts without a case are judged.
    #[must_use]
    pub fn preview_book(&self) -> DutyBook {
        self.duty_book(None)
    }

    /// What follows from facts that belong to no case, as things stand today.
    #[must_use]
    pub fn preview<'a>(
        &'a self,
        book: &'a DutyBook,
        facts: &Facts,
        overrides: &Overrides,
    ) -> Preview<'a> {
        let today = book.calendar.day_of(self.now());
        preview(self.rulebooks(), book, facts, overrides, today)
    }
}

#[cfg(test)]
mod tests;
