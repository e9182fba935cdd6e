//! Letters by digital post: a carrier finds the mailbox, and prints what has none. It is asked
//! what it has before it is given anything, and afterwards how far each letter came.

use channels::digital_post::{
    Addressee, Arrival, Consignment, ConsignmentId, PostError, Reference,
};
use chrono::TimeDelta;
use domain::case::letter::{Channel, Delivered, Numbered, Progress, Recipient};

use super::paper::LetterFileError;
use super::post::Sending;
use super::words::words;
use crate::dispatch::Failure;
use crate::error::{HandleError, LookUpError};
use crate::open::Service;

/// For how long after it was signed the carrier is asked about a letter: it prints what is not
/// opened within days.
const ASKED_FOR: TimeDelta = TimeDelta::days(30);

/// Letters asked about at a time.
const ASKED_AT_ONCE: usize = 500;

impl Service {
    /// Whether the organisation has a carrier of digital post.
    #[must_use]
    pub fn has_digital_post(&self) -> bool {
        self.digital_post().is_some()
    }

    /// Gives the carrier the letter to somebody, unless it has it already.
    pub(super) async fn post_letter(
        &self,
        sending: &Sending<'_>,
        to: &Numbered,
    ) -> Result<ConsignmentId, Failure> {
        let carrier = self.digital_post().ok_or(Failure::NoCarrier)?;
        let called = format!("avvik-{}", sending.called(to.number));
        let reference = Reference::new(called).expect("hexadecimal digits are letters");
        if let Some(had) = carrier.find(&reference, self.now()).await.map_err(Failure::PostLater)? {
            return Ok(had);
        }
        let consignment = self.consignment(sending, to, reference).await?;
        carrier.send(&consignment, self.now()).await.map_err(later_or_never)
    }

    async fn consignment(
        &self,
        sending: &Sending<'_>,
        to: &Numbered,
        reference: Reference,
    ) -> Result<Consignment, Failure> {
        let paper = self.letter_to(sending.known, (sending.number, sending.letter), to).await;
        let (language, paper) = paper.map_err(not_made)?.ok_or(Failure::NoRecipient)?;
        Ok(Consignment {
            reference,
            title: words(language).from(&self.views().organisation.name),
            to: addressee(&to.recipient),
            file_name: paper.name,
            pdf: paper.bytes,
        })
    }

    /// Asks the carrier how far a letter came, and again later as long as that may change.
    pub(super) async fn ask_how_far(&self, sending: &Sending<'_>) -> Result<(), Failure> {
        let open = |(number, it): (&u32, &Delivered)| {
            let is_under_way = (it.channel, it.progress) == (Channel::DigitalPost, Progress::Sent);
            it.consignment.filter(|_| is_under_way).map(|consignment| (*number, consignment))
        };
        let waiting: Vec<_> = sending.letter.deliveries.iter().filter_map(open).collect();
        let signed_at = sending.letter.signature().map(|signature| signature.at);
        let is_over = signed_at.is_none_or(|at| at + ASKED_FOR < self.now());
        if waiting.is_empty() || is_over {
            return Ok(());
        }
        let carrier = self.digital_post().ok_or(Failure::NoCarrier)?;
        let mut settled = 0;
        for asked in waiting.chunks(ASKED_AT_ONCE) {
            let ids: Vec<ConsignmentId> = asked.iter().map(|(_, id)| *id).collect();
            let arrivals = carrier.arrivals(&ids, self.now()).await.map_err(Failure::PostLater)?;
            for (arrival, progress) in
                [(Arrival::Arrived, Progress::Delivered), (Arrival::NotDelivered, Progress::Failed)]
            {
                let came = asked.iter().filter(|(_, id)| arrivals.get(id) == Some(&arrival));
                let told: Vec<_> = came.map(|(number, _)| (*number, None)).collect();
                settled += told.len();
                self.record_letters(sending, Channel::DigitalPost, progress, told).await?;
            }
        }
        if settled == waiting.len() { Ok(()) } else { Err(Failure::UnderWay) }
    }
}

/// What is wrong with one letter is told of that one; anything else holds up the rest too.
fn later_or_never(error: PostError) -> Failure {
    if error.is_transient() { Failure::PostLater(error) } else { Failure::NeverPosted(error) }
}

fn not_made(error: LetterFileError) -> Failure {
    match error {
        LetterFileError::Handle(error) => Failure::NotRead(error),
        LetterFileError::LookUp(LookUpError::Read(error)) => {
            Failure::NotRead(HandleError::Read(error))
        }
        LetterFileError::Render(_) | LetterFileError::LookUp(_) => Failure::NoRecipient,
    }
}

fn addressee(it: &Recipient) -> Addressee {
    Addressee {
        name: it.name.clone(),
        identity_number: it.identity_number.clone(),
        lines: it.lines.clone(),
        postcode: it.postcode.clone(),
        place: it.place.clone(),
        country: Some(it.country.clone()).filter(|it| !it.is_empty()),
    }
}
