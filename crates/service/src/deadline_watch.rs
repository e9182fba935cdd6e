//! The deadline watch: asks every case in which a clock has reached a stage to say so, and every
//! case whose duties were never judged to judge them. The case decides, once; restarts, jumps of
//! the clock and several watches change nothing about that.

use std::sync::Arc;

use domain::case::{Acting, Request};
use domain::ids::CaseId;
use tokio::sync::watch;

use crate::error::HandleError;
use crate::execute::folded;
use crate::open::Service;

impl Service {
    /// Raises every stage that has been reached by now and was not raised before.
    pub async fn watch_deadlines_once(&self) {
        let cases = {
            let (now, views) = (self.now(), self.views());
            let stages = |duty: &_, version| self.stages(&views.organisation, duty, version);
            let mut cases = views.deadlines.with_stages_to_raise(stages, now);
            cases.extend(views.deadlines.unjudged());
            cases
        };
        for case in cases {
            if let Err(error) = self.check_duties(case).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(case.id = %case, error, "the deadlines of a case were not checked");
            }
        }
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
            self.remind_once().await;
            tokio::select! {
                () = ticks.next(self.settings().watch_seconds) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }
}
