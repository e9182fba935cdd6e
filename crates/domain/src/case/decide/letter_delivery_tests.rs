//! How a letter got to each of its recipients, recorded and planned.

use uuid::Uuid;

use super::super::super::letter::{
    Channel, Event as Happened, Letter, LetterText, Numbered, Progress, RecordDelivery,
    Refusal as No, Request, Way, bundles, way,
};
use super::super::super::spec::*;
use super::tests::{
    asks, drafted, no, record, recorded, sending, somebody, started, up_to_signature, words,
};
use super::*;

fn open(history: Vec<Event>) -> OpenCase {
    given(history).0.known().unwrap().clone()
}

fn letter(history: Vec<Event>) -> Letter {
    open(history).letters.get(1).unwrap().clone()
}

#[test]
fn once_everybody_is_reached_the_people_were_told() {
    let both = |progress| record(Channel::Print, progress, &[1, 2]);
    given(sending()).when(asks(both(Progress::Sent))).then([recorded(
        Channel::Print,
        Progress::Sent,
        &[1, 2],
    )]);
    let history =
        || sending().into_iter().chain([recorded(Channel::Print, Progress::Sent, &[1, 2])]);
    given(history()).when(asks(both(Progress::Sent))).then([]);
    let all_told = Event::PeopleTold(PeopleTold {
        told_at: monday(12),
        way: TellingWay::Letter,
        people: Some(3),
        account: text("title"),
    });
    given(history())
        .when(asks(record(Channel::ByHand, Progress::Sent, &[3])))
        .then([recorded(Channel::ByHand, Progress::Sent, &[3]), all_told]);
    let all = || history().chain([recorded(Channel::ByHand, Progress::Sent, &[3])]);
    given(all()).when(asks(both(Progress::Returned))).then([recorded(
        Channel::Print,
        Progress::Returned,
        &[1, 2],
    )]);
}

#[test]
fn a_protected_address_gets_nothing_by_itself_whatever_is_chosen() {
    for channel in [Channel::Email, Channel::Print, Channel::DigitalPost] {
        given(sending())
            .when(asks(record(channel, Progress::Sent, &[2, 3])))
            .then_refused(no(No::AddressProtected));
        let planned = way(&somebody(3, true).recipient, &[channel].into());
        assert!(matches!(planned, Way::ByHand(_)), "{planned:?}");
        let history = up_to_signature().into_iter().chain([started(&[channel])]).collect();
        assert_eq!(bundles(&letter(history), &[somebody(3, true)]), Vec::<Vec<&Numbered>>::new());
    }
    given(sending())
        .when(asks(record(Channel::Print, Progress::Sent, &[4])))
        .then_refused(no(No::NotOnTheList));
    given(up_to_signature())
        .when(asks(record(Channel::Print, Progress::Sent, &[1])))
        .then_refused(no(No::DispatchNotStarted));
}

#[test]
fn bundles_are_in_the_order_of_addresses_and_of_a_hundred_at_most() {
    let mut list: Vec<Numbered> = (1..=250).map(|number| somebody(number, false)).collect();
    list[0].recipient.postcode = "9999".to_owned();
    list[1].recipient.country = "Sverige".to_owned();
    list[2].recipient.postcode = String::new();
    let bundles = bundles(&letter(sending()), &list);
    let sizes: Vec<usize> = bundles.iter().map(Vec::len).collect();
    assert_eq!(sizes, [100, 100, 49], "the third has no postcode");
    let ending: Vec<u32> = bundles[2].iter().rev().take(2).map(|it| it.number).collect();
    assert_eq!(ending, [2, 1], "abroad last, and before it the highest postcode");
}

