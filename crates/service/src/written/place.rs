//! Finds the line and the key that something in a TOML text is about.

use std::cmp::Reverse;
use std::ops::Range;

use domain::category::Step;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where in a TOML text something stands, as far as it can be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Counted from 1.
    pub(super) line: Option<usize>,
    /// The way to the value, tables in a list counted from 1: `question[2].label.nb`.
    pub(super) key: Option<String>,
}

impl Place {
    /// The place of the bytes a reader stumbled over: the innermost value or key around them. The
    /// reader blames no bytes at all for what is missing from the whole text.
    pub(super) fn of_span(text: &str, span: &Range<usize>) -> Self {
        let around = |it: &Range<usize>| it.start <= span.start && span.end <= it.end;
        let innermost = nodes(text)
            .into_iter()
            .filter_map(|node| {
                let length = node.spans.iter().filter(|it| around(it)).map(Range::len).min()?;
                Some((length, Reverse(node.key.len()), node.key))
            })
            .min()
            .filter(|_| !span.is_empty());
        let key = innermost.map(|(_, _, key)| key);
        Self { line: Some(line_at(text, span.start)), key }
    }

    /// The place of the value at the end of that path, or of nothing if there is none.
    pub(super) fn of_path(text: &str, path: &[Step]) -> Self {
        let wanted = path.iter().fold(String::new(), |key, step| match step {
            Step::Key(name) => join(&key, name),
            Step::Index(index) => number(&key, *index),
        });
        let found = nodes(text).into_iter().find(|node| node.key == wanted);
        match found {
            Some(node) => Self {
                line: node.spans.first().map(|span| line_at(text, span.start)),
                key: Some(node.key),
            },
            None => Self::default(),
        }
    }
}

/// A value in the text: the way to it, and where its key and itself stand.
struct Node {
    key: String,
    spans: Vec<Range<usize>>,
}

/// Every value in the text; none if the text is not TOML.
fn nodes(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    if let Ok(document) = DeTable::parse(text) {
        collect_table("", document.get_ref(), &mut nodes);
    }
    nodes
}

fn collect_table(parent: &str, table: &DeTable<'_>, nodes: &mut Vec<Node>) {
    for (name, value) in table {
        let key = join(parent, name.get_ref());
        collect(key, vec![name.span(), value.span()], value, nodes);
    }
}

fn collect(
    key: String,
    spans: Vec<Range<usize>>,
    value: &Spanned<DeValue<'_>>,
    nodes: &mut Vec<Node>,
) {
    match value.get_ref() {
        DeValue::Table(table) => collect_table(&key, table, nodes),
        DeValue::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                collect(number(&key, index), vec![value.span()], value, nodes);
            }
        }
        _ => {}
    }
    nodes.push(Node { key, spans });
}

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

fn number(list: &str, index: usize) -> String {
    format!("{list}[{}]", index + 1)
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
