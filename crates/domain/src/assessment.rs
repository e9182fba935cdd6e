//! What follows from the facts of a case, with reasons: how severe the breach is by the method of
//! ENISA, and what is advised by rules that an organisation can read and change. Advice, never the
//! decision.

pub mod advice;
pub mod condition;
pub mod problem;
pub mod rules;
pub mod severity;

pub use advice::{Advice, Cleared, Fired, advise};
pub use condition::{Condition, Judged};
pub use problem::{RulebookProblem, WrongInRulebook};
pub use rules::{Ground, GroundName, Rule, RuleName, Rulebook, RulebookId};
pub use severity::{Band, Because, Factor, FactorKind, Flag, Overrides, Severity, severity};
