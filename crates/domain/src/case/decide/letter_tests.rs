//! Letters: written, listed, signed, sent, and what each step refuses.

use uuid::Uuid;

use super::super::super::command::{Acting, Command, Request as Asked};
use super::super::super::letter::{
    Flaw, KeptFile, Language, LetterText, Numbered, Obstacle, Part, Progress, Recipient,
    TemplateUsed,
};
use super::super::super::spec::*;
use super::*;
use crate::duty::Jurisdiction;
use crate::guard::{Confidential, What};
use crate::ids::AttachmentId;
use crate::{Role, guard};

pub(super) fn words() -> LetterText {
    LetterText::from_parts(|part| text(<&str>::from(part)))
}

pub(super) fn file(number: u128) -> KeptFile {
    KeptFile { file: AttachmentId(Uuid::from_u128(number)), length: 7, sha256: text("ab") }
}

pub(super) fn asks(request: Request) -> Command {
    by_dpo(Asked::Letter(request))
}

pub(super) fn controller_asks(request: Request) -> Command {
    by_controller(Asked::Letter(request))
}

pub(super) fn no(refusal: No) -> Refusal {
    Refusal::Letter(refusal)
}

pub(super) fn draft(letter: Option<u32>, text: LetterText) -> Request {
    let (kind, language, template) = (Kind::Letter, Language::Nb, None);
    Request::Draft(Box::new(Draft { letter, kind, language, text, template }))
}

pub(super) fn drafted(version: u32, text: LetterText) -> Event {
    let (letter, kind, language, template) = (1, Kind::Letter, Language::Nb, None);
    let text = Box::new(text);
    Event::Letter(Happened::LetterDrafted { letter, version, kind, language, text, template })
}

pub(super) fn somebody(number: u32, is_protected: bool) -> Numbered {
    let name = format!("Recipient {number}");
    let (postcode, place) = ("5003".to_owned(), "Bergen".to_owned());
    let email = "somebody@example.org".to_owned();
    let recipient = Recipient { name, postcode, place, email, is_protected, ..Default::default() };
    Numbered { number, recipient }
}

pub(super) fn list(before: Option<u32>, recipients: Vec<Numbered>) -> Request {
    let file = file(u128::from(before.unwrap_or_default()) + 10);
    Request::List(Recipients { letter: 1, before, file, recipients })
}

/// Three on the list, of whom the third has a protected address.
pub(super) fn listed(version: u32) -> Event {
    Event::Letter(Happened::RecipientsListed {
        letter: 1,
        version,
        file: file(u128::from(version) + 9),
        numbers: vec![(1, 3)],
        protected: [3].into(),
    })
}

pub(super) fn sign(version: u32, list: Option<u32>) -> Request {
    Request::Sign(Sign { letter: 1, version, list, document: file(20) })
}

pub(super) fn signed(version: u32, list: Option<u32>) -> Event {
    Event::Letter(Happened::LetterSigned { letter: 1, version, list, document: file(20) })
}

pub(super) fn start(channels: &[Channel]) -> Request {
    let confidential = Confidential { reporter: vec!["title".to_owned()], ..Default::default() };
    let channels = channels.iter().copied().collect();
    Request::StartDispatch(StartDispatch { letter: 1, channels, confidential })
}

pub(super) fn started(channels: &[Channel]) -> Event {
    let channels = channels.iter().copied().collect();
    Event::Letter(Happened::DispatchStarted { letter: 1, channels })
}

pub(super) fn record(channel: Channel, progress: Progress, recipients: &[u32]) -> Request {
    let recipients = recipients.iter().copied().collect();
    Request::RecordDelivery(RecordDelivery {
        letter: 1,
        channel,
        progress,
        recipients,
        consignments: Vec::new(),
    })
}

pub(super) fn recorded(channel: Channel, progress: Progress, recipients: &[u32]) -> Event {
    let recipients = recipients.iter().copied().collect();
    Event::Letter(Happened::DeliveryRecorded {
        letter: 1,
        channel,
        progress,
        recipients,
        consignments: None,
    })
}

pub(super) fn up_to_signature() -> Vec<Event> {
    vec![reported(), drafted(1, words()), listed(1), signed(1, Some(1))]
}

pub(super) fn sending() -> Vec<Event> {
    up_to_signature().into_iter().chain([started(&[Channel::Print])]).collect()
}

#[test]
fn a_letter_is_written_in_versions_with_parts_still_empty() {
    let half = || LetterText { advice: text(""), ..words() };
    given([reported()]).when(asks(draft(None, half()))).then([drafted(1, half())]);
    let history = || [reported(), drafted(1, half())];
    given(history()).when(asks(draft(Some(1), half()))).then([]);
    given(history()).when(asks(draft(Some(1), words()))).then([drafted(2, words())]);
    given(history()).when(asks(draft(Some(2), words()))).then_refused(no(No::LetterUnknown));
}

