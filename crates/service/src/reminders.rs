//! The watch over answers that are wanted, measures that are to be done and those whose effect is
//! to be seen: asks each case in which somebody is to be reminded to say so, and each review. They
//! decide, once.

use chrono::TimeDelta;
use domain::case::{Acting, Request};
use domain::review;
use tokio::sync::watch;

use crate::attachments::Files;
use crate::open::Service;

impl Service {
    /// Raises every reminder whose time has come and that was not raised before.
    pub async fn remind_once(&self) {
        let before = self.settings().case.reminded_before();
        let cases = {
            let (views, now) = (self.views(), self.now());
            let mut cases = views.inquiries.with_reminders(before, now);
            cases.extend(views.measures.with_reminders_due(before, now));
            cases.extend(views.measures.with_reviews_due(now));
            cases
        };
        for case in cases {
            let request = Request::Remind { before };
            let carried = self.carry_out(case, Acting::service(), request, None).await;
            if let Err(error) = carried {
                let error: &dyn std::error::Error = &error;
                tracing::error!(case.id = %case, error, "nobody was reminded in a case");
            }
        }
        self.remind_in_reviews(before).await;
    }

    /// A watch of its own: whatever befalls it keeps no deadline from being watched.
    pub(crate) async fn watch_reminders(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            self.remind_once().await;
            tokio::select! {
                () = ticks.next(self.settings().watch_seconds) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    async fn remind_in_reviews(&self, before: TimeDelta) {
        let reviews = self.views().reviews.with_reminders(before, self.now());
        for review in reviews {
            let carried_over = self.views().reviews.carried_over();
            let request = review::Request::Remind { before, carried_over };
            let (by, files) = (Acting::service(), Files::new());
            let carried = self.carry_out_in_review(review, by, request, None, files).await;
            if let Err(error) = carried {
                let error: &dyn std::error::Error = &error;
                tracing::error!(review.id = %review, error, "nobody was reminded in a review");
            }
        }
    }
}
