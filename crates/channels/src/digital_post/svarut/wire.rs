//! What goes to SvarUt and comes from it, in its own words.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digital_post::consignment::{Addressee, Arrival, Consignment};

/// The one kind of file that SvarUt prints.
pub(super) const PDF: &str = "application/pdf";

/// Lines of an address that SvarUt takes.
const LINES_MAX: usize = 3;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Forsendelse<'a> {
    tittel: &'a str,
    mottaker: Mottaker<'a>,
    dokumenter: [Dokument<'a>; 1],
    avgivende_system: &'static str,
    /// Digital alone would be no guarantee that it is delivered: what is not opened is printed.
    kun_digital_levering: bool,
    utskriftskonfigurasjon: Utskrift,
    ekstern_referanse: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mottaker<'a> {
    navn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    digital_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adresselinje1: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adresselinje2: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adresselinje3: Option<String>,
    postnummer: &'a str,
    poststed: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    land: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dokument<'a> {
    filnavn: &'a str,
    mime_type: &'static str,
    inneholder_personsensitiv_informasjon: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Utskrift {
    utskrift_med_farger: bool,
    tosidig: bool,
}

impl<'a> Forsendelse<'a> {
    pub(super) fn of(it: &'a Consignment) -> Self {
        Self {
            tittel: &it.title,
            mottaker: Mottaker::of(&it.to),
            dokumenter: [Dokument {
                filnavn: &it.file_name,
                mime_type: PDF,
                inneholder_personsensitiv_informasjon: true,
            }],
            avgivende_system: "Avvik",
            kun_digital_levering: false,
            utskriftskonfigurasjon: Utskrift { utskrift_med_farger: false, tosidig: true },
            ekstern_referanse: it.reference.as_str(),
        }
    }
}

impl<'a> Mottaker<'a> {
    /// Lines that SvarUt has no room for stand in its last one.
    fn of(it: &'a Addressee) -> Self {
        let line = |place: usize| it.lines.get(place).map(String::as_str);
        let rest = it.lines.get(LINES_MAX - 1..).filter(|rest| !rest.is_empty());
        Self {
            navn: &it.name,
            digital_id: it.identity_number.as_deref(),
            adresselinje1: line(0),
            adresselinje2: line(1),
            adresselinje3: rest.map(|rest| rest.join(", ")),
            postnummer: &it.postcode,
            poststed: &it.place,
            land: it.country.as_deref(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Accepted {
    pub(super) id: Uuid,
}

#[derive(Deserialize)]
pub(super) struct Found {
    #[serde(rename = "forsendelseIds")]
    pub(super) ids: Vec<Uuid>,
}

#[derive(Serialize)]
pub(super) struct Asked<'a> {
    #[serde(rename = "forsendelseIds")]
    pub(super) ids: &'a [Uuid],
}

#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(rename = "statuser")]
    pub(super) standings: Vec<Standing>,
}

#[derive(Deserialize)]
pub(super) struct Standing {
    pub(super) id: Uuid,
    pub(super) status: Status,
}

/// How far SvarUt has come with a letter.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    Mottatt,
    Akseptert,
    Avvist,
    Varslet,
    Lest,
    SendtPrint,
    Printet,
    ManueltHandtert,
    SendtDigitalt,
    SendtSdp,
    LevertSdp,
    KlarForMottak,
    IkkeLevert,
    /// A word of a later version.
    #[serde(other)]
    Unknown,
}

impl Status {
    /// What it means to whoever waits; nothing where it is a word we do not know.
    pub(super) fn arrival(self) -> Option<Arrival> {
        Some(match self {
            Self::Mottatt
            | Self::Akseptert
            | Self::Varslet
            | Self::SendtPrint
            | Self::SendtSdp
            | Self::KlarForMottak => Arrival::OnItsWay,
            Self::Lest | Self::Printet | Self::LevertSdp | Self::SendtDigitalt => Arrival::Arrived,
            Self::Avvist | Self::IkkeLevert | Self::ManueltHandtert => Arrival::NotDelivered,
            Self::Unknown => return None,
        })
    }
}

/// What SvarUt says when it says no. Its words may repeat who a letter is for and are left there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ErrorMessage {
    pub(super) error_id: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::digital_post::Reference;

    #[test]
    fn a_letter_is_said_in_the_carriers_words() {
        let lines = ["c/o Vik", "Oppgang B", "Storgata 1", "Boks 7"];
        let consignment = Consignment {
            reference: Reference::new("avvik-17").unwrap(),
            title: "Brev fra Fjellvik kommune".to_owned(),
            to: Addressee {
                name: "Kari Fjell".to_owned(),
                identity_number: Some("10915596784".to_owned()),
                lines: lines.map(str::to_owned).to_vec(),
                postcode: "5003".to_owned(),
                place: "Bergen".to_owned(),
                country: None,
            },
            file_name: "brev.pdf".to_owned(),
            pdf: Vec::new(),
        };
        let expected = json!({
            "tittel": "Brev fra Fjellvik kommune",
            "mottaker": {
                "navn": "Kari Fjell", "digitalId": "10915596784", "adresselinje1": "c/o Vik",
                "adresselinje2": "Oppgang B", "adresselinje3": "Storgata 1, Boks 7",
                "postnummer": "5003", "poststed": "Bergen",
            },
            "dokumenter": [{
                "filnavn": "brev.pdf", "mimeType": "application/pdf",
                "inneholderPersonsensitivInformasjon": true,
            }],
            "avgivendeSystem": "Avvik",
            "kunDigitalLevering": false,
            "utskriftskonfigurasjon": { "utskriftMedFarger": false, "tosidig": true },
            "eksternReferanse": "avvik-17",
        });
        assert_eq!(serde_json::to_value(Forsendelse::of(&consignment)).unwrap(), expected);
    }

    #[test]
    fn every_status_is_read_and_an_unknown_one_says_nothing() {
        let arrival = |word: &str| serde_json::from_value::<Status>(json!(word)).unwrap().arrival();
        for word in ["LEST", "PRINTET", "LEVERT_SDP", "SENDT_DIGITALT"] {
            assert_eq!(arrival(word), Some(Arrival::Arrived), "{word}");
        }
        for word in ["AVVIST", "IKKE_LEVERT", "MANUELT_HANDTERT"] {
            assert_eq!(arrival(word), Some(Arrival::NotDelivered), "{word}");
        }
        let waiting =
            ["MOTTATT", "AKSEPTERT", "VARSLET", "SENDT_PRINT", "SENDT_SDP", "KLAR_FOR_MOTTAK"];
        for word in waiting {
            assert_eq!(arrival(word), Some(Arrival::OnItsWay), "{word}");
        }
        assert_eq!(arrival("SENDT_MED_DRONE"), None);
    }
}
