//! The deadline watch: asks every case whose clock has reached a stage to say so. The case decides,
//! once; restarts, jumps of the clock and several watches change nothing about that.

use domain::case::{Acting, Request};
use tokio::sync::watch;

use crate::open::Service;

impl Service {
    /// Raises every stage that has been reached by now and was not raised before.
    pub async fn watch_deadlines_once(&self) {
        let stages = &self.settings().stages;
        let cases = self.views().deadlines.with_stages_to_raise(stages, self.now());
        for case in cases {
            let request = Request::CheckDeadline(stages.clone());
            if let Err(error) = self.carry_out(case, Acting::service(), request, None).await {
                let error: &dyn std::error::Error = &error;
                tracing::error!(case.id = %case, error, "the deadline of a case was not checked");
            }
        }
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
