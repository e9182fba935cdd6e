//! Given, when, then for taking a case in, and for putting it elsewhere.

use super::super::super::command::Request;
use super::super::super::spec::*;
use super::*;
use crate::category::{Action, ActionName, CountedFrom, Localised, Within};
use crate::{Role, Time};

fn receive(handler: UserId) -> Receive {
    Receive {
        category: lost_phone().category,
        unit: UNIT,
        handler,
        first_actions: Vec::new(),
        playbook: None,
    }
}

fn first(action: &str, measure: MeasureId) -> FirstAction {
    FirstAction { measure, action: ActionName::new(action).unwrap(), owner: LEADER }
}

/// Receives with these of the actions `wipe`, due 4 hours after receipt, and `ask`, due a day
/// after awareness.
fn with(first_actions: Vec<FirstAction>) -> Command {
    let action = |name: &str, within: &str, from| Action {
        name: ActionName::new(name).unwrap(),
        text: Localised::in_languages(&["nb", "sv"], name),
        owner: Role::SecurityOfficer,
        within: Within::try_from(within.to_owned()).unwrap(),
        from,
        only_if: None,
    };
    let playbook = Playbook {
        version: 3,
        actions: vec![
            action("wipe", "4h", CountedFrom::Receipt),
            action("ask", "1d", CountedFrom::Awareness),
        ],
        language: "sv".to_owned(),
    };
    let receive = Receive { first_actions, playbook: Some(playbook), ..receive(DPO) };
    by_dpo(Request::Receive(receive))
}

fn measure(action: &str, measure: MeasureId, due_at: Time) -> Event {
    Event::MeasureProposed {
        measure,
        kind: MeasureKind::Immediate,
        description: text(action),
        owner: LEADER,
        due_at,
        playbook: Some(FromPlaybook {
            category: lost_phone().category,
            version: 3,
            action: ActionName::new(action).unwrap(),
        }),
    }
}

fn received_under(category_version: Option<u32>) -> Event {
    Event::CaseReceived {
        category: lost_phone().category,
        category_version,
        unit: UNIT,
        handler: DPO,
    }
}

#[test]
fn first_actions_become_immediate_measures_that_say_where_they_came_from() {
    const OTHER: MeasureId = MeasureId(uuid::Uuid::from_u128(22));
    let receive = || with(vec![first("wipe", MEASURE), first("ask", OTHER)]);
    // Received at 12, aware since 8.
    let events = [
        received_under(Some(3)),
        measure("wipe", MEASURE, monday(16)),
        measure("ask", OTHER, monday(32)),
    ];
    given([reported()]).when(receive()).then(events.clone());
    given([reported()].into_iter().chain(events)).when(receive()).then([]);
    given([reported()]).when(with(Vec::new())).then([received_under(Some(3))]);
}

#[test]
fn an_action_that_the_playbook_does_not_have_is_refused() {
    let unknown =
        |action: &str| Refusal::ActionUnknown { action: ActionName::new(action).unwrap() };
    given([reported()]).when(with(vec![first("burn", MEASURE)])).then_refused(unknown("burn"));
    let without = Receive { first_actions: vec![first("wipe", MEASURE)], ..receive(DPO) };
    given([reported()]).when(by_dpo(Request::Receive(without))).then_refused(unknown("wipe"));
}

#[test]
fn nobody_involved_is_given_a_first_action() {
    let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
    given([reported(), involved])
        .when(with(vec![first("wipe", MEASURE)]))
        .then_refused(Refusal::OwnerInvolved { measure: MEASURE });
}

#[test]
fn two_measures_cannot_share_an_identifier() {
    let taken = Refusal::MeasureTaken { measure: MEASURE };
    given([reported()])
        .when(with(vec![first("wipe", MEASURE), first("ask", MEASURE)]))
        .then_refused(taken.clone());
    given([reported(), proposed()]).when(with(vec![first("wipe", MEASURE)])).then_refused(taken);
}

#[test]
fn a_report_is_received() {
    given([reported()]).when(by_dpo(Request::Receive(receive(DPO)))).then([received()]);
}

#[test]
fn receiving_twice_changes_nothing() {
    given([reported(), received()]).when(by_dpo(Request::Receive(receive(DPO)))).then([]);
}

#[test]
fn a_received_case_is_not_received_otherwise() {
    given([reported(), received()])
        .when(by_dpo(Request::Receive(receive(LEADER))))
        .then_refused(Refusal::AlreadyReceived);
}

#[test]
fn somebody_is_named_as_involved_once() {
    let name = || by_dpo(Request::NameInvolved(Erasable::about(LEADER, LEADER)));
    let named = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
    given([reported()]).when(name()).then([named.clone()]);
    given([reported(), named]).when(name()).then([]);
}

#[test]
fn somebody_involved_has_no_part_in_the_case() {
    given([reported(), Event::PersonInvolved { user: Erasable::about(DPO, DPO) }])
        .when(by_dpo(Request::Receive(receive(DPO))))
        .then_refused(Refusal::InvolvedInTheCase);
}

fn under(category: &str) -> CategoryId {
    CategoryId::new(category).unwrap()
}

