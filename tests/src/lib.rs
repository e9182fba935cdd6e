//! What the tests share: starting the service, walking through it.

pub mod smtp_server;
