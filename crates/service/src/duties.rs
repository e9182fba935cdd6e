//! The duties by which cases are judged: from a directory, or as shipped in the binary.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::Time;
use domain::case::{Acting, DutyBook, Judgement, OpenCase};
use domain::category::CategoryId;
use domain::duty::{
    Calendar, Duty, DutyId, DutyProblem, OrganisationFact, StageRule, Start, Verdict,
};
use domain::organisation::{self, Organisation};

use crate::categories::Categories;
use crate::error::HandleError;
use crate::open::Service;
use crate::written::{self, Shelf};

/// A duty that cannot be used: where it is written, and what is wrong there.
pub type DutyFault = written::Fault<DutyProblem>;

/// The duties, in the order of lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Duties(Shelf<Duty>);

/// What the organisation decides about its duties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutySettings {
    /// Whose law applies, and by which clock days are counted.
    pub calendar: Calendar,
    /// Which laws the organisation is subject to; what is not listed is not known.
    pub organisation: BTreeMap<OrganisationFact, Verdict>,
    /// The organisation's own duties; those shipped when absent.
    pub directory: Option<std::path::PathBuf>,
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        [$((
            concat!($id, ".toml"),
            include_str!(concat!("../../../config/duties/", $id, ".toml")),
        )),*]
    };
}

/// What an organisation that has written no duties of its own begins with.
const SHIPPED: [(&str, &str); 17] = shipped![
    "cybersakerhetslagen-24h",
    "cybersakerhetslagen-72h",
    "cybersakerhetslagen-final",
    "digitalsikkerhetsloven",
    "first-answer",
    "gdpr-33",
    "gdpr-33-processor",
    "gdpr-34",
    "lex-maria",
    "lex-sarah",
    "protected-address",
    "question",
    "sakerhetsskydd",
    "serious-event-in-care",
    "sikkerhetsloven",
    "supplement-no",
    "supplement-se",
];

impl Duties {
    /// The duties in that directory; without one, those shipped.
    pub fn load(directory: Option<&Path>) -> Result<Self, DutyFault> {
        match directory {
            Some(directory) => Shelf::from_directory(directory).map(Self),
            None => Self::shipped(),
        }
    }

    /// The duties compiled into the binary.
    pub fn shipped() -> Result<Self, DutyFault> {
        Shelf::shipped(&SHIPPED).map(Self)
    }

    /// The duties, in the order of lists.
    pub fn iter(&self) -> impl Iterator<Item = &Duty> {
        self.0.iter()
    }

    /// The duty of that name, unless the organisation no longer has it.
    #[must_use]
    pub fn get(&self, id: &DutyId) -> Option<&Duty> {
        self.0.get(id.as_str())
    }

    /// Refuses duties that an organisation which used others before, with these categories, cannot
    /// be judged by.
    pub(crate) fn hold(
        &self,
        settings: &DutySettings,
        categories: &Categories,
        organisation: &Organisation,
        now: Time,
    ) -> Result<(), DutyFault> {
        self.hold_against(organisation)?;
        self.hold_main_clock(settings, organisation, now)?;
        self.ask_of(categories, organisation)
    }

    /// Refuses a duty that was changed without raising its version: cases were judged by it as it
    /// was under that number.
    pub fn hold_against(&self, organisation: &Organisation) -> Result<(), DutyFault> {
        self.0.hold_against(
            |it| organisation.duty(&it.id, it.version).map(|recorded| &**recorded),
            |it| organisation.latest_duty(&it.id).map(|latest| latest.version),
        )
    }

    /// Refuses a duty whose triggers ask for a category, a question or an answer that is not there,
    /// so that it would never apply. A category that the organisation no longer has still counts:
    /// there are cases of it.
    pub fn ask_of(
        &self,
        categories: &Categories,
        organisation: &Organisation,
    ) -> Result<(), DutyFault> {
        let versions = |id: &CategoryId| {
            let before = organisation.categories.get(id).into_iter().flat_map(BTreeMap::values);
            let before = before.map(|category| &**category);
            categories.get(id).into_iter().chain(before).collect()
        };
        self.0.hold_by(|duty| duty.problems_with(versions))
    }

