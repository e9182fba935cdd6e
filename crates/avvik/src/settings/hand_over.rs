//! The settings as the other parts of the house ask for them.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use channels::digital_post::SvarUtSettings;
use channels::mail::{Credentials, SmtpSettings};
use service::MailSettings as ServiceMail;

use super::Settings;
use super::digital_post::DigitalPostSettings;
use super::mail::{MailSettings, Smtp, Transport};
use crate::failure::Failure;

/// How long one mail may take in all.
const MAIL_TIMEOUT_SECONDS: u64 = 60;

impl Settings {
    /// Where the journal lies.
    pub(crate) fn journal(&self) -> journal::Settings {
        journal::Settings {
            data_directory: self.data_dir.clone(),
            master_key: self.master_key_file.clone(),
        }
    }

    /// Where the master key lies.
    pub(crate) fn master_key_path(&self) -> PathBuf {
        let own = || self.data_dir.join("keys").join("master.key");
        self.master_key_file.clone().unwrap_or_else(own)
    }

    /// What the service is told, for one that listens on `bound`. Reads the mail server's password.
    pub(crate) fn for_service(&self, bound: SocketAddr) -> Result<service::Settings, Failure> {
        Ok(service::Settings {
            data_dir: self.data_dir.clone(),
            master_key_file: self.master_key_file.clone(),
            zone: self.time_zone,
            language: self.language.clone(),
            report_without_login: self.report_without_login,
            files: self.files,
            delegated_to_dpo: self.delegated_to_dpo,
            watch_seconds: self.watch.seconds,
            access: self.access.clone(),
            case: self.case.clone(),
            mail: self.mail.for_service()?,
            digital_post: self.digital_post()?,
            base_url: self.server.base_url(bound).map_err(|_| Failure::NoBaseUrl)?,
            session_idle_minutes: self.session_idle_minutes,
            session_hours_max: self.session_hours_max,
            anchors: self.anchors.clone(),
            categories_dir: self.categories_dir.clone(),
            rules_dir: self.rules_dir.clone(),
            logo: self.logo.clone(),
            duties: self.duties.clone(),
            notification: self.notification.clone(),
            archive: self.archive.clone(),
        })
    }

    fn digital_post(&self) -> Result<Option<Box<SvarUtSettings>>, Failure> {
        let settings = self.digital_post.as_ref().map(DigitalPostSettings::for_service);
        Ok(settings.transpose()?.map(Box::new))
    }
}

impl MailSettings {
    fn for_service(&self) -> Result<ServiceMail, Failure> {
        Ok(match &self.transport {
            Transport::Folder(directory) => ServiceMail::Folder {
                directory: directory.clone(),
                from: self.from.as_str().to_owned(),
            },
            Transport::Smtp(smtp) => ServiceMail::Smtp(Box::new(SmtpSettings {
                host: smtp.host.clone(),
                port: smtp.port,
                encryption: smtp.encryption,
                trusted_issuers: smtp.trusted_issuers()?,
                credentials: smtp.credentials()?,
                from: self.from.clone(),
                timeout_seconds: MAIL_TIMEOUT_SECONDS,
            })),
        })
    }
}

impl Smtp {
    fn trusted_issuers(&self) -> Result<Option<Vec<u8>>, Failure> {
        let file = self.trusted_issuers_file.as_deref();
        file.map(|path| read_bytes("mail.trusted_issuers_file", path)).transpose()
    }

    fn credentials(&self) -> Result<Option<Credentials>, Failure> {
        let Some((user, path)) = &self.sign_in else { return Ok(None) };
        let password = read_line("mail.password_file", path)?;
        Ok(Some(Credentials { user: user.clone(), password }))
    }
}

/// What the file of a setting holds.
pub(super) fn read_bytes(setting: &'static str, path: &Path) -> Result<Vec<u8>, Failure> {
    let not_read = |source| Failure::FileNotRead { setting, path: path.to_owned(), source };
    fs::read(path).map_err(not_read)
}

/// The one line that the file of a setting holds. An editor ends it, and a password does not.
pub(super) fn read_line(setting: &'static str, path: &Path) -> Result<String, Failure> {
    let not_read = |source| Failure::FileNotRead { setting, path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(not_read)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
