//! Which language a reader gets: the one they chose, else one their browser asks for.

/// A language the pages can be written in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Language {
    /// Norwegian bokmål: what everything else falls back to.
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// The one every text exists in.
    pub(crate) const FALLBACK: Self = Self::Nb;

    /// As it stands in `<html lang>` and in the categories' texts.
    pub(crate) fn tag(self) -> &'static str {
        self.into()
    }

    /// The best of `available`: the one chosen before (the cookie's value), else the one the
    /// browser likes best (its `Accept-Language` header), else the fallback.
    pub(crate) fn choose(
        available: &[Self],
        chosen: Option<&str>,
        accept_language: Option<&str>,
    ) -> Self {
        let usable = |language: &Self| available.contains(language);
        chosen
            .and_then(|tag| Self::named(tag).filter(usable))
            .or_else(|| preferences(accept_language?).into_iter().find(usable))
            .unwrap_or(Self::FALLBACK)
    }

    /// The language of a tag such as `nb-NO`; `no` is read as bokmål.
    fn named(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next()?.trim().to_ascii_lowercase();
        if primary == "no" { Some(Self::Nb) } else { primary.parse().ok() }
    }
}

/// The languages of an `Accept-Language` header that exist here, best first. What is unreadable is
/// left out: the reader still gets a page.
fn preferences(accept_language: &str) -> Vec<Language> {
    const TAGS_MAX: usize = 20;
    let mut weighed: Vec<(f32, Language)> = accept_language
        .split(',')
        .take(TAGS_MAX)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let weight = weight.trim().parse().ok().filter(|weight| 0.0 < *weight)?;
            Some((weight, Language::named(tag.trim())?))
        })
        .collect();
    weighed.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    weighed.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Nb, Nn, Sv};

    const ALL: [Language; 4] = [Nb, Nn, Sv, En];

    #[test]
    fn what_the_reader_chose_comes_first() {
        assert_eq!(Language::choose(&ALL, Some("nn"), Some("sv")), Nn);
        assert_eq!(Language::choose(&[Nb, Sv], Some("nn"), Some("sv")), Sv);
    }

    #[test]
    fn the_browsers_best_language_that_is_there_is_taken() {
        let header = "de, en-GB;q=0.7, nn-NO;q=0.8, sv;q=0";
        assert_eq!(Language::choose(&ALL, None, Some(header)), Nn);
        assert_eq!(Language::choose(&[Nb, En], None, Some(header)), En);
        assert_eq!(Language::choose(&[Nb], None, Some(header)), Nb);
    }

    #[test]
    fn norwegian_without_more_is_bokmaal() {
        assert_eq!(Language::choose(&ALL, None, Some("no, en")), Nb);
    }

    #[test]
    fn what_cannot_be_read_falls_back() {
        for header in ["", ";;;", "nn;q=much", "q=1"] {
            assert_eq!(Language::choose(&ALL, Some("??"), Some(header)), Nb, "{header}");
        }
    }
}
