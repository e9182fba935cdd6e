//! Yes, no, or not known yet: what is said of facts, and what follows from them.

use serde::{Deserialize, Serialize};

/// Whether something is so. What is not known lies between no and yes, so that learning more in one
/// direction never turns an answer in the other.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// It is not.
    No,
    /// Nobody can say yet.
    #[default]
    Unknown,
    /// It is.
    Yes,
}

impl Verdict {
    /// Yes or no.
    #[must_use]
    pub fn known(is_so: bool) -> Self {
        if is_so { Self::Yes } else { Self::No }
    }

    /// Whether all of these are so: no as soon as one is not. Nothing at all is so.
    pub fn all(of: impl IntoIterator<Item = Self>) -> Self {
        of.into_iter().min().unwrap_or(Self::Yes)
    }

    /// Whether any of these is so: yes as soon as one is.
    pub fn any(of: impl IntoIterator<Item = Self>) -> Self {
        of.into_iter().max().unwrap_or(Self::No)
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{No, Unknown, Yes};
    use super::*;

    #[test]
    fn all_and_any_are_kleenes() {
        assert_eq!(Verdict::all([Yes, Unknown]), Unknown);
        assert_eq!(Verdict::all([Unknown, No]), No);
        assert_eq!(Verdict::all([Yes, Yes]), Yes);
        assert_eq!(Verdict::all([]), Yes);
        assert_eq!(Verdict::any([Yes, Unknown]), Yes);
        assert_eq!(Verdict::any([Unknown, No]), Unknown);
        assert_eq!(Verdict::any([No, No]), No);
        assert_eq!(Verdict::any([]), No);
    }
}
