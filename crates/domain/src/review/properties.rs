//! What holds for every sequence of commands, whoever gives them and in whatever order.

use chrono::TimeDelta;
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::agenda::AgendaItem;
use super::command::{Ask, Command, Request, Resolve};
use super::decide;
use super::event::{Basis, Event};
use super::evolve::{Fact, evolve};
use super::spec::*;
use super::state::Review;
use crate::case::Acting;
use crate::case::dealings::Effect;
use crate::{Actor, Erasable, Position, Role, Roles, Time};

#[derive(Default)]
struct History {
    recorded: Vec<(Event, Time, Acting)>,
    review: Review,
}

impl History {
    fn record(&mut self, events: Vec<Event>, command: &Command) {
        for event in events {
            let fact = Fact { event: &event, at: command.at, by: command.by.actor };
            self.review = evolve(std::mem::take(&mut self.review), fact);
            self.recorded.push((event, command.at, command.by.clone()));
        }
    }
}

fn play(commands: &[Command]) -> History {
    let mut history = History::default();
    for command in commands {
        if let Ok(events) = decide(&history.review, command) {
            history.record(events, command);
        }
    }
    history
}

fn acting() -> impl Strategy<Value = Acting> {
    prop_oneof![
        4 => Just(Acting::user(DPO, [Role::Dpo])),
        5 => Just(Acting::user(CONTROLLER, [Role::Controller])),
        1 => Just(Acting::user(CONTROLLER, Roles::from([Role::Dpo, Role::Controller]))),
        1 => Just(Acting::user(LEADER, [Role::Leader])),
        1 => Just(Acting::service()),
    ]
}

fn words() -> impl Strategy<Value = Erasable<String>> {
    prop_oneof![
        1 => Just(text("")),
        5 => prop_oneof![Just("this"), Just("that")].prop_map(text),
        1 => Just(Erasable::Erased { about: None }),
    ]
}

fn item() -> impl Strategy<Value = AgendaItem> {
    prop::sample::select(AgendaItem::iter().collect::<Vec<_>>())
}

fn request() -> impl Strategy<Value = Request> {
    let (inquiry, resolution) = (INQUIRY, RESOLUTION);
    prop_oneof![
        1 => Just(Request::Begin(begin_with([LEADER]))),
        1 => Just(Request::NameParticipants([CONTROLLER].into())),
        1 => (0..3u64).prop_map(|position| {
            Request::PrepareBasis(Basis { position: Position(position), template: 1 })
        }),
        1 => (item(), words()).prop_map(|(item, text)| Request::WriteItem { item, text }),
        1 => (item(), words(), 0..30u32).prop_map(move |(item, text, due)| {
            Request::Ask(Ask { inquiry, item, of: LEADER, text, due_at: day(due) })
        }),
        1 => words().prop_map(move |text| Request::Answer { inquiry, text }),
        1 => words().prop_map(move |reason| Request::Withdraw { inquiry, reason }),
        1 => (item(), words()).prop_map(move |(item, text)| {
            let (owner, due_at, carries_over) = (LEADER, day(90), None);
            Request::Resolve(Resolve { resolution, item, text, owner, due_at, carries_over })
        }),
        1 => words().prop_map(move |reason| Request::DropResolution { resolution, reason }),
        1 => (0..20u32).prop_map(|held| {
            Request::Hold { held_at: day(held), participants: [LEADER].into() }
        }),
        1 => words().prop_map(Request::WriteMinutes),
        1 => words().prop_map(Request::Abandon),
        1 => Just(Request::Submit),
        1 => words().prop_map(Request::Return),
        4 => Just(Request::Approve(Box::new(approval()))),
        1 => words().prop_map(move |account| Request::CarryOut { resolution, account }),
        1 => words().prop_map(move |finding| {
            Request::ReviewEffect { resolution, effect: Effect::Partly, finding }
        }),
        1 => Just(Request::Remind { before: TimeDelta::days(2), carried_over: [].into() }),
    ]
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let one = (10..400u32, acting(), request()).prop_map(|(at, by, request)| Command {
        at: day(at),
        by,
        request,
    });
    let wild = prop::collection::vec(one, 0..24);
    // Half of the sequences start from a review that is nearly done, so that many are approved.
    (any::<bool>(), wild).prop_map(|(is_ahead, wild)| {
        let ahead = if is_ahead { the_way_to_the_minutes() } else { Vec::new() };
        ahead.into_iter().chain(wild).collect()
    })
}

fn the_way_to_the_minutes() -> Vec<Command> {
    let spoken_to = AgendaItem::iter().map(|item| Request::WriteItem { item, text: text("so") });
    let basis = Basis { position: Position(1), template: 1 };
    [Request::Begin(begin_with([LEADER])), Request::PrepareBasis(basis)]
        .into_iter()
        .chain(spoken_to)
        .chain([
            Request::Hold { held_at: day(9), participants: [LEADER].into() },
            Request::WriteMinutes(text("as it went")),
            Request::Submit,
        ])
        .map(by_dpo)
        .collect()
}

proptest! {
    #[test]
    fn any_sequence_folds_to_what_it_left(commands in commands()) {
        let history = play(&commands);
        let refolded = history.recorded.iter().fold(Review::Unbegun, |review, (event, at, by)| {
            evolve(review, Fact { event, at: *at, by: by.actor })
        });
        prop_assert_eq!(refolded, history.review);
    }

    #[test]
    fn an_accepted_command_repeated_yields_nothing_new(commands in commands()) {
        let mut history = play(&[]);
        for command in &commands {
            if let Ok(events) = decide(&history.review, command) {
                history.record(events, command);
                prop_assert_eq!(decide(&history.review, command), Ok(vec![]), "{:?}", command);
            }
        }
    }

    /// Approved is what was held, whose minutes were written and sent in, and by nobody who had a
    /// hand in them.
    #[test]
    fn nothing_is_approved_by_whoever_prepared_it_or_before_it_was_held(commands in commands()) {
        let history = play(&commands);
        let Some(end) = history.recorded.iter().position(|(event, ..)| is_approved(event)) else {
            return Ok(());
        };
        let before = &history.recorded[..end];
        let by = &history.recorded[end].2;
        prop_assert!(by.roles.holds(Role::Controller) && !by.roles.holds(Role::Dpo));
        let is_held = before.iter().any(|it| matches!(it.0, Event::ReviewHeld { .. }));
        prop_assert!(is_held);
        let submitted = before.iter().rposition(|it| matches!(it.0, Event::ReviewSubmitted {}));
        let returned = before.iter().rposition(|it| matches!(it.0, Event::ReviewReturned { .. }));
        prop_assert!(returned < submitted);
        let wrote = before.iter().filter(|it| matches!(it.0, Event::MinutesWritten { .. }));
        let mut wrote = wrote.map(|(.., by)| by.actor).filter(|it| matches!(it, Actor::User(_)));
        prop_assert!(wrote.all(|actor| actor != by.actor));
    }
}

fn is_approved(event: &Event) -> bool {
    matches!(event, Event::ReviewApproved(_))
}

/// The properties above would hold of a domain that never approves anything.
#[test]
fn the_generated_sequences_reach_approved_reviews() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let approved = (0..200)
        .filter(|_| {
            let commands = commands().new_tree(&mut runner).expect("a sequence").current();
            play(&commands).recorded.iter().any(|(event, ..)| is_approved(event))
        })
        .count();
    assert!(20 < approved, "only {approved} of 200 sequences approve a review");
}
