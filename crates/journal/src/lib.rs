//! Everything durable: the log of events, its seals, its chain and its keys.
