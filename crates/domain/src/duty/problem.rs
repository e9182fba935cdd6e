//! What is wrong with a duty whose parts are well formed and do not fit together.

use super::{Condition, Duty, Ending, Jurisdiction, Start};
use crate::category::{Category, CategoryId, Localised, Step};

/// Ways in which one duty is triggered.
pub const TRIGGERS_MAX: usize = 20;

/// Stages of one duty.
pub const STAGES_MAX: usize = 20;

/// What is wrong with a duty as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyProblem {
    /// The way to the value that is to blame.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub wrong: WrongInDuty,
}

/// What can be wrong with a part of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongInDuty {
    /// Versions count from 1.
    VersionZero,
    /// It applies nowhere.
    NoJurisdiction,
    /// It ends before it begins to be valid.
    ValidBackwards,
    /// It is neither a law's nor the organisation's own target.
    NoCitation,
    /// There are more of them than allowed.
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// The trigger has no condition, so that it would always apply.
    NoCondition,
    /// An earlier stage has as many hours left.
    StageTwice,
    /// Nobody is alerted.
    NobodyAlerted,
    /// Nothing ends it.
    NoEnding,
    /// A target for answers starts with a question and ends with its answer, and with nothing
    /// else.
    QuestionAndAnswer,
    /// The main clock runs in every case and has no trigger.
    ClockOfEveryCase,
    /// The main clock runs from awareness.
    ClockFromAwareness,
    /// The main clock ends with the notification, or with the decision that there is to be none.
    ClockEndings,
    /// Nobody would hear of the main clock.
    ClockUnheard,
    /// The main clock does not run where the organisation is.
    ClockElsewhere,
    /// No version of the main clock is in force on the day.
    ClockNotInForce,
    /// There is no such category.
    NoSuchCategory,
    /// The category asks no such question.
    NoSuchQuestion,
    /// The question does not offer this answer.
    NotOffered {
        /// What it offers.
        offered: Box<[String]>,
    },
    /// The text is not there in a language that the title has.
    LanguageMissing {
        /// The language.
        language: String,
    },
}

impl Duty {
    /// What no single field shows to be wrong, in the order it stands in the duty.
    #[must_use]
    pub fn problems(&self) -> Vec<DutyProblem> {
        use WrongInDuty as Wrong;
        let mut found = Vec::new();
        let mut blame = |at: &[Step], wrong| found.push(DutyProblem { at: at.to_vec(), wrong });
        if self.version == 0 {
            blame(&[Step::Key("version")], Wrong::VersionZero);
        }
        if self.jurisdictions.is_empty() {
            blame(&[Step::Key("jurisdictions")], Wrong::NoJurisdiction);
        }
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && until < from
        {
            blame(&[Step::Key("valid-until")], Wrong::ValidBackwards);
        }
        for (key, text) in self.texts() {
            let missing = self.title.languages().find(|language| !text.has(language));
            if let Some(language) = missing {
                let language = language.to_owned();
                blame(&[Step::Key(key)], Wrong::LanguageMissing { language });
            }
        }
        if self.cite.is_none() && !self.own_target {
            blame(&[Step::Key("id")], Wrong::NoCitation);
        }
        let is_target = self.ends == [Ending::Answered].into();
        if is_target != (self.start == Start::Question) || self.answers_and_more() {
            blame(&[Step::Key("start")], Wrong::QuestionAndAnswer);
        }
        if self.ends.is_empty() {
            blame(&[Step::Key("ends")], Wrong::NoEnding);
        }
        found.extend(self.problems_in_lists());
        if self.id.is_notification() {
            found.extend(self.problems_of_main_clock());
        }
        found
    }

    /// What would let the clock of every case stand still or run unheard (GDPR art. 33(1)).
    fn problems_of_main_clock(&self) -> impl Iterator<Item = DutyProblem> {
        use WrongInDuty as Wrong;
        let ends = [Ending::AuthorityNotified, Ending::AuthorityNotToBeNotified];
        let is_told = |rule: &super::StageRule| rule.alerts.contains(&super::Alerted::Dpo);
        let key = |key| vec![Step::Key(key)];
        let trigger = vec![Step::Key("trigger"), Step::Index(0)];
        [
            (!self.triggers.is_empty(), trigger, Wrong::ClockOfEveryCase),
            (self.start != Start::Awareness, key("start"), Wrong::ClockFromAwareness),
            (self.ends != ends.into(), key("ends"), Wrong::ClockEndings),
            (!self.stages.iter().any(is_told), key("id"), Wrong::ClockUnheard),
        ]
        .into_iter()
        .filter(|(is_wrong, ..)| *is_wrong)
        .map(|(_, at, wrong)| DutyProblem { at, wrong })
    }

