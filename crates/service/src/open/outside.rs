//! What the service reaches others by: mail, and whoever writes papers for the archive.

use std::sync::Arc;

use channels::digital_post::{DigitalPost, SvarUt, SvarUtSettings};
use channels::mail::{Address, Folder, Mail, Smtp};

use super::{OpenError, Service};
use crate::archive::grounds::Grounds;
use crate::archive::papers::Papers;
use crate::dispatch::Post;
use crate::settings::MailSettings;

impl Service {
    /// Has the papers of cases written by `papers`; whoever came first writes them.
    pub fn write_papers_by(&self, papers: Arc<dyn Papers>) {
        let _ = self.0.papers.set(papers);
    }

    pub(crate) fn papers(&self) -> Option<&Arc<dyn Papers>> {
        self.0.papers.get()
    }

    pub(crate) fn post(&self) -> &Post {
        &self.0.post
    }

    pub(crate) fn digital_post(&self) -> Option<&DigitalPost> {
        self.0.digital_post.as_ref()
    }

    pub(crate) fn grounds(&self) -> &Grounds {
        &self.0.grounds
    }
}

pub(super) fn digital_post(
    settings: Option<&SvarUtSettings>,
) -> Result<Option<DigitalPost>, OpenError> {
    let Some(settings) = settings else { return Ok(None) };
    let carrier = SvarUt::new(settings.clone()).map_err(OpenError::DigitalPost)?;
    Ok(Some(DigitalPost::SvarUt(Box::new(carrier))))
}

pub(super) fn mail(settings: &MailSettings) -> Result<Mail, OpenError> {
    match settings {
        MailSettings::Folder { directory, from } => {
            let from = from.parse::<Address>().map_err(OpenError::Sender)?;
            Ok(Mail::Folder(Folder::new(directory.clone(), from)))
        }
        MailSettings::Smtp(settings) => {
            let smtp = Smtp::new(settings.as_ref().clone()).map_err(OpenError::Mail)?;
            Ok(Mail::Smtp(smtp))
        }
    }
}
