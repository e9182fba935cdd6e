//! Notifying the authority: the templates and views, from a directory or as shipped in the binary,
//! what is filled in by them, and what was sent with its receipt.

use std::path::{Path, PathBuf};

use domain::case::command::{DraftNotification, RecordNotification};
use domain::case::{AttachmentSource, Request};
use domain::duty::Jurisdiction;
use domain::ids::CaseId;
use domain::notification::{
    NotificationBook, Profile, Sector, Template, TemplateProblem, Value, View, ViewId, ViewProblem,
};

use crate::attachments::{Files, Upload};
use crate::error::{HandleError, Refusal};
use crate::execute::TEXT_CHARACTERS_MAX;
use crate::letters::{self, LetterTemplate, LetterTemplateProblem};
use crate::open::Service;
use crate::permit::{SignedIn, Step};
use crate::reporting::{NAME_CHARACTERS_MAX, bounded};
use crate::secrets::FormKey;
use crate::written::{Fault, Shelf};

/// What the organisation says of itself to the authority, and its own forms if it has any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotificationSettings {
    /// Its number in the register of organisations.
    pub organisation_number: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Whether it is public.
    pub sector: Option<Sector>,
    /// The data protection officer's name.
    pub dpo_name: Option<String>,
    /// How to reach them.
    pub dpo_contact: Option<String>,
    /// A directory with `templates` and `views` of its own, and perhaps `letters`; those shipped
    /// when absent.
    pub directory: Option<PathBuf>,
}

/// The templates of notifications, and each authority's view of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notifications {
    templates: Shelf<Template>,
    views: Shelf<View>,
    letters: Shelf<LetterTemplate>,
    jurisdiction: Jurisdiction,
}

/// Why the forms of notifications cannot be used.
#[derive(Debug)]
pub enum NotificationsFault {
    /// A template: where it is written, and what is wrong there.
    Template(Fault<TemplateProblem>),
    /// A view: where it is written, and what is wrong there.
    View(Fault<ViewProblem>),
    /// A template of letters: where it is written, and what is wrong there.
    Letter(Fault<LetterTemplateProblem>),
    /// No view is that of the authority to notify.
    NoView(Jurisdiction),
}

impl std::fmt::Display for NotificationsFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Template(_) => write!(f, "a template cannot be used"),
            Self::View(_) => write!(f, "a view cannot be used"),
            Self::Letter(_) => write!(f, "a template of letters cannot be used"),
            Self::NoView(jurisdiction) => write!(
                f,
                "no view has the jurisdiction \"{}\", in which the organisation notifies",
                <&str>::from(*jurisdiction)
            ),
        }
    }
}

impl std::error::Error for NotificationsFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Template(fault) => Some(fault),
            Self::View(fault) => Some(fault),
            Self::Letter(fault) => Some(fault),
            Self::NoView(_) => None,
        }
    }
}

const TEMPLATES: [(&str, &str); 1] =
    [("edpb-1-0.toml", include_str!("../../../config/notification/templates/edpb-1-0.toml"))];

const VIEWS: [(&str, &str); 2] = [
    ("datatilsynet.toml", include_str!("../../../config/notification/views/datatilsynet.toml")),
    ("imy.toml", include_str!("../../../config/notification/views/imy.toml")),
];

impl Notifications {
    /// The templates and views in that directory; without one, those shipped. One view must be that
    /// of the authority there.
    pub fn load(
        directory: Option<&Path>,
        jurisdiction: Jurisdiction,
    ) -> Result<Self, NotificationsFault> {
        use NotificationsFault as Fault;
        let templates: Result<Shelf<Template>, _> = match directory {
            Some(directory) => Shelf::from_directory(&directory.join("templates")),
            None => Shelf::shipped(&TEMPLATES),
        };
        let views: Result<Shelf<View>, _> = match directory {
            Some(directory) => Shelf::from_directory(&directory.join("views")),
            None => Shelf::shipped(&VIEWS),
        };
        let letters = match directory.map(|it| it.join("letters")).filter(|it| it.is_dir()) {
            Some(directory) => Shelf::from_directory(&directory),
            None => Shelf::shipped(&letters::SHIPPED),
        };
        let letters = letters.map_err(Fault::Letter)?;
        let templates = templates.map_err(Fault::Template)?;
        let views = views.map_err(Fault::View)?;
        let template = |view: &View| templates.get(view.template.as_str());
        views.hold_by(|view| view.problems_with(template(view))).map_err(Fault::View)?;
        let all = Self { templates, views, letters, jurisdiction };
        let has_own = all.views().any(|view| view.is_of(jurisdiction));
        if has_own { Ok(all) } else { Err(Fault::NoView(jurisdiction)) }
    }

