//! DPC, the data processing context: each category of data is scored by itself, and the highest
//! counts. The basic score is raised or lowered by how much the data tells.

use super::{Because, Factor, FactorKind, factor};
use crate::case::facts::{Fact, Facts, UNKNOWN};
use crate::duty::Verdict;

/// What decides how much the data tells.
struct Setting {
    insight: &'static str,
    reveals_sensitive: bool,
    endangers: bool,
}

type Scored = fn(&Setting) -> (u8, Because);

/// The categories of the method, with the kinds of data that belong to each. Credentials belong to
/// what they open, which is listed beside them; a login alone tells of habits.
const CATEGORIES: [(&[&str], Scored); 5] = [
    (&["identification", "contact", "work_or_school", "pictures", "identity_number"], simple),
    (&["behaviour", "credentials"], behavioural),
    (&["financial"], financial),
    (
        &[
            "confidential",
            "health",
            "special_categories",
            "offences",
            "social_services",
            "child_welfare",
        ],
        sensitive,
    ),
    (&[UNKNOWN], unknown),
];

pub(super) fn data_context(facts: &Facts) -> Factor {
    let setting = Setting {
        insight: facts.one(Fact::Insight),
        reveals_sensitive: facts.verdict(Fact::RevealsSensitive) == Verdict::Yes,
        endangers: facts.verdict(Fact::ProtectedAddress) == Verdict::Yes
            || facts
                .answer(Fact::Consequences)
                .is_some_and(|it| it.words().contains(&"physical_danger")),
    };
    let scores = CATEGORIES
        .iter()
        .filter(|(kinds, _)| facts.has_any(Fact::Data, kinds))
        .map(|(_, score)| score(&setting));
    // Of several that are as high, the one that says most about the data comes last.
    let (score, because) =
        scores.max_by_key(|(score, _)| *score).unwrap_or((1, Because::SimpleData));
    let of = [Fact::Data, Fact::Insight, Fact::RevealsSensitive];
    let mut found = factor(FactorKind::DataContext, facts, &of, (4 * score, because));
    // That nothing sensitive can be guessed is the rule, and no reason to doubt the score.
    found.is_provisional = facts.is_open(Fact::Data) || setting.insight == UNKNOWN;
    if !setting.reveals_sensitive {
        found.facts.retain(|fact| *fact != Fact::RevealsSensitive);
    }
    found
}

fn simple(it: &Setting) -> (u8, Because) {
    match it.insight {
        _ if it.endangers => (4, Because::Endangering),
        _ if it.reveals_sensitive => (3, Because::SensitiveGuess),
        "detailed" => (2, Because::SimpleDataInDetail),
        _ => (1, Because::SimpleData),
    }
}

fn behavioural(it: &Setting) -> (u8, Because) {
    match it.insight {
        _ if it.reveals_sensitive => (4, Because::SensitiveProfile),
        "none" | "little" => (1, Because::BehaviouralLittle),
        "detailed" => (3, Because::BehaviouralProfile),
        _ => (2, Because::BehaviouralData),
    }
}

fn financial(it: &Setting) -> (u8, Because) {
    match it.insight {
        "none" => (1, Because::FinancialNone),
        "little" => (2, Because::FinancialLittle),
        "detailed" => (4, Because::FinancialInDetail),
        _ => (3, Because::FinancialData),
    }
}

fn sensitive(it: &Setting) -> (u8, Because) {
    match it.insight {
        "none" | "little" if it.reveals_sensitive => (3, Because::SensitiveGuess),
        "none" => (1, Because::SensitiveNone),
        "little" => (2, Because::SensitiveLittle),
        _ => (4, Because::SensitiveData),
    }
}

/// At least what simple data scores, and no less than the middle until somebody knows.
fn unknown(it: &Setting) -> (u8, Because) {
    let (score, _) = simple(it);
    (score.max(2), Because::DataUnknown)
}
