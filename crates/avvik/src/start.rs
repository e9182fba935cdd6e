//! Opening the service, with what has to hold before.

use journal::JournalError;
use service::{Clock, OpenError, Service};

use crate::failure::Failure;

/// Opens the service.
pub(crate) async fn open(settings: service::Settings, clock: Clock) -> Result<Service, Failure> {
    let dir = settings.data_dir.clone();
    Service::open(settings, clock).await.map_err(|error| match error {
        OpenError::Journal(inner) if matches!(*inner, JournalError::NotInitialised { .. }) => {
            Failure::NotSetUp { dir: dir.clone() }
        }
        source => Failure::NotOpened { source },
    })
}
