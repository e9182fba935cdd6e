//! What the organisation has written for its service: settings, categories, rules and duties.

use domain::category::{Category, CategoryId};

use super::Service;
use crate::assessment::Rulebooks;
use crate::categories::Categories;
use crate::duties::Duties;
use crate::notification::Notifications;
use crate::settings::Settings;

impl Service {
    /// What the organisation decided about the service.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Every category, in the order of the form.
    #[must_use]
    pub fn categories(&self) -> &Categories {
        &self.0.categories
    }

    /// The category with a name.
    #[must_use]
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.0.categories.get(id)
    }

    /// The rules by which cases are advised.
    #[must_use]
    pub fn rulebooks(&self) -> &Rulebooks {
        &self.0.rulebooks
    }

    /// The forms in which the authority is notified.
    #[must_use]
    pub fn notifications(&self) -> &Notifications {
        &self.0.notifications
    }

    /// The organisation's mark, as documents have it.
    #[must_use]
    pub fn logo(&self) -> Option<documents::Logo> {
        let file = self.0.logo.clone()?;
        Some(documents::Logo { file, alt: self.views().organisation.name.clone() })
    }

    /// The duties by which cases are judged.
    #[must_use]
    pub fn duties(&self) -> &Duties {
        &self.0.duties
    }
}
