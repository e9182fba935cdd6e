//! What is wrong with the form of a notification, in words.

use std::fmt;

use domain::category::Step;
use domain::notification::{TemplateProblem, ViewProblem, WrongInTemplate, WrongInView};

use super::{Problem, quoted};

impl Problem for TemplateProblem {
    const KIND: &'static str = "template";
    const USED: &'static str = "what was sent under it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use WrongInTemplate as Wrong;
        match &self.wrong {
            Wrong::VersionZero => write!(f, "versions count from 1"),
            Wrong::NamedTwice => write!(f, "an earlier one has this id; each has its own"),
            Wrong::NoChoices => {
                write!(
                    f,
                    "the kinds `choice` and `choices` need 2 or more [[section.field.choice]]"
                )
            }
            Wrong::ChoicesNotAsked => write!(
                f,
                "only the kinds `choice` and `choices` have [[section.field.choice]]; remove them \
                 or change the kind"
            ),
            Wrong::NotWritten => {
                write!(f, "only the kinds `text` and `area` have a longest length")
            }
            Wrong::DoesNotFit => {
                write!(f, "that cannot stand in a field of this kind; change the one or the other")
            }
            Wrong::NoSuchField => write!(f, "the template has no field with this number"),
            Wrong::NotAskedBefore => {
                write!(f, "this field is not asked before; a condition names an earlier field")
            }
            Wrong::NotOffered { offered } if offered.is_empty() => {
                write!(f, "nothing is chosen in that field; a condition names one with choices")
            }
            Wrong::NotOffered { offered } => {
                let offered: Vec<String> = offered.iter().map(ToString::to_string).collect();
                write!(f, "the field does not offer this, but {}", quoted(&offered))
            }
            Wrong::ProposedByField => write!(
                f,
                "what is proposed rests on `fact` or `case`; on other fields only `shown-when` does"
            ),
            Wrong::LanguageMissing { language } => {
                write!(f, "the text is missing in the language `{language}`, which the title has")
            }
        }
    }
}

impl Problem for ViewProblem {
    const KIND: &'static str = "view";
    const USED: &'static str = "what was sent under it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.wrong {
            WrongInView::VersionZero => "versions count from 1",
            WrongInView::NamedTwice => "an earlier section has this id; each has its own",
            WrongInView::Empty => "at least one is needed",
            WrongInView::NoSuchTemplate => "there is no template with this id",
            WrongInView::NoSuchField => "the template has no field with this number",
            WrongInView::ShownTwice => "an earlier part of the view shows this field already",
        })
    }
}
