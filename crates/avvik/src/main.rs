//! The binary: reads settings, wires the house together, runs the commands.

fn main() {}
