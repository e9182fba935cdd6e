//! A management review as a document: the agenda in its order with what the service prepared and
//! what people wrote, what was resolved, the minutes. Its page shows the same parts.

use documents::{Block, Document, Letterhead, Table};
use domain::review::state::{Item, Resolution, Written};
use domain::review::{AgendaItem, OpenReview, Phase};
use domain::{Actor, Time};
use service::ReviewSight;
use service::reviews::{FollowedUp, Prepared, TEMPLATE};
use strum::IntoEnumIterator;

use super::{Heading, Office};
use crate::pages::reviews::period;

pub(crate) mod figures;

/// The document, as the review stood at the place in the log it is seen from. Nothing in it
/// follows from the day it is made, from settings or from who asks.
pub(crate) fn document(office: &Office, seen: &ReviewSight) -> Option<Document> {
    let known = seen.review.known()?;
    let wording = &office.wording;
    let mut blocks = vec![Block::facts(about(office, seen, known))];
    for (place, item) in AgendaItem::iter().enumerate() {
        blocks.push(Block::heading(title(office, place, item)));
        blocks.push(Block::text(clauses(office, item)));
        blocks.extend(of_item(office, seen, item));
    }
    blocks.push(Block::heading(office.say("review-resolutions")));
    blocks.push(resolutions(office, known));
    blocks.push(Block::heading(office.say("review-minutes")));
    blocks.push(match known.minutes.last() {
        Some(minutes) => Block::text(wording.written(&minutes.text)),
        None => Block::text(office.say("review-minutes-none")),
    });
    blocks.extend(approval(office, seen));
    let number = known.number;
    let heading = Heading {
        identity: format!("review {number} {} {TEMPLATE}", seen.position.0),
        title: office.say("paper-review"),
        about: wording.say_with("paper-review-about", &[("number", number.to_string())]),
        at: seen.at,
    };
    let sender =
        Letterhead { organisation: seen.organisation.clone(), logo: None, contact: Vec::new() };
    Some(Document { sender, ..office.document(heading, blocks) })
}

/// What stands over everything: days, people, and from where in the log it is told.
pub(crate) fn about(
    office: &Office,
    seen: &ReviewSight,
    known: &OpenReview,
) -> Vec<(String, String)> {
    let wording = &office.wording;
    let moment = |at: Time| wording.moment(at).words().to_owned();
    let people = |users: &std::collections::BTreeSet<domain::ids::UserId>| {
        let names: Vec<String> = users.iter().map(|user| wording.person(*user)).collect();
        if names.is_empty() { office.say("no-answer") } else { names.join("\n") }
    };
    let phase = seen.review.phase().unwrap_or(Phase::Preparing);
    let mut facts = vec![
        (office.say("review-period"), period(known)),
        (office.say("review-state"), state(office, phase)),
    ];
    match &known.held {
        Some(held) => {
            facts.push((office.say("review-held"), moment(held.at)));
            facts.push((office.say("review-took-part"), people(&held.participants)));
        }
        None => facts.push((office.say("review-participants"), people(&known.participants))),
    }
    if let Some(Prepared { basis, at, .. }) = &seen.prepared {
        let words = [("position", basis.position.0.to_string()), ("at", moment(*at))];
        facts.push((office.say("review-basis"), wording.say_with("review-basis-at", &words)));
    }
    let words = [("position", seen.position.0.to_string()), ("template", TEMPLATE.to_string())];
    facts.push((office.say("review-told"), wording.say_with("review-told-at", &words)));
    facts
}

/// How far it has come, in words that stay true of a document that is approved as it was sent in.
fn state(office: &Office, phase: Phase) -> String {
    match phase {
        Phase::Submitted => office.say("review-state-submitted"),
        phase => office.wording.term("review_phase", phase),
    }
}

/// A point with its place on the agenda.
pub(crate) fn title(office: &Office, place: usize, item: AgendaItem) -> String {
    format!("{}. {}", place + 1, office.wording.term("agenda", item))
}

/// Where a point stands in the standard.
pub(crate) fn clauses(office: &Office, item: AgendaItem) -> String {
    let clauses: Vec<&str> = item.clauses().iter().map(|it| (*it).into()).collect();
    office.wording.say_with("review-clauses", &[("clauses", clauses.join(", "))])
}

