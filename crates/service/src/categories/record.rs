//! Keeping each category as it was when it was used, so that a case stays readable when the
//! category is changed or taken away.

use std::sync::Arc;

use domain::case::{Acting, OpenCase, Report, Request};
use domain::category::{Category, CategoryId};
use domain::organisation;

use crate::error::HandleError;
use crate::open::Service;

impl Service {
    /// Keeps the category in the journal, unless this version of it is there already.
    pub(crate) async fn record_category(&self, category: &Category) -> Result<(), HandleError> {
        let recorded = |it: &organisation::Organisation| {
            it.category(&category.id, category.version).is_some_and(|it| **it == *category)
        };
        if recorded(&self.views().organisation) {
            return Ok(());
        }
        let request = organisation::Request::RecordCategory(Box::new(category.clone()));
        self.change(Acting::service(), request, None).await
    }

    /// Keeps the category under which a case is about to be received or put.
    pub(crate) async fn record_category_of(&self, request: &Request) -> Result<(), HandleError> {
        let category = match request {
            Request::Receive(it) => &it.category,
            Request::Reclassify(it) => &it.category,
            _ => return Ok(()),
        };
        match self.category(category) {
            Some(category) => self.record_category(category).await,
            None => Ok(()),
        }
    }

    /// The category a report answered, as it was then. For reports from before categories were
    /// kept, the category as it is now is the nearest there is.
    #[must_use]
    pub fn category_of_report(&self, report: &Report) -> Option<Arc<Category>> {
        self.category_as_of(&report.category, Some(report.category_version))
    }

    /// The category a case is handled under, as it was when the case was received.
    #[must_use]
    pub fn category_of_case(&self, known: &OpenCase) -> Option<Arc<Category>> {
        self.category_as_of(known.category(), known.category_version())
    }

    fn category_as_of(&self, id: &CategoryId, version: Option<u32>) -> Option<Arc<Category>> {
        let views = self.views();
        let recorded = version.and_then(|version| views.organisation.category(id, version));
        recorded.cloned().or_else(|| self.category(id).cloned().map(Arc::new))
    }
}
