//! Lines over months: those of the years before beside that of the span that was asked for.

use std::fmt::Write;

use super::svg::{Anchor, Canvas, EDGE, Heading, INK, LINE, WIDTH, escaped, part_of, shortened};
use super::{Drawn, Value};

/// Where the lines are drawn: from the left, and so high.
const LEFT: u32 = 34;
const HEIGHT: u32 = 150;

/// Signs of a month that fit below it.
const MONTH_SIGNS: usize = 3;

/// Months that have their name below them; of more, every second or third has.
const NAMES_MAX: usize = 12;

/// How the lines are broken, so that they are told apart without colour.
const DASHES: [&str; 5] = ["none", "6 3", "2 3", "8 3 2 3", "1 2"];

/// The lines, with a mark at each month.
pub(super) fn draw(heading: &Heading, drawn: &Drawn) -> String {
    let mut canvas = Canvas::new(heading);
    let is_left_out = |values: &[Value]| values.contains(&Value::LeftOut);
    let left_out =
        drawn.rows.iter().any(|(_, values)| is_left_out(values)).then_some(&*heading.left_out);
    let top = EDGE + legend(&mut canvas, &drawn.series, left_out) + LINE;
    let values = drawn.rows.iter().flat_map(|(_, values)| values);
    let largest = round_up(values.filter_map(|it| it.count()).max().unwrap_or_default());
    let height_of = |value| top + HEIGHT - part_of(HEIGHT, value, largest);
    for value in [0, largest / 2, largest] {
        let y = height_of(value);
        let right = WIDTH - EDGE;
        canvas.add(format_args!(
            r##"<path d="M{LEFT} {y}H{right}" stroke="#b5bfc9" stroke-width="0.7"/>"##
        ));
        canvas.words((LEFT - 5, y + 4), Anchor::End, &value.to_string());
    }
    let places: Vec<u32> = (0..drawn.rows.len()).map(|row| across(row, drawn.rows.len())).collect();
    let every = drawn.rows.len().div_ceil(NAMES_MAX).max(1);
    for ((label, _), x) in drawn.rows.iter().zip(&places).step_by(every) {
        let name: String = label.chars().take(MONTH_SIGNS).collect();
        let y = top + HEIGHT + 15;
        canvas.add(format_args!(
            r#"<text x="{x}" y="{y}" text-anchor="middle" font-size="10">{}</text>"#,
            escaped(&name)
        ));
    }
    for ((_, values), x) in drawn.rows.iter().zip(&places) {
        if is_left_out(values) {
            dash(&mut canvas, (*x, top + HEIGHT + 22));
        }
    }
    // The span that was asked for lies on top.
    for series in (0..drawn.series.len()).rev() {
        let points = drawn.rows.iter().zip(&places).map(|((_, values), x)| {
            let value = values.get(series).and_then(|it| it.count());
            value.map(|value| (*x, height_of(value)))
        });
        line(&mut canvas, series, &points.collect::<Vec<_>>());
    }
    canvas.finished(top + HEIGHT + 30)
}

/// Draws the line of a series; where a number is left out it is broken, and it ends before months
/// that lie ahead.
fn line(canvas: &mut Canvas<'_>, series: usize, points: &[Option<(u32, u32)>]) {
    let (mut path, mut is_down) = (String::new(), false);
    for point in points {
        if let Some((x, y)) = point {
            let way = if is_down { "L" } else { "M" };
            write!(path, "{way}{x} {y}").expect("memory takes it");
        }
        is_down = point.is_some();
    }
    stroke(canvas, series, &path);
    for (x, y) in points.iter().flatten() {
        mark(canvas, series, (*x, *y));
    }
}

fn stroke(canvas: &mut Canvas<'_>, series: usize, path: &str) {
    let dashes = DASHES[series % DASHES.len()];
    let width = if series == 0 { "2.2" } else { "1.4" };
    canvas.add(format_args!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"{width}\" \
         stroke-dasharray=\"{dashes}\"/>"
    ));
}

/// Draws the mark of a series: a dot, a ring, a square, a cross.
fn mark(canvas: &mut Canvas<'_>, series: usize, (x, y): (u32, u32)) {
    match series % 4 {
        0 => canvas.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="3.2"/>"#)),
        1 => canvas.add(format_args!(
            r##"<circle cx="{x}" cy="{y}" r="3" fill="#ffffff" stroke="{INK}"/>"##
        )),
        2 => canvas.add(format_args!(
            r##"<path d="M{x} {y}m-3-3h6v6h-6z" fill="#ffffff" stroke="{INK}"/>"##
        )),
        _ => canvas.add(format_args!(r#"<path d="M{x} {y}m-3-3l6 6m0-6l-6 6" stroke="{INK}"/>"#)),
    }
}

/// Draws the mark of a month of which a number is left out, so that it is not taken for a break in
/// what was counted.
fn dash(canvas: &mut Canvas<'_>, (x, y): (u32, u32)) {
    canvas.add(format_args!(
        r#"<path class="left-out" d="M{x} {y}m-4 0h8" stroke="{INK}" stroke-width="2"/>"#
    ));
}

/// Says which line is which series, and where something is left out, by which mark that is told;
/// the height that it takes.
fn legend(canvas: &mut Canvas<'_>, series: &[String], left_out: Option<&str>) -> u32 {
    let mut y = EDGE;
    for (number, name) in series.iter().enumerate() {
        let (right, middle) = (EDGE + 28, y + 9);
        stroke(canvas, number, &format!("M{EDGE} {middle}H{right}"));
        mark(canvas, number, (EDGE + 14, middle));
        canvas.words((EDGE + 34, y + 13), Anchor::Start, &shortened(name, 44));
        y += LINE;
    }
    if let Some(words) = left_out {
        dash(canvas, (EDGE + 14, y + 9));
        canvas.words((EDGE + 34, y + 13), Anchor::Start, words);
        y += LINE;
    }
    y - EDGE
}

/// Where a month stands among so many.
fn across(row: usize, rows: usize) -> u32 {
    let room = WIDTH - LEFT - 2 * EDGE;
    let (row, steps) = (row as u64, rows.saturating_sub(1).max(1) as u64);
    LEFT + EDGE / 2 + part_of(room, row, steps)
}

/// An even number no smaller, that is easily read off.
fn round_up(largest: u64) -> u64 {
    let step = match largest {
        0..=20 => 2,
        21..=100 => 10,
        101..=1_000 => 100,
        _ => 1_000,
    };
    largest.max(1).div_ceil(step) * step
}
