//! The queue before reports and files: nobody is refused because many come from one address, and no
//! address keeps the others waiting.
//!
//! A whole municipality sits behind one address, so a count of requests from an address says
//! nothing about whether they are meant well. Instead each address has a few places at a time, and
//! all together share a bound on the bytes that are being read. Whoever finds none waits for their
//! turn, in order, with the request unread. What a waiting request costs is its connection.
//!
//! No address is kept: while somebody from it is being served or waits, a hash of it is, under a
//! key that ends with the process.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, HeaderName};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::App;
use crate::fault::Fault;

/// How many requests of one address are read and answered at a time.
const EACH_MAX: usize = 8;
/// How many mebibytes are read at a time, of all.
const MEBIBYTES_MAX: u32 = 128;
/// How many requests may wait, of all: each holds a connection, and a process has only so many.
const WAITING_MAX: usize = 4_096;

/// What a proxy says of the address it was asked from.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Those who wait, and those whose turn it is.
pub(crate) struct Queue {
    secret: RandomState,
    sources: Mutex<HashMap<u64, Weak<Semaphore>>>,
    shared: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _own: OwnedSemaphorePermit,
    _shared: OwnedSemaphorePermit,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            secret: RandomState::new(),
            sources: Mutex::default(),
            shared: Arc::new(Semaphore::new(MEBIBYTES_MAX as usize)),
            waiting: AtomicUsize::new(0),
        }
    }
}

impl Queue {
    /// Waits for a turn for so many bytes, behind those of the same address who came before.
    /// Nothing if as many wait as can.
    async fn turn(&self, source: IpAddr, bytes: u64) -> Option<Turn> {
        let _waiting = Waiting::join(&self.waiting)?;
        let own = self.places_of(source).acquire_owned().await;
        let mebibytes = u32::try_from(bytes.div_ceil(1 << 20)).unwrap_or(u32::MAX);
        let mebibytes = mebibytes.clamp(1, MEBIBYTES_MAX);
        let shared = Arc::clone(&self.shared).acquire_many_owned(mebibytes).await;
        let open = "the places are never closed";
        Some(Turn { _own: own.expect(open), _shared: shared.expect(open) })
    }

    /// The places of one address. They are forgotten with the last who holds or awaits one.
    fn places_of(&self, source: IpAddr) -> Arc<Semaphore> {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.retain(|_, places| 0 < places.strong_count());
        let key = self.secret.hash_one(source);
        let known = sources.get(&key).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let places = Arc::new(Semaphore::new(EACH_MAX));
            sources.insert(key, Arc::downgrade(&places));
            places
        })
    }
}

/// Counted as long as it is there, also where whoever waits hangs up.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(count: &'a AtomicUsize) -> Option<Self> {
        if count.fetch_add(1, Ordering::AcqRel) < WAITING_MAX {
            return Some(Self(count));
        }
        count.fetch_sub(1, Ordering::AcqRel);
        None
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Lets what is sent wait for its turn before it is read.
pub(crate) async fn wait(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let source = source(&request, app.is_behind_proxy());
    let bytes = length(request.headers()).unwrap_or_else(|| app.file_bytes_max() as u64);
    match app.queue().turn(source, bytes).await {
        Some(_turn) => next.run(request).await,
        None => Fault::TooSlow.into_response(),
    }
}

/// Whence it came: what the proxy before us says, where there is one, else the other end.
fn source(request: &Request, is_behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let forwarded = request.headers().get_all(FORWARDED_FOR).iter().next_back();
    let forwarded = forwarded.filter(|_| is_behind_proxy).and_then(|it| it.to_str().ok());
    // Only the last was added by our own proxy; whatever stands before it anybody can say.
    let last = forwarded.and_then(|it| it.rsplit(',').next()?.trim().parse().ok());
    last.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOOD: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    /// Waits for ever where it does not hold.
    #[tokio::test]
    async fn a_flood_from_one_address_keeps_nobody_else_waiting() {
        let queue = Arc::new(Queue::default());
        let mut held = Vec::new();
        for _ in 0..EACH_MAX {
            held.push(queue.turn(FLOOD, 1).await.unwrap());
        }
        let waiting: Vec<_> = (0..100)
            .map(|_| {
                let queue = Arc::clone(&queue);
                tokio::spawn(async move { queue.turn(FLOOD, 1).await.is_some() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(queue.turn(OTHER, 1).await.is_some());
        assert!(waiting.iter().all(|it| !it.is_finished()), "they come one after the other");
        drop(held);
        for it in waiting {
            assert!(it.await.unwrap(), "everybody has their turn");
        }
        assert_eq!(queue.waiting.load(Ordering::Acquire), 0);
        drop(queue.places_of(OTHER));
        let sources = queue.sources.lock().unwrap();
        assert!(sources.len() <= 1, "of those who are gone nothing is kept");
    }

    #[tokio::test]
    async fn large_ones_wait_for_one_another_and_each_has_its_turn() {
        let queue = Arc::new(Queue::default());
        let all = queue.turn(FLOOD, u64::MAX).await.unwrap();
        let next = tokio::spawn({
            let queue = Arc::clone(&queue);
            async move { queue.turn(OTHER, 200 << 20).await.is_some() }
        });
        tokio::task::yield_now().await;
        assert!(!next.is_finished());
        drop(all);
        assert!(next.await.unwrap());
    }

    #[tokio::test]
    async fn whoever_hangs_up_leaves_the_queue() {
        let queue = Arc::new(Queue::default());
        let _all = queue.turn(FLOOD, u64::MAX).await.unwrap();
        let next = tokio::spawn({
            let queue = Arc::clone(&queue);
            async move { queue.turn(OTHER, 1).await.is_some() }
        });
        tokio::task::yield_now().await;
        assert_eq!(queue.waiting.load(Ordering::Acquire), 1);
        next.abort();
        assert!(next.await.is_err());
        assert_eq!(queue.waiting.load(Ordering::Acquire), 0);
    }

    #[test]
    fn a_proxy_is_believed_where_there_is_one() {
        let mut request = Request::new(axum::body::Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
        let said = "198.51.100.7, 192.0.2.2".parse().unwrap();
        request.headers_mut().insert(FORWARDED_FOR, said);
        assert_eq!(source(&request, false), FLOOD);
        assert_eq!(source(&request, true), OTHER);
    }
}
