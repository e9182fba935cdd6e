//! Figures on cases and measures, for any period and as of any moment: a fold that keeps of each
//! case the few facts that figures are made of, and the tables made from it. None of them says
//! anything about a person, so erasing a case takes nothing away from them.

mod case;
mod count;
mod distribution;
mod draft;
mod handling;
mod measure;
mod origin;
mod silence;
mod span;
mod suppress;
mod table;
mod units;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::duty::Calendar;
use domain::ids::{CaseId, UnitId, UserId};
use domain::{Event, Needed, Position, Recorded, StreamKind, Time, organisation};
use draft::Draft;

pub use case::{CaseFigures, Ending, Kind, Source};
pub use measure::MeasureFigures;
pub use span::{Month, Span};
pub use suppress::{SMALLEST_SHOWN, beside};
pub use table::{Cell, Column, Key, Label, Row, Table};

/// What figures are made of, as of one position in the journal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// The last fact that was taken in.
    pub position: Position,
    cases: HashMap<CaseId, CaseFigures>,
    units: BTreeMap<UnitId, Unit>,
    people: HashMap<UserId, Member>,
}

/// A place in the organisation tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// The unit it belongs under.
    pub parent: Option<UnitId>,
}

/// A member of the organisation: where they belong, and whether they still do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Member {
    unit: UnitId,
    is_active: bool,
}

/// Which figures are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The days on which the cases were reported.
    pub span: Span,
    /// With how many years before it is compared, the same days in each.
    pub years_before: u8,
    /// Only cases of this unit and those below it.
    pub unit: Option<UnitId>,
    /// The moment as of which it is told what is overdue: that of the figures.
    pub at: Time,
    /// Where and by which clock days are counted.
    pub calendar: Calendar,
    /// Whether small counts are left out, since the figures are for others than the data
    /// protection officer.
    pub is_published: bool,
    /// Which cases are left out for whoever reads them.
    pub unseen: Unseen,
}

/// The cases that are left out of somebody's figures, since their lists do not have them either:
/// one case more than there would tell that there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unseen {
    /// Those they are involved in.
    pub involving: BTreeSet<CaseId>,
    /// Whether those are left out that were not taken in yet, too.
    pub not_received: bool,
}

/// The figures that were asked for, in tables that pages, charts, files and documents read alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The last fact they count.
    pub position: Position,
    /// The spans compared, the one that was asked for first.
    pub spans: Vec<Span>,
    /// The tables, in the order in which they are read.
    pub tables: Vec<Table>,
    /// The units that are named in them.
    pub units: BTreeMap<UnitId, Unit>,
}

impl Figures {
    /// How much the figures tell of the events with a name. Nothing that is sealed.
    #[must_use]
    pub fn needed(kind: StreamKind, name: &str) -> Needed {
        let is_counted = match kind {
            StreamKind::Case => case::NAMES.contains(&name),
            StreamKind::Organisation => {
                matches!(name, "unit_created" | "person_registered" | "person_deactivated")
            }
            StreamKind::Review => false,
        };
        if is_counted { Needed::Open } else { Needed::Nothing }
    }

    /// Notes that there is no fact up to `position` that would still change anything.
    pub fn pass(&mut self, position: Position) {
        self.position = self.position.max(position);
    }

    /// Takes in one more fact; one that was taken in before changes nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.position <= self.position {
            return;
        }
        self.position = recorded.position;
        match &recorded.event {
            Event::Organisation(event) => self.apply_to_organisation(event),
            // What a review resolves is told in the review.
            Event::Review(_) => (),
            Event::Case(domain::case::Event::DeviationReported(report)) => {
                let Some(case) = recorded.case() else { return };
                self.cases.insert(case, CaseFigures::new(report, recorded.at));
            }
            Event::Case(event) => {
                let case = recorded.case().and_then(|case| self.cases.get_mut(&case));
                if let Some(case) = case {
                    case.apply(event, recorded.at);
                }
            }
        }
    }

    fn apply_to_organisation(&mut self, event: &organisation::Event) {
        match event {
            organisation::Event::UnitCreated { unit, name, parent } => {
                let (name, parent) = (name.clone(), *parent);
                self.units.insert(*unit, Unit { name, parent });
            }
            organisation::Event::PersonRegistered { user, unit, .. } => {
                self.people.insert(*user, Member { unit: *unit, is_active: true });
            }
            organisation::Event::PersonDeactivated { user } => {
                if let Some(member) = self.people.get_mut(user) {
                    member.is_active = false;
                }
            }
            _ => (),
        }
    }

    /// The cases that are counted: each breach once, so none that went on in another case.
    pub fn cases(&self) -> impl Iterator<Item = &CaseFigures> {
        self.cases.values().filter(|case| case.ending != Some(Ending::Merged))
    }

    /// Those of them that are told to somebody.
    fn told<'a>(&'a self, unseen: &'a Unseen) -> impl Iterator<Item = &'a CaseFigures> {
        self.cases
            .iter()
            .filter(|(id, case)| case.ending != Some(Ending::Merged) && unseen.leaves(**id, case))
            .map(|(_, case)| case)
    }

    /// Every measure, also of a case that went on in another: what it takes is done there.
    fn measures<'a>(
        &'a self,
        unseen: &'a Unseen,
    ) -> impl Iterator<Item = (&'a CaseFigures, &'a MeasureFigures)> {
        let cases = self.cases.iter().filter(|(id, case)| unseen.leaves(**id, case));
        cases.flat_map(|(_, case)| case.measures.iter().map(move |it| (case, it)))
    }

    /// The unit that a measure is counted in: its owner's, else the case's.
    fn unit_of(&self, case: &CaseFigures, measure: &MeasureFigures) -> UnitId {
        self.people.get(&measure.owner).map_or(case.unit, |member| member.unit)
    }

    /// Whether `unit` is `above` or lies anywhere below it.
    fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        // A unit has at most as many units above it as there are; the bound ends a broken tree.
        std::iter::successors(Some(unit), |unit| self.units.get(unit)?.parent)
            .take(self.units.len() + 1)
            .any(|unit| unit == above)
    }

    /// The figures that are asked for.
    #[must_use]
    pub fn tell(&self, asked: &Asked) -> Statistics {
        let draft = count::draft(self, asked);
        let spans = asked.span.with_years_before(asked.years_before);
        let hidden = if asked.is_published { draft.to_hide() } else { Draft::nothing_to_hide() };
        let tables = draft.tables(&hidden);
        Statistics { position: self.position, spans, tables, units: self.units.clone() }
    }
}

impl Unseen {
    /// Whether a case is not left out.
    fn leaves(&self, id: CaseId, case: &CaseFigures) -> bool {
        (case.is_received || !self.not_received) && !self.involving.contains(&id)
    }
}

impl Statistics {
    /// The table with a key.
    #[must_use]
    pub fn table(&self, key: Key) -> Option<&Table> {
        self.tables.iter().find(|table| table.key == key)
    }

    /// How many cases there are in the span that was asked for.
    #[must_use]
    pub fn total(&self) -> Cell {
        let cell = self.table(Key::KeyFigures).and_then(|table| table.cell(&Label::Total, 0));
        cell.unwrap_or(Cell::Nothing)
    }
}

#[cfg(test)]
mod tests;
