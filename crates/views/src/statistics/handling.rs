//! How the cases were handled, in short: the figures that a reader looks for first.

use domain::Time;
use domain::duty::{Calendar, Length};

use super::count::{Groups, Sheet};
use super::distribution::Timed;
use super::draft::Figure;
use super::suppress::Variable;
use super::table::{Cell, Key, Label};
use super::{CaseFigures, Ending};

/// Within what time a reporter is to hear of the report again: a target of our own.
const ANSWER: Length = Length::WorkingDays(3);

/// Whether a reporter was answered in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    InTime,
    Late,
    /// Not yet, and there is time left.
    Awaited,
}

impl Answer {
    fn of(case: &CaseFigures, calendar: Calendar, at: Time) -> Self {
        let due_at = ANSWER.due_at(case.reported_at, calendar);
        match case.answered_at {
            Some(answered_at) if answered_at <= due_at => Self::InTime,
            None if at <= due_at => Self::Awaited,
            _ => Self::Late,
        }
    }
}

/// The table of key figures.
pub(super) fn key_figures(sheet: &mut Sheet<'_>, reporters: &[Variable], times: &[Timed; 3]) {
    let [_, _, to_notification] = times;
    let endings = endings(sheet);
    let told = sheet.part(None, |case| case.is_told);
    let recurring = sheet.part(None, |case| case.is_recurring);
    let returned = sheet.part(None, |case| 0 < case.returned);
    let Answers { due, in_time } = answers(sheet, reporters);
    let counts = |counts: &[Variable]| counts.iter().copied().map(Figure::Count).collect();
    let mut rows: Vec<(Label, Vec<Figure>)> = vec![(Label::Total, counts(&sheet.totals()))];
    for (word, group) in ["open", "closed", "no_deviation"].into_iter().zip(&endings) {
        rows.push((Label::Word(word), counts(group)));
    }
    rows.push((Label::Word("notified"), counts(&to_notification.known)));
    rows.extend(to_notification.summary());
    rows.push((Label::Word("told"), counts(&told)));
    rows.push((Label::Word("people_told"), people_told(sheet, &told)));
    rows.push((Label::Word("recurring"), counts(&recurring)));
    rows.push((Label::Word("returned"), counts(&returned)));
    rows.push((Label::Word("answer_due"), counts(&due)));
    rows.push((Label::Word("answered_in_time"), counts(&in_time)));
    let shares = in_time.iter().zip(&due).map(|(part, of)| Figure::Share(*part, *of)).collect();
    rows.push((Label::Word("answered_in_time_share"), shares));
    let columns = sheet.spans();
    sheet.draft.table(Key::KeyFigures, columns, rows);
}

/// Cases that are open, that the controller closed, that were no deviation.
fn endings(sheet: &mut Sheet<'_>) -> Groups {
    let groups = sheet.tally(3, true, |_, _, case| {
        Some(match case.ending {
            None => 0,
            // A case that goes on in another is not counted here at all.
            Some(Ending::Closed | Ending::Merged) => 1,
            Some(Ending::NotADeviation) => 2,
        })
    });
    sheet.add_up(&sheet.totals(), &groups);
    groups
}

struct Answers {
    /// The reporters who have been answered, or should have been by now.
    due: Vec<Variable>,
    /// Those of them who were, in time.
    in_time: Vec<Variable>,
}

fn answers(sheet: &mut Sheet<'_>, reporters: &[Variable]) -> Answers {
    let (calendar, at) = (sheet.asked.calendar, sheet.asked.at);
    let answer =
        move |case: &CaseFigures| case.has_reporter().then(|| Answer::of(case, calendar, at));
    let is_due =
        move |case: &CaseFigures| matches!(answer(case), Some(Answer::InTime | Answer::Late));
    let due = sheet.part(Some(reporters), is_due);
    let in_time = sheet.part(Some(&due), move |case| answer(case) == Some(Answer::InTime));
    Answers { due, in_time }
}

/// How many people were told one by one, in the cases in which anybody was.
fn people_told(sheet: &Sheet<'_>, told: &[Variable]) -> Vec<Figure> {
    let people = sheet.columns.iter().map(|column| {
        let people = column.cases.iter().map(|(_, case)| case.people_told);
        Cell::Count(people.sum())
    });
    let figure =
        |(told, cell): (&Variable, Cell)| Figure::Of { cases: *told, tells_of: Vec::new(), cell };
    told.iter().zip(people).map(figure).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use domain::duty::Jurisdiction;

    use super::super::tests::case;
    use super::*;

    /// Reported on the Wednesday before Easter in 2026: the three working days are Tuesday to
    /// Thursday of the week after it.
    #[test]
    fn the_three_days_are_working_days() {
        let calendar = Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo };
        let at = |day, hour| Utc.with_ymd_and_hms(2026, 4, day, hour, 0, 0).unwrap();
        let mut case = case(at(1, 12));
        assert_eq!(Answer::of(&case, calendar, at(9, 21)), Answer::Awaited);
        assert_eq!(Answer::of(&case, calendar, at(9, 22)), Answer::Late);
        case.answered_at = Some(at(9, 21));
        assert_eq!(Answer::of(&case, calendar, at(30, 0)), Answer::InTime);
        case.answered_at = Some(at(9, 22));
        assert_eq!(Answer::of(&case, calendar, at(30, 0)), Answer::Late);
    }
}
