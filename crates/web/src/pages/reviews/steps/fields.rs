//! The fields of each step of a review, and what stands in them beforehand.

use chrono::Months;
use domain::case::dealings::Effect;
use service::ReviewSight;

use super::{About, Step};
use crate::forms::{Choice, Field, Form, Posted};
use crate::names::Names;
use crate::page::Page;
use crate::times::Zone;

/// Within how many months the next review is held, unless another day is set.
const MONTHS_TO_NEXT: u32 = 12;

/// A field with how it is drawn.
pub(super) enum Input {
    /// Several lines.
    Area(Field, u8),
    /// A date and a time.
    Moment(Field),
    /// One of many, with what stands there before something is chosen.
    Select(Field, String),
    /// One of a few.
    Radios(Field),
    /// As many as apply.
    Ticks(Field),
    /// What is sent along, unseen: under which name, and what.
    Hidden(&'static str, String),
}

/// The fields of a step.
pub(super) fn of(
    step: Step,
    form: &Form,
    names: &Names,
    page: &Page,
    seen: &ReviewSight,
) -> Vec<Input> {
    let people = |name: &str| form.field(name).with(names.people(|_, _| true));
    let choose = || page.say("choose");
    match step {
        Step::Basis | Step::Submit => Vec::new(),
        Step::Participants => vec![Input::Ticks(people("participants"))],
        Step::Write => vec![Input::Area(form.field("text"), 8)],
        Step::Minutes => vec![Input::Area(form.field("text"), 14)],
        Step::Withdraw | Step::Drop | Step::Return | Step::Abandon => {
            vec![Input::Area(form.field("reason"), 4)]
        }
        Step::Ask => vec![
            Input::Select(people("of"), choose()),
            Input::Area(form.field("text"), 5),
            Input::Moment(form.field("due")),
        ],
        Step::Resolve => {
            let mut inputs = vec![
                Input::Area(form.field("text"), 4),
                Input::Select(people("owner"), choose()),
                Input::Moment(form.field("due")),
            ];
            let earlier = earlier(page, seen);
            if !earlier.is_empty() {
                let field = form.optional("carries_over").with(earlier);
                inputs.push(Input::Select(field, page.say("review-resolve-new")));
            }
            inputs
        }
        Step::Hold => {
            vec![Input::Moment(form.field("held")), Input::Ticks(people("participants"))]
        }
        Step::Approve => vec![
            Input::Hidden("position", seen.position.0.to_string()),
            Input::Moment(form.field("next")),
        ],
        Step::Effect => {
            let effects = Choice::terms::<Effect>(page.texts(), "effect_later");
            vec![
                Input::Radios(form.field("effect").with(effects)),
                Input::Area(form.field("finding"), 4),
            ]
        }
    }
}

/// What earlier reviews resolved and nobody has done: it can go on in this one.
fn earlier(page: &Page, seen: &ReviewSight) -> Vec<Choice> {
    let erased = page.say("erased");
    let followed = seen.prepared.iter().flat_map(|it| &it.followed);
    let open = followed.filter(|it| it.resolution.carried_out.is_none());
    open.map(|it| Choice::new(it.id, it.resolution.text.text_or(&erased))).collect()
}

/// What stands in the fields beforehand.
pub(super) fn filled(step: Step, seen: &ReviewSight, about: &About, zone: Zone) -> Posted {
    let empty = Posted::default();
    let Some(known) = seen.review.known() else { return empty };
    let with_people = |posted: Posted| {
        let held = known.held.as_ref().map(|held| &held.participants);
        let people = held.unwrap_or(&known.participants).iter();
        people.fold(posted, |posted, user| posted.and("participants", user))
    };
    match step {
        Step::Participants => with_people(empty),
        Step::Hold => match &known.held {
            Some(held) => with_people(empty.and("held", zone.input_value(held.at))),
            None => with_people(empty),
        },
        Step::Write => {
            let item = about.item().and_then(|item| known.items.get(&item));
            let text = item.and_then(|item| item.texts.last());
            empty.and("text", text.map_or("", |it| it.text.text_or("")))
        }
        Step::Minutes => {
            let last = known.minutes.last();
            empty.and("text", last.map_or("", |it| it.text.text_or("")))
        }
        Step::Resolve => match about.resolution.and_then(|it| known.resolutions.get(&it)) {
            None => empty,
            Some(it) => {
                let carried = it.carries_over.map(|it| it.to_string()).unwrap_or_default();
                empty
                    .and("text", it.text.text_or(""))
                    .and("owner", it.owner)
                    .and("due", zone.input_value(it.due_at))
                    .and("carries_over", carried)
            }
        },
        Step::Approve => {
            let from = known.held.as_ref().map_or(seen.at, |held| held.at);
            let next = from.checked_add_months(Months::new(MONTHS_TO_NEXT)).unwrap_or(from);
            empty.and("next", zone.input_value(next))
        }
        _ => empty,
    }
}
