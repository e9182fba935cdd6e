//! The case memo: six parts, with the measures and what it rests on; and the version of it that
//! the public is given.

use std::collections::BTreeSet;

use documents::{Block, Document, Table};
use domain::case::document::Documents;
use domain::case::state::Progress;
use domain::case::{Memo, MemoPart, OpenCase};
use domain::{Actor, Time};
use strum::IntoEnumIterator;
use views::case_file::CaseFile;

use super::{Heading, Office};

/// Who a memo is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Those who handle the case: everything, with what the public is not given marked.
    Desk,
    /// Everybody: without what is exempt, and without what nobody has looked through for that.
    Public,
}

/// The memo as it stands; nothing where none was written. Nor is there one for the public while a
/// marked passage was rewritten: its new words would be given out.
pub(crate) fn document(office: &Office, file: &CaseFile, reader: Reader) -> Option<Document> {
    let known = &file.known;
    let (memo, draft) = known.memo_that_counts(file.standing.phase())?;
    if reader == Reader::Public && known.documents.misplaced(memo).next().is_some() {
        return None;
    }
    let wording = &office.wording;
    let number = known.report.number;
    let version = known.memo.as_ref().map_or(0, |it| it.version);
    let mut blocks = vec![Block::facts(about(office, known))];
    blocks.extend(draft.map(|version| Block::Note {
        label: office.say("paper-draft"),
        text: wording.say_with("paper-draft-about", &[("version", version)]),
    }));
    if reader == Reader::Public {
        let label = office.say("paper-public");
        blocks.push(Block::Note { label, text: office.say("paper-public-about") });
    }
    for part in MemoPart::iter() {
        blocks.push(Block::heading(wording.term("memo_part", part)));
        blocks.push(written(office, known, memo, part, reader));
    }
    blocks.extend(annex(office, known, reader));
    let kind = if reader == Reader::Public { "public" } else { "desk" };
    let heading = Heading {
        identity: format!("{number} memo {version}.{} {kind}", draft.unwrap_or_default()),
        title: office.say("paper-memo"),
        about: wording.say_with("paper-about", &[("number", number)]),
        at: last_written(file),
    };
    Some(office.document(heading, blocks))
}

/// When somebody last did something in the case. What the service notes by itself, such as that a
/// deadline came nearer, changes no memo.
fn last_written(file: &CaseFile) -> Time {
    let written = file.timeline.iter().rfind(|entry| entry.by != Actor::Service);
    written.map_or(file.known.reported_at, |entry| entry.at)
}

fn about(office: &Office, known: &OpenCase) -> Vec<(String, String)> {
    let (wording, names) = (&office.wording, office.wording.names);
    let mut facts = vec![
        (office.say("case-category"), names.category_of(known)),
        (office.say("case-unit"), names.unit(known.unit())),
    ];
    let handler = known.receipt.as_ref().map(|it| wording.person(it.handler));
    facts.extend(handler.map(|handler| (office.say("case-handler"), handler)));
    facts
}

fn written(
    office: &Office,
    known: &OpenCase,
    memo: &Memo,
    part: MemoPart,
    reader: Reader,
) -> Block {
    let text = memo.part(part);
    if text.is_blank() {
        let label = office.say("paper-missing");
        return Block::Note { label, text: office.say("paper-missing-about") };
    }
    let words = office.wording.written(text);
    Block::text(marked(office, words, part, &known.documents, reader))
}

/// The words of a part, with what the public is not given taken out, or marked with the numbers
/// under which the reasons are found.
fn marked(
    office: &Office,
    words: String,
    part: MemoPart,
    documents: &Documents,
    reader: Reader,
) -> String {
    let stretches = documents.stretches(part, &words);
    stretches.into_iter().rev().fold(words, |mut words, stretch| {
        let passages = stretch.passages;
        let instead = match reader {
            Reader::Desk => {
                let places: Vec<_> = passages.iter().map(|it| (it + 1).to_string()).collect();
                let passage = words[stretch.at.clone()].to_owned();
                let said = [("passage", passage), ("place", places.join(", "))];
                office.wording.say_with("paper-exempt-marked", &said)
            }
            Reader::Public => {
                let grounds: BTreeSet<&str> =
                    passages.iter().map(|it| documents.exempt[*it].ground.as_str()).collect();
                let grounds = grounds.into_iter().collect::<Vec<_>>().join("; ");
                office.wording.say_with("paper-exempt-taken-out", &[("ground", grounds)])
            }
        };
        words.replace_range(stretch.at, &instead);
        words
    })
}

/// What the memo rests on: measures, files and reasons, which are for those who handle the case.
fn annex(office: &Office, known: &OpenCase, reader: Reader) -> Vec<Block> {
    if reader == Reader::Public {
        return Vec::new();
    }
    let (wording, mut blocks) = (&office.wording, Vec::new());
    if !known.measures.is_empty() {
        let rows = known.measures.values().map(|it| {
            let effect = it.review.result.as_ref();
            let effect = effect.map(|it| wording.term("effect_later", it.effect));
            vec![
                wording.written(&it.description),
                wording.person(it.owner),
                wording.moment(it.due_at).words().to_owned(),
                progress(office, &it.progress),
                effect.unwrap_or_default(),
            ]
        });
        let columns = ["what", "owner", "due", "progress", "effect"];
        blocks.push(table(office, "paper-measures", &columns, rows.collect()));
    }
    if !known.attachments.is_empty() {
        let rows = known.attachments.iter().map(|it| {
            let file = it.file.get();
            let gone = office.say("erased");
            let name = file.map_or(gone, |file| file.name.clone());
            vec![name, file.map(|file| file.sha256.clone()).unwrap_or_default()]
        });
        blocks.push(table(office, "paper-attachments", &["file", "sha256"], rows.collect()));
    }
    if !known.documents.exempt.is_empty() {
        let rows = known.documents.exempt.iter().enumerate().map(|(place, it)| {
            let part = wording.term("memo_part", it.part);
            vec![(place + 1).to_string(), part, it.ground.clone(), wording.written(&it.reason)]
        });
        let columns = ["place", "part", "ground", "reason"];
        blocks.push(table(office, "paper-exempt", &columns, rows.collect()));
    }
    blocks
}

fn progress(office: &Office, progress: &Progress) -> String {
    office.say(match progress {
        Progress::Open { .. } => "memo-draft-measure-open",
        Progress::Completed { .. } => "memo-draft-measure-completed",
        Progress::Verified { .. } => "memo-draft-measure-verified",
    })
}

fn table(office: &Office, family: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Block {
    let columns = columns.iter().map(|it| office.say(&format!("{family}-{it}"))).collect();
    Block::Table(Table { caption: office.say(family), columns, rows })
}
