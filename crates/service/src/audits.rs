//! The looks at single cases that the controller grants auditors, each for a stated purpose and a
//! time (`docs/decisions/0035-audits.md`).

use std::ops::Range;

use domain::case::{Event, access};
use domain::ids::CaseNumber;
use domain::{Erasable, Event as AnyEvent, Role};
use views::audits::Audit;

use crate::error::LookUpError;
use crate::look_up::{Part, overview};
use crate::open::Service;
use crate::permit::{Overview, SignedIn};

/// A look that an auditor was granted, as those see it who are shown it.
#[derive(Debug, Clone, PartialEq)]
pub struct Granted {
    /// Who was granted it, when and until when.
    pub audit: Audit,
    /// The case's number.
    pub number: CaseNumber,
    /// What for.
    pub purpose: Erasable<String>,
    /// Whether the case is seen by it now.
    pub is_running: bool,
}

impl Service {
    /// The looks that auditors were granted, those that run first: all of them for those who
    /// answer for the cases, but for cases one is involved in; for an auditor their own, while they
    /// run. The list is noted. Of all there are, `pick` says which are wanted.
    pub async fn audits(
        &self,
        who: &SignedIn,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<Granted>, LookUpError> {
        let ground = overview(who, Overview::Audits)?;
        self.note_list(who, Overview::Audits, page, ground).await?;
        let now = self.now();
        let is_shown =
            |it: &Audit| ground != Role::Auditor || (it.auditor == who.user && it.is_running(now));
        let (total, wanted) = {
            let views = self.views();
            let seen = views.audits.list(now).into_iter().filter(|it| is_shown(it));
            let seen = seen.filter_map(|it| Some((it, views.inbox.row(it.case)?)));
            let seen: Vec<(Audit, CaseNumber)> = seen
                .filter(|(_, row)| !row.involved.contains(&who.user))
                .map(|(audit, row)| (*audit, row.number))
                .collect();
            let here = pick(seen.len());
            let wanted: Vec<_> = seen.iter().skip(here.start).take(here.len()).copied().collect();
            (seen.len(), wanted)
        };
        let mut items = Vec::with_capacity(wanted.len());
        for (audit, number) in wanted {
            let purpose = self.audit_purpose(&audit).await?;
            let is_running = audit.is_running(now);
            let granted = |purpose| Granted { audit, number, purpose, is_running };
            items.extend(purpose.map(granted));
        }
        Ok(Part { items, total, is_whole: true })
    }

    /// What the case says a look is for; nothing where it was erased in the meantime.
    async fn audit_purpose(&self, audit: &Audit) -> Result<Option<Erasable<String>>, LookUpError> {
        let stream = self.journal().read_stream(audit.case.into()).await;
        let mut stream = stream.map_err(LookUpError::Read)?.into_iter();
        Ok(stream.find_map(|recorded| match recorded.event {
            AnyEvent::Case(Event::Access(access::Event::AuditGranted {
                auditor,
                purpose,
                until,
            })) if (auditor, until, recorded.at) == (audit.auditor, audit.until, audit.at) => {
                Some(purpose)
            }
            _ => None,
        }))
    }
}
