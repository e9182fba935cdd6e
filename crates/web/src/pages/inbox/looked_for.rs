//! What somebody looks for among the cases: out of an address or a form, and back into them.

use std::str::FromStr;

use domain::case::Phase;
use domain::category::CategoryId;
use domain::ids::{UnitId, UserId};
use domain::organisation::Criteria;
use strum::IntoEnumIterator;
use views::inbox::Filter;

use crate::fault::Fault;
use crate::forms::{Choice, Posted};
use crate::routes;
use crate::text::Texts;

/// Where a case may stand to be listed. That it is open, and that it is in a certain phase, are
/// one question, so that no two answers contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stand {
    #[default]
    Open,
    Closed,
    Any,
    In(Phase),
}

const OPEN: &str = "open";
const ANY_CLOSED: &str = "any_closed";
const ANY: &str = "any";

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LookedFor {
    stand: Stand,
    category: Option<CategoryId>,
    unit: Option<UnitId>,
    handler: Option<UserId>,
    words: String,
}

/// Every answer to where a case stands.
pub(super) fn phases(texts: Texts) -> Vec<Choice> {
    let whole = [OPEN, ANY_CLOSED, ANY];
    let whole = whole.map(|value| Choice::new(value, texts.say(&format!("inbox-phase-{value}"))));
    whole.into_iter().chain(Choice::terms::<Phase>(texts, "phase")).collect()
}

/// The page that was asked for; the first, where none was.
pub(super) fn page_number(asked: &Posted) -> usize {
    asked.text("page").parse().unwrap_or(1)
}

impl LookedFor {
    /// What an address or a form asks for. Both are made by our own pages, so that what stands in
    /// them has been chosen from lists.
    pub(super) fn read(asked: &Posted) -> Result<Self, Fault> {
        Ok(Self {
            stand: chosen(asked, "phase")?.unwrap_or_default(),
            category: chosen(asked, "category")?,
            unit: chosen(asked, "unit")?,
            handler: chosen(asked, "handler")?,
            words: asked.text("words").to_owned(),
        })
    }

    /// The same without the words, which an address does not hold.
    pub(super) fn without_words(self) -> Self {
        Self { words: String::new(), ..self }
    }

    /// Whether words are searched for.
    pub(super) fn is_search(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether it is anything but the open cases.
    pub(super) fn is_narrowed(&self) -> bool {
        *self != Self::default()
    }

    /// The same as the service is asked for it.
    pub(super) fn filter(&self) -> Filter {
        let (phase, closed) = match self.stand {
            Stand::Open => (None, Some(false)),
            Stand::Closed => (None, Some(true)),
            Stand::Any => (None, None),
            Stand::In(phase) => (Some(phase), None),
        };
        Filter {
            phase,
            closed,
            category: self.category.clone(),
            unit: self.unit,
            handler: self.handler,
            words: self.words.clone(),
        }
    }

    /// The same as it is kept; the words are not.
    pub(super) fn criteria(&self) -> Criteria {
        let Filter { phase, closed, category, unit, handler, .. } = self.filter();
        Criteria { phase, closed, category, unit, handler }
    }

    /// What was kept.
    pub(super) fn kept(criteria: &Criteria) -> Self {
        let stand = match (criteria.phase, criteria.closed) {
            (Some(phase), _) => Stand::In(phase),
            (None, Some(false)) => Stand::Open,
            (None, Some(true)) => Stand::Closed,
            (None, None) => Stand::Any,
        };
        Self {
            stand,
            category: criteria.category.clone(),
            unit: criteria.unit,
            handler: criteria.handler,
            words: String::new(),
        }
    }

    /// The fields of the form that asks for it.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let words = self.is_search().then(|| ("words", self.words.clone()));
        self.chosen_fields().into_iter().chain(words).collect()
    }

