//! Bars: those of several spans beside each other, or parts of a whole on one.

use super::svg::{Anchor, Canvas, EDGE, Heading, LINE, WIDTH, part_of, shortened};
use super::{Drawn, Value};

/// How high a bar is.
const BAR: u32 = 11;

/// Room for a number behind a bar.
const NUMBER: u32 = 60;

/// Signs of a label that fit on a line.
const SIGNS_MAX: usize = 48;

/// The narrowest piece of a bar that a number fits into.
const PIECE: u32 = 22;

/// A row for each label, with a bar for each series below it.
pub(super) fn beside(heading: &Heading, drawn: &Drawn) -> String {
    let mut canvas = Canvas::new(heading);
    let values = drawn.rows.iter().flat_map(|(_, values)| values);
    let largest = values.filter_map(|it| it.count()).max().unwrap_or_default();
    let longest = WIDTH - 2 * EDGE - NUMBER;
    let mut y = EDGE;
    if 1 < drawn.series.len() {
        y += canvas.legend(y, &drawn.series) + EDGE;
    }
    for (label, values) in &drawn.rows {
        canvas.words((EDGE, y + 12), Anchor::Start, &shortened(label, SIGNS_MAX));
        y += LINE;
        for (series, value) in values.iter().enumerate() {
            let length = value.count().map_or(0, |value| part_of(longest, value, largest));
            if 0 < length {
                canvas.bar(series, (EDGE, y), (length, BAR));
            }
            let number = value.count();
            let number = number.map_or_else(|| heading.left_out.clone(), |it| it.to_string());
            canvas.words((EDGE + length + 5, y + 10), Anchor::Start, &number);
            y += BAR + 4;
        }
        y += 6;
    }
    canvas.finished(y + EDGE)
}

/// A bar for each label, made of a piece for each series.
pub(super) fn stacked(heading: &Heading, drawn: &Drawn) -> String {
    let mut canvas = Canvas::new(heading);
    let sum = |values: &[Value]| values.iter().filter_map(|it| it.count()).sum::<u64>();
    let largest = drawn.rows.iter().map(|(_, values)| sum(values)).max().unwrap_or_default();
    let longest = WIDTH - 2 * EDGE - NUMBER;
    let mut y = EDGE;
    y += canvas.legend(y, &drawn.series) + EDGE;
    for (label, values) in &drawn.rows {
        canvas.words((EDGE, y + 12), Anchor::Start, &shortened(label, SIGNS_MAX));
        y += LINE;
        let mut x = EDGE;
        for (series, value) in values.iter().enumerate() {
            let value = value.count().unwrap_or_default();
            let length = part_of(longest, value, largest);
            if 0 < length {
                canvas.bar(series, (x, y), (length, BAR + 5));
            }
            if PIECE <= length {
                canvas.words((x + length / 2, y + BAR + 18), Anchor::Middle, &value.to_string());
            }
            x += length;
        }
        canvas.words((x + 5, y + 12), Anchor::Start, &sum(values).to_string());
        y += BAR + 30;
    }
    canvas.finished(y + EDGE)
}
