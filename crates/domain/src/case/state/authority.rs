//! The question of notifying the authority, as the commands find it.

use crate::case::event::{AuthorityDecision, Capacity};
use crate::case::practice::HeldAgainst;
use crate::notification::{Draft, Notice, NoticeContent, NoticeKind};
use crate::{Erasable, Time};

/// The question of notifying the authority.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Authority {
    /// The standing decision.
    pub decided: Option<AuthorityDecided>,
    /// The notification, once sent and while it is not withdrawn.
    pub notified: Option<Notified>,
    /// Everything that was sent, the first one first.
    pub notices: Vec<Notice>,
    /// What is written for the next notice.
    pub draft: Option<Draft>,
    /// Whether the standing decision to notify was carried out and taken back.
    pub(in crate::case) is_decision_spent: bool,
}

impl Authority {
    /// Whether the question is answered: by a notification, or a decision not to notify.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.notified.is_some() || self.decision() == Some(AuthorityDecision::DoNotNotify)
    }

    /// The standing decision; none while one is due anew, because what was sent was withdrawn.
    #[must_use]
    pub fn decision(&self) -> Option<AuthorityDecision> {
        let decided = self.decided.as_ref().filter(|_| !self.is_decision_spent);
        decided.map(|decided| decided.decision)
    }

    /// What the next notice would be for.
    #[must_use]
    pub fn next_notice(&self) -> NoticeKind {
        if self.notified.is_some() { NoticeKind::Supplement } else { NoticeKind::Initial }
    }

    /// What the authority was last told, in words, where it was written here.
    #[must_use]
    pub fn last_content(&self) -> Option<&NoticeContent> {
        let mut standing = self.standing_notices().iter().rev();
        standing.find_map(|notice| notice.sent.content.as_deref())
    }

    /// Whether the latest that was sent takes back everything before.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.notices.last().is_some_and(|notice| notice.kind == NoticeKind::Withdrawal)
    }

    /// The notice that the authority has, with everything added to it: those since the last one
    /// that was a first, none where it was withdrawn.
    #[must_use]
    pub fn standing_notices(&self) -> &[Notice] {
        let first = self.notices.iter().rposition(|it| it.kind == NoticeKind::Initial);
        let standing = first.filter(|_| !self.is_withdrawn()).map(|first| &self.notices[first..]);
        standing.unwrap_or_default()
    }
}

/// A decision on notifying the authority.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorityDecided {
    /// The decision.
    pub decision: AuthorityDecision,
    /// Why.
    pub grounds: Erasable<String>,
    /// Why it departs from the advice, where it does.
    pub departure: Option<Erasable<String>>,
    /// In which capacity it was taken.
    pub capacity: Capacity,
    /// What it was held against.
    pub held_against: Option<Box<HeldAgainst>>,
}

impl AuthorityDecided {
    /// Whether another says the same. What it was held against may have changed since.
    pub(in crate::case) fn is_the_same(&self, other: &Self) -> bool {
        let said = |it: &Self| (it.decision, it.grounds.clone(), it.departure.clone(), it.capacity);
        said(self) == said(other)
    }
}

/// A notification of the authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Notified {
    /// When it was sent.
    pub sent_at: Time,
    /// The reference it was given.
    pub reference: String,
    /// Why it came after the deadline, where it did.
    pub reasons_for_delay: Option<Erasable<String>>,
}
