//! What the tests share: starting the service, walking through it.

pub mod http;
pub mod people;
pub mod running;
pub mod smtp_server;

pub use http::{Answer, Client};
pub use people::Person;
pub use running::Running;