#[test]
fn what_a_template_left_open_is_missing() {
    let open = LetterText { contact: text("Ring {whom_to_ask}."), ..words() };
    assert_eq!(open.missing(), [Part::Contact]);
    assert_eq!(words().missing(), []);
    let template = TemplateUsed { template: "general".to_owned(), version: 1 };
    let (kind, language) = (Kind::Letter, Language::En);
    let draft = Draft { letter: None, kind, language, text: open, template: Some(template) };
    let Ok(events) =
        super::super::decide(&given([reported()]).0, &asks(Request::Draft(draft.into())))
    else {
        panic!("it is written")
    };
    given([reported()].into_iter().chain(events).chain([listed(1)]))
        .when(controller_asks(sign(1, Some(1))))
        .then_refused(no(No::LetterIncomplete { missing: vec![(Language::En, Part::Contact)] }));
}

#[test]
fn a_list_takes_the_place_of_the_one_that_was_seen() {
    let three = || vec![somebody(1, false), somebody(2, false), somebody(3, true)];
    let history = || [reported(), drafted(1, words())];
    given(history()).when(asks(list(None, three()))).then([listed(1)]);
    let listed_once = || history().into_iter().chain([listed(1)]);
    given(listed_once()).when(asks(list(None, three()))).then([]);
    given(listed_once()).when(asks(list(Some(1), three()))).then([listed(2)]);
    given(listed_once()).when(asks(list(Some(7), three()))).then_refused(no(No::ChangedSinceRead));
    given(history())
        .when(asks(list(None, vec![somebody(1, false), somebody(1, false)])))
        .then_refused(no(No::RecipientsOutOfBounds));
}

#[test]
fn the_controller_signs_what_is_whole_and_was_read() {
    let history = || [reported(), drafted(1, words()), listed(1)];
    given(history()).when(controller_asks(sign(1, Some(1)))).then([signed(1, Some(1))]);
    given(up_to_signature()).when(controller_asks(sign(1, Some(1)))).then([]);
    given(history()).when(controller_asks(sign(2, Some(1)))).then_refused(no(No::ChangedSinceRead));
    given(history()).when(controller_asks(sign(1, None))).then_refused(no(No::ChangedSinceRead));
    given([reported(), drafted(1, words())])
        .when(controller_asks(sign(1, None)))
        .then_refused(no(No::NothingToSign));
}

#[test]
fn whoever_prepares_a_letter_does_not_sign_it_nor_does_anybody_involved() {
    let history = || [reported(), drafted(1, words()), listed(1)];
    let refused = || no(No::OnlyTheControllerSigns);
    given(history()).when(asks(sign(1, Some(1)))).then_refused(refused());
    let both = Acting::user(CONTROLLER, [Role::Controller, Role::Dpo]);
    let request = Asked::Letter(sign(1, Some(1)));
    given(history()).when(command(monday(12), both, request)).then_refused(refused());
    let named = Event::PersonInvolved { user: crate::Erasable::about(CONTROLLER, CONTROLLER) };
    given(history().into_iter().chain([named]))
        .when(controller_asks(sign(1, Some(1))))
        .then_refused(Refusal::InvolvedInTheCase);
}

#[test]
fn a_change_after_signing_voids_the_signature() {
    let other = LetterText { advice: text("something else"), ..words() };
    for change in [drafted(2, other), listed(2)] {
        let history: Vec<Event> = up_to_signature().into_iter().chain([change]).collect();
        given(history.clone()).when(asks(start(&[Channel::Print]))).then_refused(no(No::NotSigned));
        let case = given(history).0;
        assert!(case.known().unwrap().letters.get(1).unwrap().signature().is_none());
    }
}

#[test]
fn it_is_sent_once_it_is_signed_and_stops_and_goes_on() {
    given(up_to_signature())
        .when(asks(start(&[Channel::Print])))
        .then([started(&[Channel::Print])]);
    given(sending()).when(asks(start(&[Channel::Print]))).then([]);
    let stopped = || Event::Letter(Happened::DispatchStopped { letter: 1, because: None });
    given(sending()).when(asks(Request::StopDispatch { letter: 1 })).then([stopped()]);
    let history = || sending().into_iter().chain([stopped()]);
    given(history()).when(asks(Request::StopDispatch { letter: 1 })).then([]);
    given(history()).when(asks(start(&[Channel::Print]))).then([started(&[Channel::Print])]);
    let because = Obstacle::NotTaken;
    let stopped_by_itself =
        Event::Letter(Happened::DispatchStopped { letter: 1, because: Some(because) });
    let give_up = || asks(Request::GiveUpDispatch { letter: 1, because });
    given(sending()).when(give_up()).then([stopped_by_itself.clone()]);
    given(history()).when(give_up()).then([]);
    given(sending().into_iter().chain([stopped_by_itself]))
        .when(asks(start(&[Channel::Print])))
        .then([started(&[Channel::Print])]);
    let not_to_tell = [people_decided()];
    given(up_to_signature().into_iter().chain(not_to_tell))
        .when(asks(start(&[Channel::Print])))
        .then_refused(Refusal::DecidedNotToTell);
}

