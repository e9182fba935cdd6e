//! Mail reaches a real server, and what the server refuses is told apart: for now, or for good.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;

use channels::mail::{
    Credentials, Encryption, Mail, Message, MessageId, SendError, ServerFault, Smtp, SmtpSettings,
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use tests::smtp_server::SmtpServer;

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        encryption: Encryption::None,
        trusted_issuers: None,
        credentials: None,
        from: "avvik@kommune.example.org".parse().unwrap(),
        timeout_seconds: 30,
    }
}

fn mail(settings: SmtpSettings) -> Mail {
    Mail::Smtp(Smtp::new(settings).unwrap())
}

fn message_to(recipients: &[&str]) -> Message {
    Message {
        id: MessageId::new("notice-17").unwrap(),
        to: recipients.iter().map(|recipient| recipient.parse().unwrap()).collect(),
        subject: "Sak 2026/17: 4 timer igjen".to_owned(),
        text: "Fristen nærmer seg.\n".to_owned(),
        sent_at: "2026-03-27T14:30:05Z".parse().unwrap(),
    }
}

/// Everything a log could say of an error: the chain of its sources, and its `Debug`.
fn all_that_is_said(error: &SendError) -> String {
    let chain = std::iter::successors(Some(error as &dyn Error), |&error| error.source());
    chain.fold(format!("{error:?}"), |said, error| format!("{said}\n{error}"))
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let server = SmtpServer::start();
    let message = Message {
        subject: "Ny sak på Åsen skole: «mistet nettbrett», les før kl. 15 i dag, fredag"
            .to_owned(),
        text: format!("Blåbærsyltetøy\n.\n..prikk\nFrom a\n{}\n", "æøå ".repeat(400)),
        ..message_to(&["ombud@example.org", "vara@example.org"])
    };
    mail(settings(server.port())).send(&message).await.unwrap();

    let received = server.wait_for(1).remove(0);
    assert_eq!(received.from, "avvik@kommune.example.org");
    assert_eq!(received.to, ["ombud@example.org", "vara@example.org"]);
    assert_eq!(received.text.replace("\r\n", "\n"), message.text);
    for (name, value) in [
        ("Message-ID", "<notice-17@kommune.example.org>"),
        ("Date", "Fri, 27 Mar 2026 14:30:05 +0000"),
        ("From", "avvik@kommune.example.org"),
        ("To", "ombud@example.org, vara@example.org"),
        ("Subject", &message.subject),
        ("Auto-Submitted", "auto-generated"),
    ] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_repeat_is_recognisable_and_another_message_is_not_a_repeat() {
    let server = SmtpServer::start();
    let mail = mail(settings(server.port()));
    let message = message_to(&["ombud@example.org"]);
    mail.send(&message).await.unwrap();
    mail.send(&message).await.unwrap();
    let other = Message { id: MessageId::new("notice-18").unwrap(), ..message };
    mail.send(&other).await.unwrap();

    let received = server.wait_for(3);
    assert_eq!(received[0], received[1]);
    assert_ne!(received[0].header("Message-ID"), received[2].header("Message-ID"));
}

#[tokio::test]
async fn a_recipient_refused_for_good_is_permanent_and_not_named() {
    let server = SmtpServer::start();
    let mail = mail(settings(server.port()));
    let error = mail.send(&message_to(&["refuse-ola@example.org"])).await.unwrap_err();
    assert!(matches!(error, SendError::HandOver(ServerFault::Reply { code: 550 })), "{error:?}");
    assert!(!error.is_transient());
    let said = all_that_is_said(&error);
    for hidden in ["ola", "example.org", "Fristen", "2026/17"] {
        assert!(!said.contains(hidden), "{hidden} in {said}");
    }
}

#[tokio::test]
async fn a_recipient_refused_for_now_is_transient_and_not_named() {
    let server = SmtpServer::start();
    let mail = mail(settings(server.port()));
    let error = mail.send(&message_to(&["later-ola@example.org"])).await.unwrap_err();
    assert!(matches!(error, SendError::HandOver(ServerFault::Reply { code: 451 })), "{error:?}");
    assert!(error.is_transient());
    assert!(!all_that_is_said(&error).contains("ola"));
}

#[tokio::test]
async fn one_refused_recipient_holds_the_message_back_from_the_rest() {
    let server = SmtpServer::start();
    let mail = mail(settings(server.port()));
    let both = message_to(&["ombud@example.org", "refuse-ola@example.org"]);
    assert!(mail.send(&both).await.is_err());
    mail.send(&message_to(&["vara@example.org"])).await.unwrap();
    let received = server.wait_for(1);
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].to, ["vara@example.org"]);
}