/// What stands under a point.
pub(crate) fn of_item(office: &Office, seen: &ReviewSight, item: AgendaItem) -> Vec<Block> {
    let Some(known) = seen.review.known() else { return Vec::new() };
    let mut blocks = Vec::new();
    if let Some(prepared) = &seen.prepared {
        if item == AgendaItem::FollowUp {
            blocks.push(followed(office, &prepared.followed));
        }
        blocks.extend(figures::of_item(office, &prepared.figures, item));
    }
    let empty = Item::default();
    let written = known.items.get(&item).unwrap_or(&empty);
    blocks.extend(written.texts.last().into_iter().flat_map(|it| text(office, it)));
    blocks.extend(inputs(office, known, item));
    let files = written.files.iter().filter_map(|it| {
        let file = it.file.get()?;
        Some(format!("{}: {} (SHA-256 {})", file.name, file.description, file.sha256))
    });
    let files: Vec<String> = files.collect();
    if !files.is_empty() {
        blocks.push(Block::subheading(office.say("review-files")));
        blocks.push(Block::List { items: files });
    }
    if blocks.is_empty() {
        blocks.push(Block::text(office.say("review-item-empty")));
    }
    blocks
}

fn text(office: &Office, written: &Written) -> [Block; 2] {
    let wording = &office.wording;
    let words =
        [("who", by(office, written.by)), ("at", wording.moment(written.at).words().to_owned())];
    let heading = wording.say_with("review-written", &words);
    [Block::subheading(heading), Block::text(wording.written(&written.text))]
}

fn inputs(office: &Office, known: &OpenReview, item: AgendaItem) -> Vec<Block> {
    let wording = &office.wording;
    let of_item = known.inputs.values().filter(|it| it.item == item);
    let wanted = of_item.filter(|it| it.inquiry.withdrawn.is_none());
    let shown = wanted.flat_map(|it| {
        let who = wording.respondent(&it.inquiry.respondent);
        let answers = it.inquiry.answers.iter();
        let answers =
            answers.map(|answer| (office.say("review-answer"), wording.written(&answer.text)));
        let due = wording.moment(it.inquiry.due_at).words().to_owned();
        let missing =
            || (office.say("review-answer"), wording.say_with("review-waits-for", &[("due", due)]));
        let mut facts = vec![(office.say("review-question"), wording.written(&it.inquiry.text))];
        facts.extend(answers);
        if it.inquiry.answers.is_empty() {
            facts.push(missing());
        }
        let heading = wording.say_with("review-input-of", &[("who", who)]);
        [Block::subheading(heading), Block::facts(facts)]
    });
    shown.collect()
}

fn followed(office: &Office, followed: &[FollowedUp]) -> Block {
    if followed.is_empty() {
        return Block::text(office.say("review-follow-up-none"));
    }
    let rows = followed.iter().map(|it| row(office, &it.resolution)).collect();
    table(office, "review-followed", rows)
}

/// What was resolved, as a table; or that nothing was.
pub(crate) fn resolutions(office: &Office, known: &OpenReview) -> Block {
    if known.resolutions.is_empty() {
        return Block::text(office.say("review-resolutions-none"));
    }
    let mut all: Vec<&Resolution> = known.resolutions.values().collect();
    all.sort_by_key(|it| (it.item, it.due_at));
    table(office, "review-resolutions", all.into_iter().map(|it| row(office, it)).collect())
}

fn row(office: &Office, it: &Resolution) -> Vec<String> {
    let wording = &office.wording;
    vec![
        wording.written(&it.text),
        wording.person(it.owner),
        wording.zone.day(wording.texts, it.due_at).words().to_owned(),
        progress(office, it),
    ]
}

/// What became of a resolution.
pub(crate) fn progress(office: &Office, it: &Resolution) -> String {
    let wording = &office.wording;
    match (&it.carried_out, &it.effect) {
        (_, Some((effect, _))) => wording.term("effect_later", *effect),
        (Some(done), None) => {
            let at = wording.zone.day(wording.texts, done.at).words().to_owned();
            wording.say_with("review-resolution-done", &[("at", at)])
        }
        (None, None) => office.say("review-resolution-open"),
    }
}

fn table(office: &Office, caption: &str, rows: Vec<Vec<String>>) -> Block {
    let columns = ["text", "owner", "due", "progress"];
    let columns = columns.iter().map(|it| office.say(&format!("review-resolution-{it}")));
    Block::Table(Table { caption: office.say(caption), columns: columns.collect(), rows })
}

/// What the controller approved, and when the next review is due; nothing before that.
pub(crate) fn approval(office: &Office, seen: &ReviewSight) -> Vec<Block> {
    let Some(approved) = seen.review.approved() else { return Vec::new() };
    let wording = &office.wording;
    let document = &approved.approval.document;
    let next = wording.zone.day(wording.texts, approved.approval.next_due_at);
    vec![
        Block::heading(office.say("review-approval")),
        Block::facts([
            (office.say("review-approved-by"), by(office, approved.by)),
            (office.say("review-approved-at"), wording.moment(approved.at).words().to_owned()),
            (office.say("review-approved-document"), wording.written(&document.sha256)),
            (office.say("review-next"), next.words().to_owned()),
        ]),
    ]
}

fn by(office: &Office, actor: Actor) -> String {
    office.wording.by(actor)
}
