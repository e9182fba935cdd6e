//! Addresses of cases, on the way in and on the way out.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::ids::{CaseId, CaseNumber, MeasureId};
use serde::Deserialize;
use service::Step;

use crate::App;
use crate::fault::Fault;

/// The `{year}/{sequence}` of an address. What they name is looked up by [`Self::find`] in the
/// handler, once it is known who asks: a visitor does not learn which cases there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct CasePath {
    /// The year of the case's number.
    year: u16,
    /// The sequence within the year.
    sequence: u32,
}

impl CasePath {
    /// The number the address names.
    pub(crate) fn number(self) -> CaseNumber {
        CaseNumber { year: self.year, sequence: self.sequence }
    }

    /// The case with this number, or the page that says there is none.
    pub(crate) fn find(self, app: &App) -> Result<(CaseId, CaseNumber), Fault> {
        let number = self.number();
        app.service().find_case(number).map(|case| (case, number)).ok_or(Fault::NotFound)
    }
}

impl FromRequestParts<App> for CasePath {
    type Rejection = Fault;

    /// What is no number names no case either.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<Self>::from_request_parts(parts, app).await;
        path.map(|Path(path)| path).map_err(|_| Fault::NotFound)
    }
}

/// One of a case's measures, in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MeasurePath {
    case: CasePath,
    /// Which measure.
    pub(crate) measure: MeasureId,
}

impl MeasurePath {
    /// The case with this number, or the page that says there is none.
    pub(crate) fn find(self, app: &App) -> Result<(CaseId, CaseNumber), Fault> {
        self.case.find(app)
    }
}

impl FromRequestParts<App> for MeasurePath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let case = CasePath::from_request_parts(parts, app).await?;
        let path = Path::<JustMeasure>::from_request_parts(parts, app).await;
        let Path(JustMeasure { measure }) = path.map_err(|_| Fault::NotFound)?;
        Ok(Self { case, measure })
    }
}

#[derive(Deserialize)]
struct JustMeasure {
    measure: MeasureId,
}

/// Where a case is: `/cases/2026/17`.
pub(crate) fn case_url(number: CaseNumber) -> String {
    format!("/cases/{}/{}", number.year, number.sequence)
}

/// Where to go once a step is taken: the case, which says what was done.
pub(crate) fn done_url(number: CaseNumber, step: Step) -> String {
    format!("{}?done={}", case_url(number), <&str>::from(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_found_under_its_number() {
        let number = CaseNumber { year: 2026, sequence: 17 };
        assert_eq!(case_url(number), "/cases/2026/17");
        assert_eq!(done_url(number, Step::AskReporter), "/cases/2026/17?done=ask_reporter");
        assert_eq!(CasePath { year: 2026, sequence: 17 }.number(), number);
    }
}
