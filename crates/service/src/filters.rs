//! What somebody often looks for among the cases, kept under a name: their own settings, as facts
//! about the organisation (`docs/decisions/0023-saved-filters.md`).

use domain::ids::{FilterId, UserId};
use domain::organisation::{Criteria, Request, SavedFilter};

use crate::error::HandleError;
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::secrets::FormKey;

impl Service {
    /// The filters somebody keeps, by name.
    #[must_use]
    pub fn filters(&self, user: UserId) -> Vec<(FilterId, SavedFilter)> {
        let views = self.views();
        let kept = views.organisation.filters.get(&user).into_iter().flatten();
        let mut kept: Vec<_> = kept.map(|(filter, it)| (*filter, it.clone())).collect();
        kept.sort_by_key(|(filter, it)| (it.name.text_or("").to_lowercase(), *filter));
        kept
    }

    /// Keeps a filter for somebody who has a list of cases: a new one, or one of theirs with
    /// another name. The same form sent twice keeps it once.
    pub async fn save_filter(
        &self,
        who: &SignedIn,
        filter: Option<FilterId>,
        name: String,
        criteria: Criteria,
        key: FormKey,
    ) -> Result<(), HandleError> {
        overview(who, Overview::Inbox)?;
        let filter = filter.unwrap_or_else(|| FilterId(key.part()));
        let request = Request::SaveFilter { filter, name, criteria };
        let key = key.idempotency(&format!("filter {filter}"));
        self.change(who.acting(), request, Some(key)).await
    }

    /// Gives one of somebody's filters another name; nothing where they no longer keep it.
    pub async fn rename_filter(
        &self,
        who: &SignedIn,
        filter: FilterId,
        name: String,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let kept = self.filters(who.user).into_iter().find(|(kept, _)| *kept == filter);
        match kept {
            Some((_, it)) => self.save_filter(who, Some(filter), name, it.criteria, key).await,
            None => Ok(()),
        }
    }

    /// Keeps one of somebody's filters no longer.
    pub async fn delete_filter(&self, who: &SignedIn, filter: FilterId) -> Result<(), HandleError> {
        overview(who, Overview::Inbox)?;
        self.change(who.acting(), Request::DeleteFilter(filter), None).await
    }
}
