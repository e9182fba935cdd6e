//! What is wrong with a rulebook whose parts are well formed and do not fit together.

use super::condition::{Condition, Towards};
use super::rules::{GroundName, Rulebook};
use crate::case::event::Outcome;
use crate::category::{Localised, Step};

/// Rules and grounds of one book, each.
pub const RULES_MAX: usize = 100;

/// What is wrong with a rulebook as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookProblem {
    /// The way to the value that is to blame.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub wrong: WrongInRulebook,
}

/// What can be wrong with a part of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongInRulebook {
    /// Versions count from 1.
    VersionZero,
    /// It applies nowhere.
    NoJurisdiction,
    /// It ends before it begins to be valid.
    ValidBackwards,
    /// There are more of them than allowed.
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// An earlier one has this name.
    NamedTwice,
    /// The book has no ground of this name.
    NoSuchGround,
    /// There is no condition, so that it would always apply.
    NoCondition,
    /// The condition looks in the wrong direction: a worse fact could then give milder advice.
    WrongDirection {
        /// The direction in which it must look.
        must: Towards,
    },
    /// The rule advises nothing beyond what is advised anyway.
    AdvisesNothing,
    /// The text is not there in a language that the title has.
    LanguageMissing {
        /// The language.
        language: String,
    },
}

impl Rulebook {
    /// What no single field shows to be wrong, in the order it stands in the book.
    #[must_use]
    pub fn problems(&self) -> Vec<RulebookProblem> {
        use WrongInRulebook as Wrong;
        let mut found = Found(Vec::new());
        if self.version == 0 {
            found.blame(vec![Step::Key("version")], Wrong::VersionZero);
        }
        if self.jurisdictions.is_empty() {
            found.blame(vec![Step::Key("jurisdictions")], Wrong::NoJurisdiction);
        }
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && until < from
        {
            found.blame(vec![Step::Key("valid-until")], Wrong::ValidBackwards);
        }
        self.hold_grounds(&["clears-all"], None, &self.clears_all, &mut found);
        let grounds: Vec<_> = self.grounds.iter().map(|it| it.name.as_str()).collect();
        hold_list("ground", &grounds, &mut found);
        for (index, it) in self.grounds.iter().enumerate() {
            let texts = [("reason", &it.reason), ("cite", &it.cite)];
            self.hold_texts(("ground", index), texts, &mut found);
            hold_conditions(("ground", index), &it.when, Towards::Better, &mut found);
        }
        let rules: Vec<_> = self.rules.iter().map(|it| it.name.as_str()).collect();
        hold_list("rule", &rules, &mut found);
        for (index, it) in self.rules.iter().enumerate() {
            let at = |key| vec![Step::Key("rule"), Step::Index(index), Step::Key(key)];
            if it.outcome == Outcome::DocumentOnly {
                found.blame(at("outcome"), Wrong::AdvisesNothing);
            }
            let texts = [("reason", &it.reason), ("cite", &it.cite)];
            self.hold_texts(("rule", index), texts, &mut found);
            hold_conditions(("rule", index), &it.when, Towards::Worse, &mut found);
            self.hold_grounds(&["rule", "unless"], Some(index), &it.unless, &mut found);
        }
        found.0
    }

    fn hold_grounds(
        &self,
        keys: &[&'static str],
        index: Option<usize>,
        names: &[GroundName],
        found: &mut Found,
    ) {
        for (place, name) in names.iter().enumerate() {
            if self.ground(name).is_none() {
                let mut at = vec![Step::Key(keys[0])];
                at.extend(index.map(Step::Index));
                at.extend(keys[1..].iter().map(|key| Step::Key(key)));
                at.push(Step::Index(place));
                found.blame(at, WrongInRulebook::NoSuchGround);
            }
        }
    }

    fn hold_texts(
        &self,
        (list, index): (&'static str, usize),
        texts: [(&'static str, &Localised); 2],
        found: &mut Found,
    ) {
        for (key, text) in texts {
            let missing = self.title.languages().find(|language| !text.has(language));
            if let Some(language) = missing {
                let language = language.to_owned();
                let at = vec![Step::Key(list), Step::Index(index), Step::Key(key)];
                found.blame(at, WrongInRulebook::LanguageMissing { language });
            }
        }
    }
}

struct Found(Vec<RulebookProblem>);

impl Found {
    fn blame(&mut self, at: Vec<Step>, wrong: WrongInRulebook) {
        self.0.push(RulebookProblem { at, wrong });
    }
}

fn hold_list(list: &'static str, names: &[&str], found: &mut Found) {
    if RULES_MAX < names.len() {
        let at = vec![Step::Key(list), Step::Index(RULES_MAX)];
        found.blame(at, WrongInRulebook::TooMany { most: RULES_MAX });
    }
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            let at = vec![Step::Key(list), Step::Index(index), Step::Key("id")];
            found.blame(at, WrongInRulebook::NamedTwice);
        }
    }
}

fn hold_conditions(
    (list, index): (&'static str, usize),
    conditions: &[Condition],
    must: Towards,
    found: &mut Found,
) {
    let at = || vec![Step::Key(list), Step::Index(index), Step::Key("when")];
    if conditions.is_empty() {
        found.blame(at(), WrongInRulebook::NoCondition);
    }
    for (place, condition) in conditions.iter().enumerate() {
        if condition.towards() != must {
            let mut at = at();
            at.push(Step::Index(place));
            found.blame(at, WrongInRulebook::WrongDirection { must });
        }
    }
}