#[test]
fn what_the_carrier_calls_a_letter_is_kept_and_stays_known() {
    let (first, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let sent = Request::RecordDelivery(RecordDelivery {
        letter: 1,
        channel: Channel::DigitalPost,
        progress: Progress::Sent,
        recipients: [1].into(),
        consignments: vec![(1, first), (2, other)],
    });
    let kept = Happened::DeliveryRecorded {
        letter: 1,
        channel: Channel::DigitalPost,
        progress: Progress::Sent,
        recipients: [1].into(),
        consignments: Some(vec![(1, first)]),
    };
    given(sending()).when(asks(sent)).then([Event::Letter(kept.clone())]);
    let arrived = recorded(Channel::DigitalPost, Progress::Delivered, &[1]);
    let history = sending().into_iter().chain([Event::Letter(kept), arrived]);
    let case = given(history).0;
    let delivered = case.known().unwrap().letters.get(1).unwrap().deliveries[&1];
    assert_eq!((delivered.progress, delivered.consignment), (Progress::Delivered, Some(first)));
}

#[test]
fn whoever_one_way_fails_for_gets_it_by_the_next_that_was_chosen() {
    let ways = [Channel::Email, Channel::Print];
    let history = |channels: &[Channel], known: Vec<Event>| -> Letter {
        let begun = up_to_signature().into_iter().chain([started(channels)]);
        letter(begun.chain(known).collect())
    };
    let mailed = recorded(Channel::Email, Progress::Sent, &[1]);
    let failed = recorded(Channel::Email, Progress::Failed, &[2]);
    let (kari, per) = (somebody(1, false), somebody(2, false));
    let by_mail = history(&ways[..1], vec![mailed.clone(), failed.clone()]);
    assert_eq!(by_mail.waits_for(&per), Some(Channel::ByHand), "no other way was chosen");
    for then in [vec![started(&ways[1..])], vec![started(&ways)], vec![]] {
        let also = if then.is_empty() { &ways[..] } else { &ways[..1] };
        let known = vec![mailed.clone(), failed.clone()].into_iter().chain(then).collect();
        let letter = history(also, known);
        assert_eq!((letter.waits_for(&kari), letter.waits_for(&per)), (None, Some(Channel::Print)));
        let list = [kari.clone(), per.clone()];
        let printed = bundles(&letter, &list);
        assert_eq!(printed, [[&per]], "nobody gets on paper what they got by mail");
    }
}

#[test]
fn a_posted_bundle_remains_what_it_was_and_a_returned_letter_is_not_posted_again() {
    let posted = recorded(Channel::Print, Progress::Sent, &[1, 2]);
    let history = || sending().into_iter().chain([posted.clone()]).collect::<Vec<Event>>();
    let list = [somebody(1, false), somebody(2, false)];
    assert_eq!(bundles(&letter(history()), &list), [[&list[0], &list[1]]]);
    let returned = recorded(Channel::Print, Progress::Returned, &[1]);
    let history = || history().into_iter().chain([returned.clone()]);
    let came_back = letter(history().collect());
    assert_eq!(bundles(&came_back, &list), [[&list[1]]]);
    assert_eq!(came_back.waits_for(&list[0]), Some(Channel::ByHand));
    let again = recorded(Channel::Print, Progress::Queued, &[1]);
    let waits = letter(history().chain([again]).collect());
    assert_eq!(waits.waits_for(&list[0]), Some(Channel::Print), "the officer says so");
}

#[test]
fn the_people_were_told_once_everybody_has_every_letter() {
    let to_others = |it: Event| {
        let Event::Letter(Happened::LetterDrafted {
            version, kind, language, text, template, ..
        }) = it
        else {
            panic!("it is a draft")
        };
        let letter = 2;
        Event::Letter(Happened::LetterDrafted { letter, version, kind, language, text, template })
    };
    let all = || record(Channel::ByHand, Progress::Sent, &[1, 2, 3]);
    let all_told = || recorded(Channel::ByHand, Progress::Sent, &[1, 2, 3]);
    let second = to_others(drafted(1, words()));
    given(sending().into_iter().chain([second.clone()])).when(asks(all())).then([all_told()]);
    let taken_back = to_others(drafted(2, LetterText::from_parts(|_| text(""))));
    let decided = decide(
        &open(sending().into_iter().chain([second, taken_back]).collect()),
        &all(),
        &asks(all()),
    );
    assert_eq!(decided.unwrap().len(), 2, "a letter in no language goes to nobody");
}

#[test]
fn what_was_done_for_whoever_cannot_be_reached_is_not_said_by_itself() {
    let unreachable = recorded(Channel::ByHand, Progress::Unreachable, &[3]);
    let two = || recorded(Channel::Print, Progress::Sent, &[1, 2]);
    let history = || sending().into_iter().chain([unreachable.clone()]);
    given(history()).when(asks(record(Channel::Print, Progress::Sent, &[1, 2]))).then([two()]);
    let found = record(Channel::ByHand, Progress::Sent, &[3]);
    let case = open(history().chain([two()]).collect());
    let decided = decide(&case, &found, &asks(found.clone())).unwrap();
    assert!(matches!(decided[..], [_, Event::PeopleTold(_)]), "{decided:?}");
}
