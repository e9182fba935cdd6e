//! Charts are well-formed, say what they show, and tell no series by its colour alone.

use views::statistics::{Row, Table};

use super::*;
use crate::figures::tests::of_nothing;
use crate::language::Language;

fn texts() -> Texts {
    Texts::new(Language::Nb)
}

/// A table with these counts in every row, span by span.
fn told(key: Key, counts: &[Option<u64>]) -> Told {
    let mut told = of_nothing().into_iter().find(|it| it.table.key == key).expect("the table");
    let cell = |count: &Option<u64>| count.map_or(Cell::Suppressed, Cell::Count);
    let cells: Vec<Cell> = counts.iter().map(cell).collect();
    let row = |row: Row| Row { cells: cells.clone(), ..row };
    let rows = told.table.rows.into_iter().map(row).collect();
    told.table = Table { rows, ..told.table };
    told
}

fn drawn(texts: Texts, told: &Told) -> Option<String> {
    chart(texts, told, ROWS_MAX).map(|it| it.svg)
}

#[test]
fn every_chart_is_well_formed_and_becomes_a_picture() {
    for key in [Key::Months, Key::Kinds, Key::ToNotification, Key::Measures, Key::Channels] {
        let chart = drawn(texts(), &told(key, &[Some(12), None])).expect("a chart");
        let read = resvg::usvg::roxmltree::Document::parse(&chart).expect("it is XML");
        let root = read.root_element();
        let labels = root.attribute("aria-labelledby").expect("it is named").split(' ');
        for label in labels {
            let words = read.descendants().find(|it| it.attribute("id") == Some(label));
            assert!(words.and_then(|it| it.text()).is_some_and(|it| !it.is_empty()), "{label}");
        }
        assert_eq!(root.attribute("role"), Some("img"));
        let picture = picture(&chart).expect("a picture");
        assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
    }
}

#[test]
fn a_chart_says_what_it_leaves_out() {
    let chart = drawn(texts(), &told(Key::Kinds, &[Some(7), None])).expect("a chart");
    assert!(chart.contains("2026 7, 2025 utelatt"), "{chart}");
}

#[test]
fn what_has_nothing_to_show_has_no_chart() {
    assert_eq!(drawn(texts(), &told(Key::Kinds, &[Some(0), Some(0)])), None);
    assert_eq!(drawn(texts(), &told(Key::Kinds, &[None, Some(0)])), None);
    assert_eq!(drawn(texts(), &told(Key::Months, &[None, None])), None);
    assert_eq!(drawn(texts(), &told(Key::KeyFigures, &[Some(1), Some(1)])), None);
}

#[test]
fn a_month_that_is_left_out_has_a_mark_that_the_legend_explains() {
    let marks = |counts: &[Option<u64>]| {
        let chart = drawn(texts(), &told(Key::Months, counts)).expect("a chart");
        let marks = chart.matches(r#"class="left-out""#).count();
        (marks, chart.contains(">utelatt</text>"))
    };
    assert_eq!(marks(&[Some(7), None]), (12 + 1, true));
    assert_eq!(marks(&[Some(7), Some(0)]), (0, false));
}

#[test]
fn a_line_ends_before_the_months_that_lie_ahead() {
    let mut told = told(Key::Months, &[Some(7), Some(9)]);
    told.table.rows[11].cells[0] = Cell::NotBegun;
    let chart = drawn(texts(), &told).expect("a chart");
    assert!(chart.contains("desember: 2026 ikke begynt, 2025 9."), "{chart}");
    let dots = chart.matches(r#"r="3.2""#).count();
    assert_eq!(dots, 11 + 1, "a month each, and one in the legend");
    assert!(!chart.contains("left-out"), "{chart}");
}

#[test]
fn words_cannot_break_out_of_a_chart() {
    let mut told = told(Key::Kinds, &[Some(7), Some(9)]);
    told.rows[0].label = "</text><script>&\"\u{1}".to_owned();
    let chart = drawn(texts(), &told).expect("a chart");
    assert!(!chart.contains("<script>"));
    resvg::usvg::roxmltree::Document::parse(&chart).expect("it is XML");
}

#[test]
fn series_differ_by_more_than_colour() {
    let chart = drawn(texts(), &told(Key::Months, &[Some(7), Some(9)])).expect("a chart");
    assert!(chart.contains(r#"stroke-dasharray="none""#));
    assert!(chart.contains(r#"stroke-dasharray="6 3""#));
    let chart = drawn(texts(), &told(Key::Kinds, &[Some(7), Some(9)])).expect("a chart");
    assert!(chart.contains("url(#chart-kinds-pattern-0)"));
    assert!(chart.contains("url(#chart-kinds-pattern-1)"));
}
