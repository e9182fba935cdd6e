//! The drawing itself: shapes, words and patterns, in one size.

use std::fmt::{Display, Write};

/// How wide every chart is, in its own units: as many as the narrowest screen has.
pub(super) const WIDTH: u32 = 320;

/// Between words and shapes, and the edge.
pub(super) const EDGE: u32 = 8;

/// How high a line of words is.
pub(super) const LINE: u32 = 18;

/// How many signs of a title there is room for.
const TITLE_SIGNS: usize = 44;

/// The colour of everything that is drawn: dark on white, so that paper shows it too.
pub(super) const INK: &str = "#17324d";

/// What a chart is called and says.
pub(super) struct Heading {
    /// What tells it from the other charts of a page.
    pub(super) id: String,
    /// What it is called.
    pub(super) title: String,
    /// What it says, in words.
    pub(super) description: String,
    /// What stands in the place of a number that is left out.
    pub(super) left_out: String,
}

/// A chart under way. What is measured counts from the top left.
pub(super) struct Canvas<'a> {
    heading: &'a Heading,
    drawn: String,
}

/// Where words stand at a point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(heading: &'a Heading) -> Self {
        Self { heading, drawn: String::new() }
    }

    /// Draws an element as it is written.
    pub(super) fn add(&mut self, element: impl Display) {
        write!(self.drawn, "{element}").expect("memory takes it");
    }

    /// Writes words.
    pub(super) fn words(&mut self, (x, y): (u32, u32), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escaped(words);
        self.add(format_args!(r#"<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>"#));
    }

    /// Draws a bar in the pattern of a series.
    pub(super) fn bar(&mut self, series: usize, (x, y): (u32, u32), (width, height): (u32, u32)) {
        let Heading { id, .. } = self.heading;
        let pattern = series % PATTERNS.len();
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             fill=\"url(#{id}-pattern-{pattern})\" stroke=\"{INK}\"/>"
        ));
    }

    /// Says in a list which pattern is which series; the height that it takes.
    pub(super) fn legend(&mut self, top: u32, series: &[String]) -> u32 {
        let mut y = top;
        for (number, name) in series.iter().enumerate() {
            self.bar(number, (EDGE, y + 3), (16, 11));
            self.words((EDGE + 22, y + 13), Anchor::Start, &shortened(name, 46));
            y += LINE;
        }
        y - top
    }

    /// The chart, so high, below its title: it is saved and read elsewhere too.
    pub(super) fn finished(self, height: u32) -> String {
        let Heading { id, title, description, .. } = self.heading;
        let shown = escaped(&shortened(title, TITLE_SIGNS));
        let (title, description) = (escaped(title), escaped(description));
        let height = height + LINE;
        let patterns: String = (0..).zip(PATTERNS).map(|it| pattern(id, it)).collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-description\" \
             font-family=\"Inter, sans-serif\" font-size=\"12\" fill=\"{INK}\">\
             <title id=\"{id}-title\">{title}</title>\
             <desc id=\"{id}-description\">{description}</desc><defs>{patterns}</defs>\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\
             <text x=\"{EDGE}\" y=\"{LINE}\" font-weight=\"600\">{shown}</text>\
             <g transform=\"translate(0 {LINE})\">{}</g></svg>",
            self.drawn
        )
    }
}

/// What is drawn on a tile of six by six, over and over, on white.
const PATTERNS: [&str; 4] = [
    r#"<rect width="6" height="6"/>"#,
    r#"<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="INK" stroke-width="1.4"/>"#,
    r#"<circle cx="3" cy="3" r="1.3"/>"#,
    "",
];

fn pattern(id: &str, (number, tile): (usize, &str)) -> String {
    let tile = tile.replace("INK", INK);
    format!(
        "<pattern id=\"{id}-pattern-{number}\" width=\"6\" height=\"6\" \
         patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#ffffff\"/>\
         <g fill=\"{INK}\">{tile}</g></pattern>"
    )
}

/// The words as XML takes them.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no place for most of these.
            sign if sign.is_control() => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// As much of the words as there is room for.
pub(super) fn shortened(words: &str, signs_max: usize) -> String {
    if words.chars().count() <= signs_max {
        return words.to_owned();
    }
    let kept: String = words.chars().take(signs_max - 1).collect();
    format!("{}…", kept.trim_end())
}

/// So much of a length as a value is of the largest.
pub(super) fn part_of(length: u32, value: u64, largest: u64) -> u32 {
    let part = u128::from(length) * u128::from(value) / u128::from(largest.max(1));
    u32::try_from(part).unwrap_or(length)
}