/// Puts the case under another category, of version 7, with one first action: `take-down`.
fn reclassify(category: &str, first_actions: Vec<FirstAction>, dropped: &[MeasureId]) -> Command {
    let playbook = Playbook {
        version: 7,
        actions: vec![Action {
            name: ActionName::new("take-down").unwrap(),
            text: Localised::in_languages(&["nb", "sv"], "take-down"),
            owner: Role::SecurityOfficer,
            within: Within::try_from("1h".to_owned()).unwrap(),
            from: CountedFrom::Receipt,
            only_if: None,
        }],
        language: "sv".to_owned(),
    };
    by_dpo(Request::Reclassify(Reclassify {
        category: under(category),
        unit: UNIT,
        reason: text("not a phone"),
        dropped: dropped.iter().copied().collect(),
        first_actions,
        playbook: Some(playbook),
    }))
}

fn reclassified(category: &str, version: Option<u32>, dropped: &[MeasureId]) -> Event {
    Event::Custody(custody::Event::CaseReclassified {
        category: under(category),
        category_version: version,
        unit: UNIT,
        reason: text("not a phone"),
        dropped: dropped.iter().copied().collect(),
    })
}

fn received_with_wipe() -> Vec<Event> {
    vec![reported(), received_under(Some(3)), measure("wipe", MEASURE, monday(16))]
}

#[test]
fn a_wrong_category_is_put_right_with_the_first_actions_of_the_right_one() {
    const NEW: MeasureId = MeasureId(uuid::Uuid::from_u128(23));
    let it = || reclassify("publication-in-error", vec![first("take-down", NEW)], &[MEASURE]);
    let proposed = Event::MeasureProposed {
        measure: NEW,
        kind: MeasureKind::Immediate,
        description: text("take-down"),
        owner: LEADER,
        due_at: monday(13),
        playbook: Some(FromPlaybook {
            category: under("publication-in-error"),
            version: 7,
            action: ActionName::new("take-down").unwrap(),
        }),
    };
    let events = [reclassified("publication-in-error", Some(7), &[MEASURE]), proposed];
    given(received_with_wipe()).when(it()).then(events.clone());
    let Given(after) = given(received_with_wipe().into_iter().chain(events));
    let known = after.known().unwrap();
    assert_eq!(
        (known.category(), known.category_version()),
        (&under("publication-in-error"), Some(7))
    );
    assert_eq!(known.receipt.as_ref().unwrap().handler, DPO, "the handler stays");
    assert_eq!(known.measures.keys().collect::<Vec<_>>(), [&NEW]);
    Given(after).when(it()).then([]);
}

#[test]
fn a_first_action_that_fell_away_keeps_no_case_waiting() {
    use super::super::super::standing::Standing;
    let stands = |history: &[Event]| {
        let mut standing = Standing::reported(None, monday(8));
        for event in history {
            standing.apply(event);
        }
        standing
    };
    let before = received_with_wipe();
    let gone = reclassified("publication-in-error", Some(7), &[MEASURE]);
    assert!(Standing::is_moved_by(&gone));
    let after: Vec<Event> = before.iter().cloned().chain([gone]).collect();
    assert_ne!(stands(&before), stands(&before[..2]));
    assert_eq!(stands(&after), stands(&before[..2]));
}

#[test]
fn only_what_the_other_category_brought_and_nobody_did_falls_away() {
    let stays = |history: Vec<Event>| {
        given(history)
            .when(reclassify("publication-in-error", Vec::new(), &[MEASURE]))
            .then_refused(Refusal::MeasureStays { measure: MEASURE });
    };
    stays(vec![reported(), received(), proposed()]);
    let done =
        Event::MeasureCompleted { measure: MEASURE, account: text("wiped"), review_due_at: None };
    stays(received_with_wipe().into_iter().chain([done]).collect());
    given([reported(), received()])
        .when(reclassify("publication-in-error", Vec::new(), &[MEASURE]))
        .then_refused(Refusal::MeasureUnknown { measure: MEASURE });
    // What fell away does not come back under its identifier.
    let gone = [reclassified("publication-in-error", Some(7), &[MEASURE])];
    given(received_with_wipe().into_iter().chain(gone))
        .when(reclassify("other", vec![first("take-down", MEASURE)], &[]))
        .then_refused(Refusal::MeasureTaken { measure: MEASURE });
}

#[test]
fn a_case_is_put_elsewhere_with_a_reason_while_it_is_open_and_taken_in() {
    given([reported()])
        .when(reclassify("other", Vec::new(), &[]))
        .then_refused(Refusal::NotReceived);
    given(closed()).when(reclassify("other", Vec::new(), &[])).then_refused(Refusal::CaseIsClosed);
    let no_reason = Request::Reclassify(Reclassify {
        category: under("other"),
        unit: UNIT,
        reason: text(" "),
        dropped: BTreeSet::new(),
        first_actions: Vec::new(),
        playbook: None,
    });
    given([reported(), received()])
        .when(by_dpo(no_reason))
        .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    let own = lost_phone().category.to_string();
    given([reported(), received()]).when(reclassify(&own, Vec::new(), &[])).then([]);
}

#[test]
fn a_case_stays_where_it_is_while_its_memo_lies_with_the_controller() {
    let put = || reclassify("other", Vec::new(), &[]);
    let submitted = [reported(), received(), memo_submitted(1)];
    given(submitted.clone()).when(put()).then_refused(Refusal::MemoWithController);
    let own = lost_phone().category.to_string();
    given(submitted.clone()).when(reclassify(&own, Vec::new(), &[])).then([]);
    let returned = Event::CaseReturned { follow_ups: vec![text("the wrong category")] };
    given(submitted.into_iter().chain([returned])).when(put()).then([reclassified(
        "other",
        Some(7),
        &[],
    )]);
}
