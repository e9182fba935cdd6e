//! Events that the histories are made of.

use super::*;

/// What only the case's own page tells.
pub(super) fn said() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::InformationAdded { text: text("it was found") }),
        Just(Event::ReporterAsked { question: QuestionId(Uuid::from_u128(31)), text: text("?") }),
        Just(Event::ReporterAnswered {
            question: QuestionId(Uuid::from_u128(31)),
            text: text("!")
        }),
    ]
}

pub(super) fn erasure() -> impl Strategy<Value = Event> {
    let (ground, basis) = (ErasureGround::Ordered, "26/1".to_owned());
    let person = move |person, part| {
        let basis = "26/1".to_owned();
        Just(Event::PersonErased { person, part, ground, basis })
    };
    prop_oneof![
        Just(Event::CaseErased { ground, basis }),
        person(REPORTER, PartInCase::Reporter),
        person(INVOLVED, PartInCase::Involved),
    ]
}

pub(super) fn memo() -> Memo {
    Memo {
        orientation: text("1"),
        description: text("2"),
        rules: text("3"),
        discussion: text("4"),
        assessment: text("5"),
        conclusion: text("6"),
    }
}
