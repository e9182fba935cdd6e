//! Why a command did not do what it was asked, and the exit code that says so.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use domain::ids::CaseNumber;
use journal::backup::BackupError;
use service::OpenError;

use crate::control::ControlError;
use crate::settings::SettingsError;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The settings are wrong.
    Settings(SettingsError),
    /// The service listens on every address of the machine, and links need one name.
    NoBaseUrl,
    /// The demo would be open to other machines.
    DemoOpenToOthers { listen: SocketAddr },
    /// A demo was asked for in a directory that holds something else.
    NotADemo { dir: PathBuf },
    /// A demo's directory was to be served as if it were real.
    OnlyADemo { dir: PathBuf },
    /// A new data directory was asked for where there is something already.
    NotEmpty { dir: PathBuf },
    /// There is no data directory there.
    NotSetUp { dir: PathBuf },
    /// Setting up was broken off, and there is nobody who could sign in.
    Unfinished { dir: PathBuf },
    /// There is no case with that number.
    NoSuchCase { number: CaseNumber },
    /// A file named on the command line could not be read.
    NotRead { path: PathBuf, source: io::Error },
    /// A file that should hold facts holds something else.
    NotFacts { path: PathBuf, source: serde_json::Error },
    /// A file of facts is larger than is read.
    FactsTooLarge { path: PathBuf, most: u64 },
    /// A file that should hold a public key holds something else.
    NotAKey { path: PathBuf },
    /// A file that should hold checkpoints holds none, or one that is not whole.
    NoCheckpoints { path: PathBuf },
    /// Nobody signs in with the name a token was asked for.
    NobodySignsIn,
    /// A file named in the settings could not be read.
    FileNotRead { setting: &'static str, path: PathBuf, source: io::Error },
    /// Something in the data directory could not be made.
    NotMade { path: PathBuf, source: io::Error },
    /// Nothing can be answered on that address.
    NotBound { listen: SocketAddr, source: io::Error },
    /// The service could not be opened.
    NotOpened { source: OpenError },
    /// The running service could not be asked.
    Control(ControlError),
    /// The running service said no.
    Refused { reason: String },
    /// A backup was not made or restored.
    Backup { step: &'static str, source: BackupError },
    /// The house itself failed, at that step.
    House { step: &'static str, source: Box<dyn Error + Send + Sync> },
}

impl Failure {
    /// A failure of one of the house's own parts.
    pub(crate) fn house<E: Error + Send + Sync + 'static>(
        step: &'static str,
    ) -> impl Fn(E) -> Self {
        move |source| Self::House { step, source: Box::new(source) }
    }

    /// A backup was not made or restored.
    pub(crate) fn backup(step: &'static str) -> impl Fn(BackupError) -> Self {
        move |source| Self::Backup { step, source }
    }

    /// 2 where nothing was begun, because of how it was asked; otherwise 1.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::NotOpened { source: OpenError::Journal(error) } if error.is_too_new() => {
                ExitCode::from(2)
            }
            Self::Settings(_)
            | Self::NoBaseUrl
            | Self::DemoOpenToOthers { .. }
            | Self::NotADemo { .. }
            | Self::OnlyADemo { .. }
            | Self::NotEmpty { .. }
            | Self::NotSetUp { .. }
            | Self::Unfinished { .. }
            | Self::FileNotRead { .. }
            | Self::NotRead { .. }
            | Self::NotFacts { .. }
            | Self::FactsTooLarge { .. }
            | Self::NotAKey { .. }
            | Self::NoCheckpoints { .. }
            | Self::Backup {
                source:
                    BackupError::NoBackup { .. }
                    | BackupError::NotABackup { .. }
                    | BackupError::InDataDirectory { .. }
                    | BackupError::InUse { .. }
                    | BackupError::NotEmpty { .. },
                ..
            }
            | Self::NotOpened {
                source:
                    OpenError::Categories(_)
                    | OpenError::Rulebooks(_)
                    | OpenError::Notifications(_)
                    | OpenError::Duties(_)
                    | OpenError::MailTexts(_)
                    | OpenError::Mail(_)
                    | OpenError::Sender(_),
            } => ExitCode::from(2),
            Self::NotMade { .. }
            | Self::NotBound { .. }
            | Self::NobodySignsIn
            | Self::NoSuchCase { .. }
            | Self::NotOpened { .. }
            | Self::Control(_)
            | Self::Refused { .. }
            | Self::Backup { .. }
            | Self::House { .. } => ExitCode::FAILURE,
        }
    }

    /// What is wrong with a file of facts.
    fn about_facts(&self) -> String {
        match self {
            Self::FactsTooLarge { most, .. } => {
                format!("is larger than the {most} bytes that are read")
            }
            _ => "does not hold facts as docs/FACTS.md has them".to_owned(),
        }
    }

    /// The whole chain of causes on one line.
    pub(crate) fn chain(&self) -> String {
        chain_of(self)
    }
}

