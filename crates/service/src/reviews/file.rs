//! The files of a review: what was attached to a point, and the document that was approved.

use domain::case::FileKind;
use domain::ids::{AttachmentId, ReviewId};
use domain::{Event, Recorded};
use journal::ReadError;

use crate::attachments::{FileSight, HandedOut};
use crate::error::LookUpError;
use crate::open::Service;
use crate::permit::SignedIn;

impl Service {
    /// A file of a review, for somebody who sees it. The look is noted before anything is handed
    /// out.
    pub async fn review_file(
        &self,
        who: &SignedIn,
        review: ReviewId,
        file: AttachmentId,
        page: &'static str,
    ) -> Result<FileSight, LookUpError> {
        let seen = self.review(who, review, None, page).await?;
        let stream = self.journal().read_stream(review.into()).await.map_err(LookUpError::Read)?;
        let names_it = |it: &&Recorded| match &it.event {
            Event::Review(event) => event.file() == Some(file),
            _ => false,
        };
        let position = stream.iter().find(names_it).ok_or(LookUpError::NotFound)?.position;
        let known = seen.review.known().ok_or(LookUpError::NotFound)?;
        let mut attached = known.items.values().flat_map(|item| &item.files);
        let (name, kind) = match attached.find(|it| it.attachment == file) {
            Some(it) => match it.file.get() {
                Some(named) => (named.name.clone(), it.kind),
                None => return Ok(FileSight::Erased),
            },
            None => (format!("ledelsens-gjennomgang-{}.pdf", known.number), FileKind::Pdf),
        };
        match self.journal().attachments(position).await {
            Ok(files) => match files.into_iter().next().and_then(|it| it.bytes) {
                Some(bytes) => Ok(FileSight::Whole(HandedOut { name, kind, bytes })),
                None => Ok(FileSight::Erased),
            },
            Err(ReadError::Attachment { position, source }) => {
                let error: &dyn std::error::Error = &source;
                tracing::error!(position = position.0, error, "an attached file is damaged");
                Ok(FileSight::Damaged)
            }
            Err(error) => Err(LookUpError::Read(error)),
        }
    }
}