    /// Refuses what would leave the organisation without its main clock, which must run in every
    /// case (GDPR art. 33(1)): the duty is there, holds where the organisation is, and the newest
    /// version that has begun is in force today.
    pub fn hold_main_clock(
        &self,
        settings: &DutySettings,
        organisation: &Organisation,
        now: Time,
    ) -> Result<(), DutyFault> {
        let Calendar { jurisdiction, .. } = settings.calendar;
        let Some(clock) = self.0.get(DutyId::NOTIFICATION) else {
            let directory = settings.directory.clone().unwrap_or_default();
            return Err(DutyFault::missing(&directory, DutyId::NOTIFICATION));
        };
        let today = settings.calendar.day_of(now);
        let begun = versions(clock, organisation).filter(|duty| duty.has_begun(today));
        let newest = begun.max_by_key(|duty| duty.version);
        let is_in_force = newest.is_some_and(|duty| duty.covers(today));
        self.0.hold_by(|duty| {
            let problem = || duty.problem_as_main_clock(jurisdiction, is_in_force);
            duty.id.is_notification().then(problem).flatten().into_iter().collect()
        })
    }

    #[cfg(test)]
    fn add(&mut self, file: &Path, text: &str) -> Result<(), DutyFault> {
        self.0.add(file, text)
    }
}

/// A duty as it is written now and as it was before. One with a higher number was put back.
fn versions<'a>(duty: &'a Duty, organisation: &'a Organisation) -> impl Iterator<Item = &'a Duty> {
    let before = organisation.duties.get(&duty.id).into_iter();
    let before = before.flat_map(|versions| versions.range(..duty.version));
    std::iter::once(duty).chain(before.map(|(_, duty)| &**duty))
}

impl Service {
    /// The duties by which a case is judged: those the organisation has, in every version up to
    /// today's, and those it was judged by before in the version of then.
    pub(crate) fn duty_book(&self, case: Option<&OpenCase>) -> DutyBook {
        let settings = &self.settings().duties;
        let views = self.views();
        let organisation = &views.organisation;
        let mut duties: Vec<Arc<Duty>> = self
            .duties()
            .iter()
            .flat_map(|duty| versions(duty, organisation))
            .cloned()
            .map(Arc::new)
            .collect();
        let judged = case.into_iter().flat_map(|case| case.duties.judged.values());
        for Judgement { duty, version, .. } in judged {
            let is_there = duties.iter().any(|it| (&it.id, it.version) == (duty, *version));
            duties.extend(organisation.duty(duty, *version).filter(|_| !is_there).cloned());
        }
        DutyBook {
            duties,
            organisation: settings.organisation.clone(),
            calendar: settings.calendar,
        }
    }

    /// A duty as it was when a case was judged by it.
    #[must_use]
    pub fn duty_as_of(&self, id: &DutyId, version: u32) -> Option<Arc<Duty>> {
        let recorded = self.views().organisation.duty(id, version).cloned();
        recorded.or_else(|| self.duties().get(id).cloned().map(Arc::new))
    }

    /// When a question put at `asked_at` is to be answered: the organisation's own target, if it
    /// has set itself one.
    #[must_use]
    pub fn answer_due_at(&self, asked_at: Time) -> Option<Time> {
        let book = self.duty_book(None);
        let calendar = book.calendar;
        let asked_on = calendar.day_of(asked_at);
        let applies = |duty: &&&Arc<Duty>| {
            duty.start == Start::Question
                && duty.jurisdictions.contains(&calendar.jurisdiction)
                && duty.covers(asked_on)
        };
        let duties = book.of_day(asked_on, &BTreeMap::new());
        let target = duties.iter().find(applies)?;
        Some(target.length.due_at(asked_at, calendar))
    }

    /// Keeps every duty in the journal as it is, unless this version of it is there already. A case
    /// is judged by all of them, so none is left for later.
    pub(crate) async fn record_duties(&self) -> Result<(), HandleError> {
        let record = || async {
            let missing: Vec<Duty> = {
                let organisation = &self.views().organisation;
                let is_missing = |duty: &&Duty| organisation.duty(&duty.id, duty.version).is_none();
                self.duties().iter().filter(is_missing).cloned().collect()
            };
            if missing.is_empty() {
                return Ok(());
            }
            let request = organisation::Request::RecordDuties(missing);
            self.change(Acting::service(), request, None).await
        };
        self.duties_recorded().get_or_try_init(record).await.copied()
    }

    /// The stages of a duty in a version.
    pub(crate) fn stages(
        &self,
        organisation: &Organisation,
        id: &DutyId,
        version: u32,
    ) -> Vec<StageRule> {
        let recorded = organisation.duty(id, version).map(|duty| duty.stages.clone());
        let now = || self.duties().get(id).map(|duty| duty.stages.clone());
        recorded.or_else(now).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
