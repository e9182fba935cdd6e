//! What duties are judged by, besides the case; and which version of a duty covers a case.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Judgement;
use crate::duty::{Calendar, Duty, DutyId, OrganisationFact, Verdict};

/// What duties are judged by, besides the case: the rules, what the organisation is, and its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyBook {
    /// The duties, each in every version that may cover a case: the law of the day on which the
    /// organisation became aware is what counts, not that of today.
    pub duties: Vec<Arc<Duty>>,
    /// What the organisation is; what is not listed is not known.
    pub organisation: BTreeMap<OrganisationFact, Verdict>,
    /// Where and by which clock it counts its days.
    pub calendar: Calendar,
}

impl DutyBook {
    /// Every duty in the version for a case of which the organisation became aware on that day, in
    /// the order of lists: the one it was judged under while that covers the day, else the newest
    /// that had begun by then. What a newer version ended, no older one brings back: the newest
    /// says of itself that it does not cover the day.
    #[must_use]
    pub fn of_day(
        &self,
        aware_on: NaiveDate,
        judged: &BTreeMap<DutyId, Judgement>,
    ) -> Vec<&Arc<Duty>> {
        let mut chosen: BTreeMap<&DutyId, &Arc<Duty>> = BTreeMap::new();
        let rank = |duty: &Duty| {
            let is_kept = judged.get(&duty.id).is_some_and(|it| it.version == duty.version);
            (is_kept && duty.covers(aware_on), duty.has_begun(aware_on), duty.version)
        };
        for duty in &self.duties {
            let best = chosen.entry(&duty.id).or_insert(duty);
            if rank(best) < rank(duty) {
                *best = duty;
            }
        }
        let mut chosen: Vec<_> = chosen.into_values().collect();
        chosen.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::Jurisdiction;
    use crate::duty::tests::service;

    fn version(version: u32, from: &str, until: Option<&str>) -> Arc<Duty> {
        let (valid_from, valid_until) = (Some(day(from)), until.map(day));
        Arc::new(Duty { version, valid_from, valid_until, ..service() })
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The version chosen for a case of a day that was judged under `kept`.
    fn chosen(duties: &[Arc<Duty>], aware_on: &str, kept: Option<u32>) -> u32 {
        let calendar = Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo };
        let duties = duties.to_vec();
        let book = DutyBook { duties, organisation: BTreeMap::new(), calendar };
        let judged = kept.map(|version| {
            let duty = service().id;
            let verdict = Verdict::Yes;
            let (starts_at, due_at, ended_at) = (None, None, None);
            (duty.clone(), Judgement { duty, version, verdict, starts_at, due_at, ended_at })
        });
        let chosen = book.of_day(day(aware_on), &judged.into_iter().collect());
        assert_eq!(chosen.len(), 1, "one version of each duty");
        chosen[0].version
    }

    #[test]
    fn the_law_of_the_day_counts() {
        let versions = [version(1, "2018-05-25", None), version(2, "2027-01-01", None)];
        assert_eq!(chosen(&versions, "2026-12-31", None), 1);
        assert_eq!(chosen(&versions, "2027-01-01", None), 2);
        assert_eq!(chosen(&versions, "2027-01-01", Some(1)), 1, "it stays as it was judged");
        assert_eq!(chosen(&versions, "2026-12-31", Some(2)), 1, "it was corrected to a day before");
    }

    #[test]
    fn what_a_newer_version_ended_no_older_one_brings_back() {
        let repealed =
            [version(1, "2018-05-25", None), version(2, "2018-05-25", Some("2026-12-31"))];
        assert_eq!(chosen(&repealed, "2026-12-31", None), 2);
        assert_eq!(chosen(&repealed, "2027-01-10", None), 2);
        assert!(!repealed[1].covers(day("2027-01-10")));
        assert_eq!(chosen(&repealed, "2027-01-10", Some(1)), 1, "it stays as it was judged");
    }

    #[test]
    fn where_no_version_covers_the_day_the_last_that_had_begun_or_the_newest_says_so() {
        let ended = [version(1, "2020-01-01", Some("2021-12-31")), version(2, "2027-01-01", None)];
        for kept in [None, Some(1), Some(2)] {
            assert_eq!(chosen(&ended, "2024-01-01", kept), 1);
            assert_eq!(chosen(&ended, "2019-01-01", kept), 2);
        }
    }
}