/// An error with the whole chain of its causes, on one line.
pub(crate) fn chain_of(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It stands for itself: what is wrong is told setting by setting.
            Self::Settings(error) => error.fmt(f),
            Self::NoBaseUrl => write!(
                f,
                "server.base_url is missing: a service that listens on every address of the \
                 machine needs it for the links in mails, such as https://avvik.example.org"
            ),
            Self::DemoOpenToOthers { listen } => write!(
                f,
                "the demo is for this machine alone and does not listen on {listen}; \
                 give it a loopback address, such as --listen 127.0.0.1:{}, or leave out --demo",
                listen.port()
            ),
            Self::NotADemo { dir } => write!(
                f,
                "{} does not hold a demo; leave out --demo, or give the demo a --data-dir of its \
                 own",
                dir.display()
            ),
            Self::OnlyADemo { dir } => write!(
                f,
                "{} holds a demo; add --demo, or set up a real data directory with `avvik init`",
                dir.display()
            ),
            Self::NotEmpty { dir } => write!(
                f,
                "{} is not empty; `avvik init` sets up a new data directory and touches no other",
                dir.display()
            ),
            Self::NotSetUp { dir } => write!(
                f,
                "{} is no data directory; set one up with `avvik init`, or name another with \
                 --data-dir",
                dir.display()
            ),
            Self::Unfinished { dir } => write!(
                f,
                "setting up {} was broken off; remove the directory and set it up again",
                dir.display()
            ),
            Self::NoSuchCase { number } => write!(f, "there is no case {number}"),
            Self::NotRead { path, .. } => write!(f, "{} cannot be read", path.display()),
            Self::NotFacts { path, .. } | Self::FactsTooLarge { path, .. } => {
                write!(f, "{} {}", path.display(), self.about_facts())
            }
            Self::NotAKey { path } => write!(
                f,
                "{} holds no public key of a log, which looks like avvik/…+…+…",
                path.display()
            ),
            Self::NoCheckpoints { path } => {
                write!(f, "{} holds no checkpoint, or one that is not whole", path.display())
            }
            Self::NobodySignsIn => {
                write!(f, "nobody signs in with that name; give the name the person signs in with")
            }
            Self::FileNotRead { setting, path, .. } => {
                write!(f, "{}, which {setting} names, cannot be read", path.display())
            }
            Self::NotMade { path, .. } => write!(f, "{} cannot be made", path.display()),
            Self::NotBound { listen, .. } => write!(
                f,
                "the service cannot listen on {listen}; name another address with --listen"
            ),
            Self::NotOpened { .. } => write!(f, "the service could not be opened"),
            Self::Control(_) => write!(f, "the running service could not be asked"),
            Self::Refused { reason } => f.write_str(reason),
            Self::Backup { step, .. } | Self::House { step, .. } => f.write_str(step),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Settings(error) => error.source(),
            Self::FileNotRead { source, .. }
            | Self::NotRead { source, .. }
            | Self::NotMade { source, .. }
            | Self::NotBound { source, .. } => Some(source),
            Self::NotFacts { source, .. } => Some(source),
            Self::NotOpened { source } => Some(source),
            Self::Control(error) => Some(error),
            Self::Backup { source, .. } => Some(source),
            Self::House { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}