    /// What keeps it from being the main clock of an organisation in that jurisdiction.
    /// `is_in_force` tells whether this version or an earlier one covers a case of today.
    #[must_use]
    pub fn problem_as_main_clock(
        &self,
        jurisdiction: Jurisdiction,
        is_in_force: bool,
    ) -> Option<DutyProblem> {
        let problem = |key, wrong| Some(DutyProblem { at: vec![Step::Key(key)], wrong });
        if !self.jurisdictions.contains(&jurisdiction) {
            return problem("jurisdictions", WrongInDuty::ClockElsewhere);
        }
        if is_in_force {
            return None;
        }
        problem("valid-from", WrongInDuty::ClockNotInForce)
    }

    /// What its triggers ask that no case can answer: a category, a question or an answer that is
    /// not there. `categories` gives a category in every version that can be in use.
    #[must_use]
    pub fn problems_with<'a>(
        &self,
        categories: impl Fn(&CategoryId) -> Vec<&'a Category>,
    ) -> Vec<DutyProblem> {
        let mut found = Vec::new();
        for (index, trigger) in self.triggers.iter().enumerate() {
            for (place, condition) in trigger.when.iter().enumerate() {
                let wrong = asked_of_nobody(condition, &categories);
                found.extend(wrong.map(|(mut tail, wrong)| {
                    let mut at = vec![Step::Key("trigger"), Step::Index(index)];
                    at.extend([Step::Key("when"), Step::Index(place)]);
                    at.append(&mut tail);
                    DutyProblem { at, wrong }
                }));
            }
        }
        found
    }

    fn answers_and_more(&self) -> bool {
        self.ends.contains(&Ending::Answered) && 1 < self.ends.len()
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &Localised)> {
        let optional = [("cite", &self.cite), ("uncertain", &self.uncertain)];
        let optional = optional.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
        std::iter::once(("help", &self.help)).chain(optional)
    }

    fn problems_in_lists(&self) -> Vec<DutyProblem> {
        use WrongInDuty as Wrong;
        let mut found = Vec::new();
        let mut blame = |at: Vec<Step>, wrong| found.push(DutyProblem { at, wrong });
        if TRIGGERS_MAX < self.triggers.len() {
            let at = vec![Step::Key("trigger"), Step::Index(TRIGGERS_MAX)];
            blame(at, Wrong::TooMany { most: TRIGGERS_MAX });
        }
        for (index, trigger) in self.triggers.iter().enumerate() {
            if trigger.when.is_empty() {
                let at = vec![Step::Key("trigger"), Step::Index(index), Step::Key("when")];
                blame(at, Wrong::NoCondition);
            }
        }
        if STAGES_MAX < self.stages.len() {
            let at = vec![Step::Key("stage"), Step::Index(STAGES_MAX)];
            blame(at, Wrong::TooMany { most: STAGES_MAX });
        }
        for (index, rule) in self.stages.iter().enumerate() {
            let at = |key| vec![Step::Key("stage"), Step::Index(index), Step::Key(key)];
            if self.stages[..index].iter().any(|earlier| earlier.stage == rule.stage) {
                blame(at("hours-left"), Wrong::StageTwice);
            }
            if rule.alerts.is_empty() {
                blame(at("alerts"), Wrong::NobodyAlerted);
            }
        }
        found
    }
}

/// What a condition asks that no case can answer, and where in it that stands.
fn asked_of_nobody<'a>(
    condition: &Condition,
    categories: impl Fn(&CategoryId) -> Vec<&'a Category>,
) -> Option<(Vec<Step>, WrongInDuty)> {
    match condition {
        Condition::Category(any) => {
            let missing = any.iter().position(|id| categories(id).is_empty())?;
            Some((vec![Step::Key("is"), Step::Index(missing)], WrongInDuty::NoSuchCategory))
        }
        Condition::Answered { category, question, is } => {
            let versions = categories(category);
            if versions.is_empty() {
                return Some((vec![Step::Key("category")], WrongInDuty::NoSuchCategory));
            }
            let questions = versions.iter().flat_map(|category| &category.questions);
            let asked: Vec<_> = questions.filter(|it| it.name == *question).collect();
            if asked.is_empty() {
                return Some((vec![Step::Key("question")], WrongInDuty::NoSuchQuestion));
            }
            let offered: Vec<&str> = asked.iter().flat_map(|it| it.offered()).collect();
            let is_missing = |answer: &String| !offered.contains(&answer.as_str());
            // What is written freely can be anything.
            let missing = is.iter().position(is_missing).filter(|_| !offered.is_empty())?;
            let offered = offered.into_iter().map(str::to_owned).collect();
            let at = vec![Step::Key("is"), Step::Index(missing)];
            Some((at, WrongInDuty::NotOffered { offered }))
        }
        _ => None,
    }
}
