//! What those can work out who have published figures, and know what anybody may know.

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::statistics::distribution::Step;
use crate::statistics::suppress::tests::{Attacked, forms_no_circle, is_safe};

fn any_case() -> impl Strategy<Value = CaseFigures> {
    let unit = prop::sample::select(vec![TOP, SCHOOL, CLASS, HOME]);
    let origin = prop::sample::select(vec![
        (Source::Named, Channel::WebForm),
        (Source::Confidential, Channel::Phone),
        (Source::Anonymous, Channel::WebForm),
        (Source::Processor, Channel::Processor),
        (Source::DataSubject, Channel::DataSubject),
        (Source::OwnInitiative, Channel::OwnInitiative),
    ]);
    let kind = prop::sample::select(Kind::iter().collect::<Vec<_>>());
    let marks = (any::<bool>(), any::<bool>(), 0..2u32, 0..4i64);
    (unit, origin, kind, marks, 1..400i64).prop_map(|(unit, origin, kind, marks, days)| {
        let reported_at = at(2026, 12, 30, 9) - TimeDelta::days(days);
        let (is_told, is_recurring, returned, notified) = marks;
        let notified_at = reported_at + TimeDelta::hours(30 * notified);
        let answered_at = reported_at + TimeDelta::hours(40 * notified);
        CaseFigures {
            unit,
            source: origin.0,
            channel: origin.1,
            kind,
            is_told,
            is_recurring,
            returned,
            occurred_at: Some(reported_at - TimeDelta::hours(90)).filter(|_| is_told),
            notified_at: Some(notified_at).filter(|_| 0 < notified),
            answered_at: Some(answered_at).filter(|_| 0 < notified),
            ending: Some(Ending::Closed).filter(|_| is_recurring),
            ..case(reported_at)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With every table in hand, and whatever else they know of how the figures add up.
    #[test]
    fn nobody_works_out_a_count_that_was_left_out(
        cases in prop::collection::vec(any_case(), 0..60),
        unit in prop::sample::select(vec![None, Some(SCHOOL)]),
    ) {
        let asked = Asked { unit, is_published: true, ..asked() };
        let figures = figures(cases);
        let draft = count::draft(&figures, &asked);
        prop_assert!(forms_no_circle(&draft.ledger));
        prop_assert!(is_safe(&draft.ledger, &draft.ledger.to_hide()));
        let (desk, published) =
            (figures.tell(&Asked { is_published: false, ..asked.clone() }), figures.tell(&asked));
        let goes = match (desk.total(), published.total()) {
            (Cell::Count(10..), Cell::Suppressed) => unit.is_some(),
            _ => false,
        };
        prop_assert!(!goes, "the total of a unit's page went");
        let same = |(desk, _): &(&Table, &Table)| desk.key != Key::Silence;
        for (desk, published) in desk.tables.iter().zip(&published.tables).filter(same) {
            let cells = |table: &Table| table.rows.iter().flat_map(|row| row.cells.clone())
                .collect::<Vec<_>>();
            for (whole, shown) in cells(desk).into_iter().zip(cells(published)) {
                prop_assert!(shown == Cell::Suppressed || shown == whole);
                let is_small = matches!(shown, Cell::Count(1..SMALLEST_SHOWN));
                prop_assert!(!is_small || desk.key == Key::Measures);
            }
        }
    }
}

/// The published figures of 2026, told when the year has long passed.
fn published_of_the_past(cases: Vec<CaseFigures>) -> Statistics {
    figures(cases).tell(&Asked { is_published: true, at: at(2027, 3, 1, 12), ..asked() })
}

/// The cells of rows with a word, in the first column.
fn cells(told: &Statistics, key: Key, words: &[&'static str]) -> Vec<Cell> {
    let table = told.table(key).expect("the table");
    let cell = |word: &&'static str| table.cell(&Label::Word(word), 0).expect("the row");
    words.iter().map(cell).collect()
}

/// Whether anybody works out by whom cases were told who knows that of a year that has passed
/// every reporter should have been answered.
fn origins_are_safe(desk: &Statistics, published: &Statistics) -> bool {
    let mut attacked = Attacked::default();
    let mut write = |key, words: &[&'static str]| -> Vec<_> {
        let cells = cells(desk, key, words).into_iter().zip(cells(published, key, words));
        cells.map(|(desk, published)| attacked.count(desk, published)).collect()
    };
    let members = write(Key::Sources, &["named", "confidential", "anonymous"]);
    let others = write(Key::Sources, &["processor", "data_subject", "own_initiative"]);
    let is_member =
        |channel: &&'static str| !["processor", "data_subject", "own_initiative"].contains(channel);
    let channels: Vec<&'static str> = Channel::iter().map(Into::into).filter(is_member).collect();
    let channels = write(Key::Channels, &channels);
    let due = write(Key::KeyFigures, &["answer_due"])[0];
    let total = attacked.count(desk.total(), published.total());
    let all_members = attacked.not_told(&members);
    attacked.sum(all_members, &members);
    attacked.sum(all_members, &channels);
    attacked.sum(due, &[all_members, others[0], others[1]]);
    attacked.sum(total, &[due, others[2]]);
    attacked.is_safe()
}

#[test]
fn nobody_is_awaited_any_more_of_a_year_that_has_passed() {
    let of = |source, channel, count: usize| {
        vec![CaseFigures { source, channel, ..case(at(2026, 3, 2, 9)) }; count]
    };
    let cases = [
        of(Source::Named, Channel::WebForm, 40),
        of(Source::DataSubject, Channel::DataSubject, 1),
        of(Source::OwnInitiative, Channel::OwnInitiative, 4),
        of(Source::Anonymous, Channel::WebForm, 15),
    ];
    let desk = figures(cases.concat()).tell(&asked());
    assert!(origins_are_safe(&desk, &published_of_the_past(cases.concat())));
}

/// Whether nobody who leads a unit, and knows the cases of it and below it, works out those of
/// another from the figures of the whole.
fn units_are_safe_from_leaders(desk: &Statistics, published: &Statistics) -> bool {
    let cell = |told: &Statistics, unit: UnitId| {
        let table = told.table(Key::Units).expect("the table");
        let is_of = |row: &&Row| matches!(row.label, Label::Unit(of, _) if of == unit);
        table.rows.iter().find(is_of).expect("the row").cells[0]
    };
    let leads = |below: &[UnitId]| {
        let mut attacked = Attacked::default();
        let [top, school, class, home] = [TOP, SCHOOL, CLASS, HOME].map(|unit| {
            let told = if below.contains(&unit) { desk } else { published };
            attacked.count(cell(desk, unit), cell(told, unit))
        });
        attacked.sum_with_rest(top, &[school, home]);
        attacked.sum_with_rest(school, &[class]);
        attacked.is_safe()
    };
    leads(&[SCHOOL, CLASS]) && leads(&[CLASS]) && leads(&[HOME])
}

#[test]
fn the_figures_of_the_whole_beside_those_of_a_unit_tell_of_no_other() {
    let of = |unit, count: usize| vec![CaseFigures { unit, ..case(at(2026, 3, 2, 9)) }; count];
    let cases = [of(TOP, 6), of(SCHOOL, 1), of(CLASS, 11), of(HOME, 20)].concat();
    let desk = figures(cases.clone()).tell(&asked());
    let told = published_of_the_past(cases);
    assert!(units_are_safe_from_leaders(&desk, &told));
    assert_eq!(told.total(), Cell::Count(38));
}

#[test]
fn the_total_stays_where_a_part_can_go() {
    let of = |source, channel, count: usize| {
        vec![CaseFigures { source, channel, ..case(at(2026, 3, 2, 9)) }; count]
    };
    let cases = [
        of(Source::Named, Channel::WebForm, 7),
        of(Source::Named, Channel::Phone, 6),
        of(Source::Confidential, Channel::WebForm, 1),
        of(Source::OwnInitiative, Channel::OwnInitiative, 2),
    ];
    assert_eq!(published_of_the_past(cases.concat()).total(), Cell::Count(16));
}

/// Whether the time that `percent` of a hundred do not exceed gives a step away: by the nearest
/// rank it tells how many are longer at most, and how many are shorter.
fn is_told_by_rank(table: &Table, column: usize, word: &'static str, percent: u64) -> bool {
    let cell = |word| table.cell(&Label::Word(word), column).expect("the row");
    let (Cell::Count(known), Cell::Minutes(minutes)) = (cell("known"), cell(word)) else {
        return false;
    };
    let rank = (known * percent).div_ceil(100);
    let place = Step::of(TimeDelta::minutes(i64::try_from(minutes).unwrap()));
    let are_ones = |most: u64, steps: &dyn Fn(Step) -> bool| {
        let cells = Step::iter().filter(|step| steps(*step)).map(|step| cell(step.into()));
        let (mut hidden, mut shown) = (0, 0);
        for cell in cells {
            match cell {
                Cell::Count(count) => shown += count,
                _ => hidden += 1,
            }
        }
        // What was left out is not none.
        0 < hidden && most == shown + hidden
    };
    are_ones(known - rank, &|step| place < step) || are_ones(rank - 1, &|step| step < place)
}

#[test]
fn times_by_nearest_rank_are_left_out_with_the_steps() {
    let after = |hours| CaseFigures {
        notified_at: Some(at(2026, 3, 2, 9) + TimeDelta::hours(hours)),
        ..case(at(2026, 3, 2, 9))
    };
    let told = published_of_the_past([vec![after(60); 11], vec![after(100)]].concat());
    let table = told.table(Key::ToNotification).unwrap();
    assert!(!is_told_by_rank(table, 0, "ninetieth", 90));
    assert_eq!(cells(&told, Key::KeyFigures, &["median", "ninetieth"]), [Cell::Suppressed; 2]);
    let told = published_of_the_past([vec![after(60); 11], vec![after(100); 6]].concat());
    assert_eq!(cells(&told, Key::KeyFigures, &["median"]), [Cell::Minutes(3_600)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nobody_works_out_a_source_a_step_or_another_unit(
        cases in prop::collection::vec(any_case(), 0..60),
    ) {
        let asked = Asked { at: at(2027, 3, 1, 12), ..asked() };
        let desk = figures(cases.clone()).tell(&asked);
        let told = published_of_the_past(cases);
        prop_assert!(origins_are_safe(&desk, &told));
        prop_assert!(units_are_safe_from_leaders(&desk, &told));
        for key in [Key::ToDiscovery, Key::ToReport, Key::ToNotification] {
            let table = told.table(key).expect("the table");
            for column in 0..table.columns.len() {
                prop_assert!(!is_told_by_rank(table, column, "median", 50));
                prop_assert!(!is_told_by_rank(table, column, "ninetieth", 90));
            }
        }
    }
}

/// A unit stands in the list only where it has few reports: of a count that is left out, that would
/// tell how few.
#[test]
fn a_unit_whose_count_is_left_out_is_not_said_to_be_silent() {
    let of = |unit, count: usize| vec![CaseFigures { unit, ..case(at(2026, 3, 2, 9)) }; count];
    let silent = |cases: Vec<CaseFigures>, is_published| {
        let mut figures = figures(cases);
        for number in 0..40 {
            let unit = if number < 20 { CLASS } else { HOME };
            let member = Member { unit, is_active: true };
            figures.people.insert(UserId(Uuid::from_u128(number)), member);
        }
        let asked = Asked { years_before: 0, is_published, at: at(2027, 3, 1, 12), ..asked() };
        let told = figures.tell(&asked);
        let rows = told.table(Key::Silence).unwrap().rows.clone();
        rows.into_iter().map(|row| row.label).collect::<Vec<_>>()
    };
    let both = [Label::Unit(SCHOOL, 1), Label::Unit(CLASS, 2)];
    let few = [of(CLASS, 1), of(HOME, 20)].concat();
    assert_eq!(silent(few.clone(), false), both);
    assert_eq!(silent(few, true), []);
    assert_eq!(silent(of(HOME, 20), true), both, "none is no secret");
}