    /// Where it is listed; the words stay out of the address.
    pub(super) fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() {
            routes::INBOX.to_owned()
        } else {
            format!("{}?{query}", routes::INBOX)
        }
    }

    /// The same, up to where the number of a page follows.
    pub(super) fn paging_address(&self) -> String {
        let query = self.query();
        let and = if query.is_empty() { "" } else { "&" };
        format!("{}?{query}{and}page=", routes::INBOX)
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.chosen_fields()).finish()
    }

    fn chosen_fields(&self) -> Vec<(&'static str, String)> {
        let stand = (self.stand != Stand::Open).then(|| self.stand.name().to_owned());
        let fields = [
            ("phase", stand),
            ("category", self.category.as_ref().map(ToString::to_string)),
            ("unit", self.unit.map(|unit| unit.to_string())),
            ("handler", self.handler.map(|user| user.to_string())),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl Stand {
    fn name(self) -> &'static str {
        match self {
            Self::Open => OPEN,
            Self::Closed => ANY_CLOSED,
            Self::Any => ANY,
            Self::In(phase) => phase.into(),
        }
    }
}

impl FromStr for Stand {
    type Err = Fault;

    fn from_str(name: &str) -> Result<Self, Fault> {
        let all = [Self::Open, Self::Closed, Self::Any].into_iter();
        let mut all = all.chain(Phase::iter().map(Self::In));
        all.find(|it| it.name() == name).ok_or(Fault::Unreadable)
    }
}

fn chosen<T: FromStr>(asked: &Posted, name: &str) -> Result<Option<T>, Fault> {
    let text = asked.text(name);
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Fault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<LookedFor, Fault> {
        let posted = fields.iter().fold(Posted::default(), |it, (name, value)| it.and(name, value));
        LookedFor::read(&posted)
    }

    #[test]
    fn open_cases_are_listed_unless_something_else_is_asked_for() {
        let plain = read(&[("phase", ""), ("category", ""), ("words", "  ")]).unwrap();
        assert_eq!((plain.filter().closed, plain.filter().phase), (Some(false), None));
        assert!(!plain.is_narrowed() && !plain.is_search());
        assert_eq!((&*plain.address(), &*plain.paging_address()), ("/inbox", "/inbox?page="));
        let closed = read(&[("phase", "closed")]).unwrap().filter();
        assert_eq!((closed.phase, closed.closed), (Some(Phase::Closed), None));
        assert_eq!(read(&[("phase", "any_closed")]).unwrap().filter().closed, Some(true));
        assert_eq!(read(&[("phase", "any")]).unwrap().filter().closed, None);
    }

    #[test]
    fn words_are_searched_for_and_stand_in_no_address() {
        let looked_for = read(&[("category", "other"), ("words", "kråkenes")]).unwrap();
        assert!(looked_for.is_search());
        assert_eq!(looked_for.filter().words, "kråkenes");
        assert_eq!(looked_for.address(), "/inbox?category=other");
        assert_eq!(looked_for.paging_address(), "/inbox?category=other&page=");
        assert!(looked_for.fields().contains(&("words", "kråkenes".to_owned())));
    }

    #[test]
    fn what_is_kept_lists_the_same_cases_without_the_words() {
        for phase in ["", "closed", "any", "any_closed"] {
            let looked_for = read(&[("phase", phase), ("category", "other"), ("words", "x")]);
            let looked_for = looked_for.unwrap();
            let kept = LookedFor::kept(&looked_for.criteria());
            assert_eq!(kept, looked_for.without_words(), "{phase}");
        }
    }

    #[test]
    fn what_no_list_offers_is_not_read() {
        for (name, value) in [("phase", "lost"), ("unit", "7"), ("category", "Å")] {
            assert_eq!(read(&[(name, value)]), Err(Fault::Unreadable), "{name}");
        }
    }

    #[test]
    fn every_answer_is_read_back() {
        let texts = Texts::new(crate::language::Language::Nb);
        for choice in phases(texts) {
            assert_eq!(choice.value.parse::<Stand>().unwrap().name(), choice.value);
        }
    }
}
