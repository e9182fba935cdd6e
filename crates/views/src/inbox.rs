//! Every case as a row of a list: what the workbench, a leader and a reporter look through.

use std::collections::HashMap;

use domain::case::erasure::PartInCase;
use domain::case::event::Outcome;
use domain::case::report::{Openness, PersonalDataAffected, Report};
use domain::case::{Event, Involved, Phase, Standing};
use domain::category::CategoryId;
use domain::ids::{CaseId, CaseNumber, NumberBlock, UnitId, UserId};
use domain::organisation::Organisation;
use domain::{Recorded, Time};

/// Characters of what happened that a row shows.
const SUMMARY_CHARACTERS_MAX: usize = 120;

/// Characters of a report that a search looks through.
const SEARCHED_CHARACTERS_MAX: usize = 2_000;

/// A case in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which case.
    pub case: CaseId,
    /// The number people use.
    pub number: CaseNumber,
    /// When the report came in.
    pub reported_at: Time,
    /// The category it is handled under, else as reported.
    pub category: CategoryId,
    /// The unit it belongs to, else as reported.
    pub unit: UnitId,
    /// Who handles it, once it was received.
    pub handler: Option<UserId>,
    /// Whether personal data is affected, as reported.
    pub personal_data: PersonalDataAffected,
    /// How open the reporter is.
    pub openness: Openness,
    /// What happened, shortened; nothing once erased.
    pub summary: String,
    /// Where the case stands, and its clock.
    pub standing: Standing,
    /// What the latest assessment advises.
    pub advised: Option<Outcome>,
    /// Those who never see the case through a role.
    pub involved: Involved,
    /// The signed-in user who reported, where that may be known to themselves.
    pub reporter: Option<UserId>,
    searched: String,
}

impl Row {
    /// Where the case stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.standing.phase()
    }

    fn erase(&mut self) {
        self.summary.clear();
        self.searched = searched(self.number, "", "");
        self.involved.forget_all();
        self.reporter = None;
    }

    /// The same row for everybody but the reporter.
    #[must_use]
    pub fn without_reporter(mut self) -> Self {
        self.reporter = None;
        self
    }
}

/// What somebody looks for in the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only cases in this phase.
    pub phase: Option<Phase>,
    /// Only open cases, or only closed ones.
    pub closed: Option<bool>,
    /// Only cases in this category.
    pub category: Option<CategoryId>,
    /// Only cases of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// Only cases with this handler.
    pub handler: Option<UserId>,
    /// Only cases in which each of these words occurs, in the number or the report.
    pub words: String,
}

impl Filter {
    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_search(&self) -> bool {
        !self.words.trim().is_empty()
    }

    fn matches(&self, row: &Row, organisation: &Organisation) -> bool {
        let phase = row.phase();
        self.phase.is_none_or(|wanted| wanted == phase)
            && self.closed.is_none_or(|wanted| wanted == phase.is_closed())
            && self.category.as_ref().is_none_or(|wanted| *wanted == row.category)
            && self.unit.is_none_or(|wanted| organisation.is_within(row.unit, wanted))
            && self.handler.is_none_or(|wanted| Some(wanted) == row.handler)
            && self.words.to_lowercase().split_whitespace().all(|word| row.searched.contains(word))
    }
}

/// Every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inbox {
    rows: HashMap<CaseId, Row>,
    by_number: HashMap<CaseNumber, CaseId>,
    /// Of each year, in the block that the number lies in.
    last_sequence: HashMap<(u16, NumberBlock), u32>,
}

impl Inbox {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            let CaseNumber { year, sequence } = report.number;
            self.by_number.insert(report.number, case);
            let block = (year, report.number.block());
            let last = self.last_sequence.entry(block).or_default();
            *last = (*last).max(sequence);
            self.rows.insert(case, row(case, report, recorded.at));
        }
        let Some(row) = self.rows.get_mut(&case) else { return };
        row.standing.apply(event);
        match event {
            Event::CaseReceived { category, unit, handler } => {
                row.category = category.clone();
                row.unit = *unit;
                row.handler = Some(*handler);
            }
            Event::PersonInvolved { user } => row.involved.name(user),
            Event::CaseAssessed { outcome, .. } => row.advised = Some(*outcome),
            Event::CaseErased { .. } => row.erase(),
            Event::PersonErased { person, part, .. } => match part {
                PartInCase::Reporter => row.reporter = None,
                PartInCase::Involved => row.involved.forget(*person),
            },
            _ => (),
        }
    }

    /// One case's row.
    #[must_use]
    pub fn row(&self, case: CaseId) -> Option<&Row> {
        self.rows.get(&case)
    }

    /// The case with a number.
    #[must_use]
    pub fn case(&self, number: CaseNumber) -> Option<CaseId> {
        self.by_number.get(&number).copied()
    }

    /// The last sequence number used in `year` in a block; the one before the first at the
    /// beginning.
    #[must_use]
    pub fn last_sequence(&self, year: u16, block: NumberBlock) -> u32 {
        self.last_sequence.get(&(year, block)).copied().unwrap_or(block.first() - 1)
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no cases.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that match `filter` and that `may_see` lets through: running clocks first, the
    /// soonest on top, then the others, the newest on top.
    #[must_use]
    pub fn list(
        &self,
        filter: &Filter,
        organisation: &Organisation,
        may_see: impl Fn(&Row) -> bool,
    ) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self
            .rows
            .values()
            .filter(|row| filter.matches(row, organisation) && may_see(row))
            .collect();
        rows.sort_by_cached_key(|row| {
            let due_at = row.standing.running_deadline().map(domain::deadline::Deadline::due_at);
            (due_at.is_none(), due_at, std::cmp::Reverse(row.number))
        });
        rows
    }
}

fn row(case: CaseId, report: &Report, reported_at: Time) -> Row {
    let happened = report.what_happened.get().map_or("", String::as_str);
    let systems = report.systems_and_devices.get().map_or("", String::as_str);
    Row {
        case,
        number: report.number,
        reported_at,
        category: report.category.clone(),
        unit: report.unit,
        handler: None,
        personal_data: report.personal_data,
        openness: report.reporter.openness(),
        summary: shortened(happened),
        standing: Standing::reported(report.discovered_at, reported_at),
        advised: None,
        involved: Involved::default(),
        reporter: report.reporter.identity().and_then(|identity| identity.user),
        searched: searched(report.number, happened, systems),
    }
}

fn searched(number: CaseNumber, happened: &str, systems: &str) -> String {
    let searched = format!("{number} {happened} {systems}").to_lowercase();
    searched.chars().take(SEARCHED_CHARACTERS_MAX).collect()
}

fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= SUMMARY_CHARACTERS_MAX {
        return one_line;
    }
    let kept: String = one_line.chars().take(SUMMARY_CHARACTERS_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}
