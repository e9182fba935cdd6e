//! What a category, its questions and the other parts of it are called; duties have such names too.

/// Characters in the name of a category or of a part of it.
pub const NAME_CHARACTERS_MAX: usize = 60;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug,
            Clone,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The name, if it can be one: 1 to 60 of the characters a to z, 0 to 9 and hyphen.
            pub fn new(name: impl Into<String>) -> Result<Self, $crate::category::NotAName> {
                let name = name.into();
                $crate::category::name::check(&name).map(|()| Self(name))
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::category::NotAName;

            fn try_from(name: String) -> Result<Self, Self::Error> {
                Self::new(name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::category::NotAName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::new(name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A category, by the name of its file: `lost-or-stolen-device`.
    CategoryId
);
name!(
    /// One of a category's questions, by its name within the category. Answers are stored under it.
    QuestionName
);
name!(
    /// One of a playbook's first actions, by its name within the category. A measure that came from
    /// it keeps it.
    ActionName
);
name!(
    /// One of the rules that make a report severe, by its name within the category. A case keeps
    /// which applied.
    SevereName
);
name!(
    /// One of a question's choices. It is what an answer stores; the label may be reworded.
    ChoiceValue
);

pub(crate) use name;

/// Whether a text can be such a name.
pub(crate) fn check(text: &str) -> Result<(), NotAName> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let fits = !text.is_empty() && text.len() <= NAME_CHARACTERS_MAX && text.bytes().all(allowed);
    if fits { Ok(()) } else { Err(NotAName) }
}

/// The text cannot name a category, a question, a choice or a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

impl std::fmt::Display for NotAName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a name is 1 to {NAME_CHARACTERS_MAX} of the characters a-z, 0-9 and hyphen")
    }
}

impl std::error::Error for NotAName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_plain() {
        assert_eq!(CategoryId::new("a").unwrap().as_str(), "a");
        assert_eq!(CategoryId::new("x".repeat(60)).unwrap().to_string().len(), 60);
        for wrong in ["", "Tapt", "æ", "a b", "a/b", "../a", "a_b", &"x".repeat(61)] {
            assert_eq!(CategoryId::new(wrong), Err(NotAName), "{wrong}");
            assert_eq!(wrong.parse::<QuestionName>(), Err(NotAName), "{wrong}");
        }
    }
}