#[tokio::test]
async fn a_server_that_is_away_may_come_back() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let message = message_to(&["ombud@example.org"]);
    let error = mail(settings(port)).send(&message).await.unwrap_err();
    assert!(matches!(error, SendError::Connect(ServerFault::Connection(_))), "{error:?}");
    assert!(error.is_transient());
    assert!(all_that_is_said(&error).contains("refused"), "{}", all_that_is_said(&error));
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_for_now() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let settings =
        SmtpSettings { timeout_seconds: 1, ..settings(silent.local_addr().unwrap().port()) };
    let error = mail(settings).send(&message_to(&["ombud@example.org"])).await.unwrap_err();
    assert!(matches!(error, SendError::TimedOut), "{error:?}");
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_server_that_does_not_speak_smtp_is_given_up_for_now() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        connection
    });
    let message = message_to(&["ombud@example.org"]);
    let error = mail(settings(port)).send(&message).await.unwrap_err();
    server.join().unwrap();
    assert!(matches!(error, SendError::Connect(ServerFault::NotUnderstood)), "{error:?}");
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_server_that_asks_who_we_are_is_told() {
    let server = SmtpServer::start_with(["--user", "avvik", "--password", "hemmelig"]);
    let message = message_to(&["ombud@example.org"]);
    let with_password = |password: &str| SmtpSettings {
        credentials: Some(Credentials { user: "avvik".to_owned(), password: password.to_owned() }),
        ..settings(server.port())
    };
    mail(with_password("hemmelig")).send(&message).await.unwrap();
    assert!(server.wait_for(1)[0].signed_in);

    let error = mail(with_password("feil")).send(&message).await.unwrap_err();
    assert!(matches!(error, SendError::SignIn(ServerFault::Reply { code: 535 })), "{error:?}");
    assert!(error.is_transient(), "the settings are wrong, not the message");

    let error = mail(settings(server.port())).send(&message).await.unwrap_err();
    assert!(matches!(error, SendError::HandOver(ServerFault::Reply { code: 530 })), "{error:?}");
    assert!(error.is_transient(), "the settings are wrong, not the message");
}

/// A server's certificate for 127.0.0.1 and its key, as files, and the certificate of its issuer.
struct Certificates {
    directory: TempDir,
    issuer: Vec<u8>,
}

impl Certificates {
    fn issue() -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap());
        let authority = authority.unwrap();
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        let server = server.signed_by(&key, &authority).unwrap();
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("certificate.pem"), server.pem()).unwrap();
        fs::write(directory.path().join("key.pem"), key.serialize_pem()).unwrap();
        Self { directory, issuer: authority.pem().into_bytes() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn server(&self, more: &[&str]) -> SmtpServer {
        let (certificate, key) = (self.file("certificate.pem"), self.file("key.pem"));
        let files = ["--certificate".into(), certificate, "--key".into(), key];
        SmtpServer::start_with(files.into_iter().chain(more.iter().map(PathBuf::from)))
    }
}

#[tokio::test]
async fn an_encrypted_connection_carries_the_message_if_the_issuer_is_trusted() {
    let certificates = Certificates::issue();
    let message = message_to(&["ombud@example.org"]);
    for (encryption, how) in [(Encryption::StartTls, &[][..]), (Encryption::Tls, &["--tls"])] {
        let server = certificates.server(how);
        let untrusting = SmtpSettings { encryption, ..settings(server.port()) };
        let trusting = SmtpSettings {
            trusted_issuers: Some(certificates.issuer.clone()),
            ..untrusting.clone()
        };
        mail(trusting).send(&message).await.unwrap();

        let error = mail(untrusting).send(&message).await.unwrap_err();
        assert!(
            matches!(
                (encryption, &error),
                (Encryption::StartTls, SendError::Encrypt(ServerFault::Connection(_)))
                    | (Encryption::Tls, SendError::Connect(ServerFault::Connection(_)))
            ),
            "{error:?}"
        );
        assert!(error.is_transient());
        assert!(all_that_is_said(&error).contains("UnknownIssuer"), "{}", all_that_is_said(&error));

        let received = server.wait_for(1);
        assert_eq!(received.len(), 1);
        assert!(received[0].encrypted);
    }
}

#[tokio::test]
async fn a_server_that_does_not_offer_encryption_gets_no_message() {
    let server = SmtpServer::start();
    let message = message_to(&["ombud@example.org"]);
    let insisting = SmtpSettings { encryption: Encryption::StartTls, ..settings(server.port()) };
    let error = mail(insisting).send(&message).await.unwrap_err();
    assert!(matches!(error, SendError::Encrypt(ServerFault::NotOffered)), "{error:?}");
    assert!(error.is_transient());

    let marker = Message { id: MessageId::new("marker").unwrap(), ..message };
    mail(settings(server.port())).send(&marker).await.unwrap();
    let received = server.wait_for(1);
    assert_eq!(received[0].header("Message-ID"), Some("<marker@kommune.example.org>"));
}
