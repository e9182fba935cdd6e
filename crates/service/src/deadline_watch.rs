//! The deadline watch: asks every case in which a clock has reached a stage to say so, and every
//! case whose duties were never judged, or were judged by other rules than today's, to judge them.
//! The case decides, once; restarts, jumps of the clock and several watches change nothing about
//! that.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::case::{Acting, Request};
use domain::ids::CaseId;
use tokio::sync::watch;

use crate::duties::DutySettings;
use crate::error::HandleError;
use crate::execute::folded;
use crate::open::Service;

/// Under which is kept, beside the log, by what every open case was judged last.
const JUDGED_BY: &str = "duties/judged-by";

impl Service {
    /// Raises every stage that has been reached by now and was not raised before.
    pub async fn watch_deadlines_once(&self) {
        self.duties_taken_up().get_or_init(|| self.take_up_duties()).await;
        let cases = {
            let (now, views) = (self.now(), self.views());
            let stages = |duty: &_, version| self.stages(&views.organisation, duty, version);
            let mut cases = views.deadlines.with_stages_to_raise(stages, now);
            cases.extend(views.deadlines.unjudged());
            cases
        };
        self.check_all(cases).await;
    }

    /// Judges every open case anew, where the duties or what the organisation says of itself are
    /// others than when all were judged last: a duty that applies by the new ones alerts nobody
    /// before it is judged. A start that changes neither leaves the cases alone.
    async fn take_up_duties(&self) {
        let judged_by = self.judged_by();
        match self.journal().state(JUDGED_BY).await {
            Ok(Some(before)) if before == judged_by.as_bytes() => return,
            Ok(_) => (),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "by which duties cases were judged could not be read");
            }
        }
        let open: BTreeSet<CaseId> = self.views().deadlines.open().collect();
        if !self.check_all(open).await {
            // The next start tries again.
            return;
        }
        let kept = vec![(JUDGED_BY.to_owned(), Some(judged_by.into_bytes()))];
        if let Err(error) = self.journal().put_state(kept).await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "by which duties cases were judged was not kept");
        }
    }

    /// What decides how a case is judged, besides the case: a hash over the duties, what the
    /// organisation is, and its calendar.
    fn judged_by(&self) -> String {
        let DutySettings { calendar, organisation, .. } = &self.settings().duties;
        let duties: Vec<_> = self.duties().iter().map(|duty| (&duty.id, duty.version)).collect();
        let jurisdiction: &str = calendar.jurisdiction.into();
        let organisation: Vec<_> = organisation.iter().collect();
        let all = serde_json::json!([duties, organisation, jurisdiction, calendar.zone.name()]);
        crate::secrets::hash("duties", &all.to_string())
    }

    /// Whether every one of the cases was checked.
    async fn check_all(&self, cases: BTreeSet<CaseId>) -> bool {
        let mut all = true;
        for case in cases {
            if self.is_stopping() {
                return false;
            }
            if let Err(error) = self.check_duties(case).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(case.id = %case, error, "the deadlines of a case were not checked");
                all = false;
            }
        }
        all
    }

    async fn check_duties(&self, case: CaseId) -> Result<(), HandleError> {
        let known = folded(&self.read(case.into()).await?);
        let book = self.duty_book(known.known());
        let request = Request::CheckDuties(Arc::new(book));
        self.carry_out(case, Acting::service(), request, None).await
    }

    pub(crate) async fn watch_deadlines(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            self.watch_deadlines_once().await;
            tokio::select! {
                () = ticks.next(self.settings().watch_seconds) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }
}