#[test]
fn what_must_not_go_by_email_is_told_with_its_place() {
    let finding =
        guard::Finding { part: guard::Part::Subject, line: 1, column: 1, what: What::ReporterName };
    given(up_to_signature())
        .when(asks(start(&[Channel::Email])))
        .then_refused(no(No::NotByEmail { findings: vec![(Language::Nb, finding)] }));
}

#[test]
fn a_signed_letter_that_has_not_reached_everybody_is_outstanding() {
    use super::super::super::outstanding::Outstanding;
    let is_outstanding = |events: Vec<Event>| {
        let case = given(events).0;
        case.known().unwrap().outstanding().contains(&Outstanding::SendLetters)
    };
    assert!(!is_outstanding(vec![reported(), drafted(1, words())]));
    assert!(is_outstanding(up_to_signature()));
    let unreachable = [
        recorded(Channel::Print, Progress::Sent, &[1, 2]),
        recorded(Channel::ByHand, Progress::Unreachable, &[3]),
    ];
    assert!(!is_outstanding(sending().into_iter().chain(unreachable).collect()));
}

#[test]
fn a_notice_to_all_has_no_recipients_and_is_not_sent() {
    let (letter, version, kind, language) = (1, 1, Kind::WebNotice, Language::Nb);
    let (text, template) = (Box::new(words()), None);
    let event = Happened::LetterDrafted { letter, version, kind, language, text, template };
    let history = || [reported(), Event::Letter(event.clone())];
    given(history())
        .when(asks(list(None, vec![somebody(1, false)])))
        .then_refused(no(No::HasNoRecipients));
    given(history()).when(controller_asks(sign(1, None))).then([signed(1, None)]);
    given(history().into_iter().chain([signed(1, None)]))
        .when(asks(start(&[Channel::Print])))
        .then_refused(no(No::HasNoRecipients));
}

#[test]
fn no_more_letters_are_begun_than_a_case_can_have() {
    let history = (1..=LETTERS_MAX).map(|number| {
        let letter = u32::try_from(number).unwrap();
        let (kind, language) = (Kind::Letter, Language::Nb);
        let (version, text, template) = (1, Box::new(words()), None);
        Event::Letter(Happened::LetterDrafted { letter, version, kind, language, text, template })
    });
    given([reported()].into_iter().chain(history))
        .when(asks(draft(None, words())))
        .then_refused(no(No::TooManyLetters));
}

#[test]
fn what_is_wrong_with_a_recipient_is_told() {
    assert_eq!(somebody(1, false).recipient.flaws(Jurisdiction::No), []);
    let flawed = Recipient {
        name: " ".to_owned(),
        lines: vec!["10915596784".to_owned(); 5],
        email: "nobody".to_owned(),
        ..Recipient::default()
    };
    let expected = [Flaw::NoName, Flaw::TooManyLines, Flaw::NoMailAddress, Flaw::IdentityNumber];
    assert_eq!(flawed.flaws(Jurisdiction::No), expected);
    assert!(!format!("{:?}", somebody(1, false)).contains("Recipient 1"));
}

#[test]
fn a_postcode_is_one_of_the_organisations_own_country_or_another_is_given() {
    let flaws = |postcode: &str, country: &str, home| {
        let (postcode, country) = (postcode.to_owned(), country.to_owned());
        Recipient { postcode, country, ..somebody(1, false).recipient }.flaws(home)
    };
    for (postcode, home) in
        [("0150", Jurisdiction::No), ("", Jurisdiction::No), ("113 30", Jurisdiction::Se)]
    {
        assert_eq!(flaws(postcode, "", home), [], "{postcode}");
    }
    for (postcode, home) in
        [("150", Jurisdiction::No), ("11330", Jurisdiction::No), ("0150", Jurisdiction::Se)]
    {
        assert_eq!(flaws(postcode, "", home), [Flaw::NoPostcode], "{postcode}");
        assert_eq!(flaws(postcode, "Danmark", home), [], "{postcode}");
    }
}

#[test]
fn a_mailbox_is_found_by_a_number_that_is_one() {
    let with = |number: &str| {
        let recipient = somebody(1, false).recipient;
        Recipient { identity_number: Some(number.to_owned()), ..recipient }.flaws(Jurisdiction::No)
    };
    assert_eq!(with("10915596784"), []);
    assert_eq!(with("10915596785"), [Flaw::NoIdentityNumber]);
}
