//! The way to a mail server, on which a test can make things go wrong.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What ends the text of a message on its way to the server.
const END_OF_MESSAGE: &[u8] = b"\r\n.\r\n";

/// How it is on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// Everything comes through.
    Open,
    /// Nobody answers.
    Blocked,
    /// The server takes the message, and its saying so is lost.
    AnswerLost,
}

/// A port that leads to a mail server. It ends with the test's runtime.
#[derive(Debug)]
pub struct MailRoad {
    port: u16,
    passage: Arc<Mutex<Passage>>,
}

impl MailRoad {
    /// A way to the server on that port of this machine.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn to(server: u16, passage: Passage) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let port = listener.local_addr().expect("it listens").port();
        let passage = Arc::new(Mutex::new(passage));
        let on_the_way = Arc::clone(&passage);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let passage = *on_the_way.lock().expect("nobody panics while holding it");
                if passage != Passage::Blocked {
                    tokio::spawn(carry(client, server, passage));
                }
            }
        });
        Self { port, passage }
    }

    /// The port it begins at.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Changes how it is on the way, for every connection from now on.
    ///
    /// # Panics
    /// Never: nobody panics while holding it.
    pub fn set(&self, passage: Passage) {
        *self.passage.lock().expect("nobody panics while holding it") = passage;
    }
}

async fn carry(client: TcpStream, server: u16, passage: Passage) {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.expect("the mail server runs").into_split();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let there = copy(from_client, to_server, Some(Arc::clone(&sent)), None);
    let lost = (passage == Passage::AnswerLost).then_some(sent);
    let back = copy(from_server, to_client, None, lost);
    // Whoever hangs up first ends both ways.
    tokio::select! {
        () = there => (),
        () = back => (),
    }
}

/// Copies until the sender hangs up, or until an answer comes to a message in `until_sent`.
async fn copy(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    kept: Option<Arc<Mutex<Vec<u8>>>>,
    until_sent: Option<Arc<Mutex<Vec<u8>>>>,
) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if let Some(kept) = &kept {
            kept.lock().expect("nobody panics while holding it").extend(&buffer[..length]);
        }
        let is_over = until_sent.as_ref().is_some_and(|sent| {
            sent.lock().expect("nobody panics while holding it").ends_with(END_OF_MESSAGE)
        });
        if is_over || to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
