//! What figures are made of for one measure.

use domain::Time;
use domain::case::Event;
use domain::case::dealings::Effect;
use domain::case::event::MeasureKind;
use domain::ids::{MeasureId, UserId};
use strum::IntoEnumIterator;

use super::count::Sheet;
use super::draft::Figure;
use super::table::{Cell, Key, Label};

/// A measure, as figures count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureFigures {
    pub(super) measure: MeasureId,
    pub(super) owner: UserId,
    /// What it is meant to do.
    pub kind: MeasureKind,
    /// When it was proposed.
    pub proposed_at: Time,
    /// When it is to be done.
    pub due_at: Time,
    /// When it was done, if it was, and not found without effect since.
    pub done_at: Option<Time>,
    /// How far it had the effect it was meant to have, once that was seen.
    pub effect: Option<Effect>,
}

impl MeasureFigures {
    /// Whether it is not done, and should have been by `at`.
    #[must_use]
    pub fn is_overdue(&self, at: Time) -> bool {
        self.done_at.is_none() && self.due_at < at
    }

    /// The measure that an event proposes, if it does.
    pub(super) fn proposed(event: &Event, at: Time) -> Option<Self> {
        let Event::MeasureProposed { measure, kind, owner, due_at, .. } = event else {
            return None;
        };
        Some(Self {
            measure: *measure,
            owner: *owner,
            kind: *kind,
            proposed_at: at,
            due_at: *due_at,
            done_at: None,
            effect: None,
        })
    }

    /// Takes in one more fact of its case.
    pub(super) fn apply(&mut self, event: &Event, at: Time) {
        match event {
            Event::MeasureCompleted { measure, .. } if *measure == self.measure => {
                (self.done_at, self.effect) = (Some(at), None);
            }
            Event::MeasureVerified { measure, effective: false, .. }
                if *measure == self.measure =>
            {
                self.done_at = None;
            }
            Event::EffectReviewed { measure, effect, .. } if *measure == self.measure => {
                self.effect = Some(*effect);
            }
            _ => (),
        }
    }
}

/// The table of measures, by how far those have come that were proposed in a span. A count of work
/// points to nobody whom a case is about, so that none is too small to show.
pub(super) fn measures(sheet: &mut Sheet<'_>) {
    type Is = fn(&MeasureFigures, Time) -> bool;
    let states: [(&str, Is); 6] = [
        ("proposed", |_, _| true),
        ("open", |it, _| it.done_at.is_none()),
        ("overdue", MeasureFigures::is_overdue),
        ("done", |it, _| it.done_at.is_some()),
        ("effect_reviewed", |it, _| it.effect.is_some()),
        ("effect_works", |it, _| it.effect == Some(Effect::Works)),
    ];
    let (figures, asked) = (sheet.figures, sheet.asked);
    let spans: Vec<_> = sheet.columns.iter().map(|column| column.span).collect();
    let mut by_column: Vec<Vec<&MeasureFigures>> = vec![Vec::new(); spans.len()];
    for (case, measure) in figures.measures(&asked.unseen) {
        let day = asked.calendar.day_of(measure.proposed_at);
        let unit = figures.unit_of(case, measure);
        let is_wanted = || asked.unit.is_none_or(|above| figures.is_within(unit, above));
        if let Some(column) = spans.iter().position(|span| span.holds(day)).filter(|_| is_wanted())
        {
            by_column[column].push(measure);
        }
    }
    let row = |word, is: &dyn Fn(&MeasureFigures) -> bool| {
        let counts = by_column.iter().map(|all| all.iter().filter(|it| is(it)).count());
        let figure = |count| Figure::Plain(Cell::Count(u64::try_from(count).unwrap_or(u64::MAX)));
        (Label::Word(word), counts.map(figure).collect::<Vec<_>>())
    };
    let mut rows: Vec<_> =
        states.iter().map(|(word, is)| row(word, &|it| is(it, asked.at))).collect();
    let shares = by_column.iter().map(|all| Figure::Plain(reviewed_share(all)));
    rows.push((Label::Word("effect_reviewed_share"), shares.collect()));
    rows.extend(MeasureKind::iter().map(|kind| row(kind.into(), &|it| it.kind == kind)));
    let columns = sheet.spans();
    sheet.draft.table(Key::Measures, columns, rows);
}

/// Of how many of those that are done the effect was reviewed.
fn reviewed_share(measures: &[&MeasureFigures]) -> Cell {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let done = measures.iter().filter(|it| it.done_at.is_some());
    let part = number(done.clone().filter(|it| it.effect.is_some()).count());
    match number(done.count()) {
        0 => Cell::Nothing,
        of => Cell::Share { part, of },
    }
}