    /// The templates of letters, in their order.
    pub fn letters(&self) -> impl Iterator<Item = &LetterTemplate> {
        self.letters.iter()
    }

    /// Every view, in the order of lists.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.views.iter()
    }

    /// The view of that name.
    #[must_use]
    pub fn view(&self, id: &ViewId) -> Option<&View> {
        self.views.get(id.as_str())
    }

    /// The view of the authority that the organisation notifies.
    #[must_use]
    pub fn own_view(&self) -> &View {
        let own = self.views().find(|view| view.is_of(self.jurisdiction));
        own.expect("loading has seen that there is one")
    }

    fn template_of(&self, view: &View) -> &Template {
        let template = self.templates.get(view.template.as_str());
        template.expect("loading has held every view against its template")
    }
}

impl Service {
    /// What a notification is filled in by, in a view: that of the organisation's own authority
    /// where none is named, and nothing where there is no such view.
    #[must_use]
    pub fn notification_book(&self, view: Option<&ViewId>) -> Option<NotificationBook> {
        let all = self.notifications();
        let view = view.map_or(Some(all.own_view()), |id| all.view(id))?;
        Some(NotificationBook {
            template: all.template_of(view).clone(),
            view: view.clone(),
            profile: self.profile(),
        })
    }

    fn profile(&self) -> Profile {
        let settings = self.settings();
        let it = settings.notification.clone();
        Profile {
            name: self.views().organisation.name.clone(),
            number: it.organisation_number,
            address: it.address,
            sector: it.sector,
            dpo_name: it.dpo_name,
            dpo_contact: it.dpo_contact,
            calendar: settings.duties.calendar,
            language: settings.language.clone(),
        }
    }

    /// Records what was sent to the authority, as somebody who handles the case, with the receipt
    /// that came of it if there is one. `key` is the form's own number.
    pub async fn record_notice(
        &self,
        who: &SignedIn,
        case: CaseId,
        it: RecordNotification,
        receipt: Option<Upload>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let Some(upload) = receipt else {
            return self.step(who, case, Request::RecordNotification(it), key).await;
        };
        let step = Step::RecordNotification;
        bounded(it.reasons.iter().filter_map(domain::Erasable::get), TEXT_CHARACTERS_MAX)?;
        let asked = Request::RecordNotification(it.clone());
        let acting = self.permit_step(who, case, &asked, step)?;
        let taken = self.take_in(vec![upload], AttachmentSource::Handling, None, key)?;
        let receipt = taken.attachments.into_iter().next();
        let request = self.booked(RecordNotification { receipt, ..it })?;
        let request = Request::RecordNotification(request);
        let name: &str = step.into();
        let idempotency = Some(key.idempotency(&format!("{case} {name}")));
        let files: Files = taken.files;
        self.carry_out_with(case, acting, request, idempotency, files).await
    }

    /// What was sent, with what it is filled in by.
    pub(crate) fn booked(&self, it: RecordNotification) -> Result<RecordNotification, Refusal> {
        bounded([&it.reference], NAME_CHARACTERS_MAX)?;
        let reference = it.reference.trim().to_owned();
        Ok(RecordNotification {
            reference,
            book: self.notification_book(None).map(Into::into),
            ..it
        })
    }

    /// What is to stand in the next notice, with what it is filled in by.
    pub(crate) fn drafted(&self, it: DraftNotification) -> Result<DraftNotification, Refusal> {
        let written = it.fields.get().into_iter().flat_map(|fields| fields.values().flatten());
        let texts = written.filter_map(|value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        });
        bounded(texts, TEXT_CHARACTERS_MAX)?;
        Ok(DraftNotification { book: self.notification_book(None).map(Into::into), ..it })
    }
}

#[cfg(test)]
mod tests;
