//! readers parser|rs FOLDER: MB/s of the crates edifact-parser (events) and
//! edifact-rs (segments) over the folder's files, held in memory; best of five
//! rounds. One line: MB/s and segments of the files that were read, and how
//! many were refused.
use std::{env, fs, hint::black_box, time::Instant};

struct Count(usize);

impl edifact_parser::EdifactHandler for Count {
    fn on_segment(&mut self, s: &edifact_primitives::RawSegment) -> edifact_primitives::Control {
        self.0 += 1;
        black_box(&s.elements);
        edifact_primitives::Control::Continue
    }
}

/// Segments of a payload; None when it is refused.
fn events(bytes: &[u8]) -> Option<usize> {
    let mut c = Count(0);
    edifact_parser::EdifactStreamParser::parse(bytes, &mut c).ok()?;
    Some(c.0)
}

fn segments(bytes: &[u8]) -> Option<usize> {
    let mut nr = 0;
    for s in edifact_rs::from_bytes(bytes) {
        black_box(&s.ok()?.elements);
        nr += 1;
    }
    Some(nr)
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let read = if args[1] == "rs" { segments } else { events };
    let files: Vec<Vec<u8>> = fs::read_dir(&args[2])
        .unwrap()
        .map(|f| fs::read(f.unwrap().path()).unwrap())
        .collect();
    let (mut best, mut nr, mut refused) = (0f64, 0, 0);
    for _ in 0..5 {
        let from = Instant::now();
        let mut bytes = 0;
        (nr, refused) = (0, 0);
        for f in &files {
            match read(f) {
                Some(n) => {
                    nr += n;
                    bytes += f.len();
                }
                None => refused += 1,
            }
        }
        best = best.max(bytes as f64 / 1e6 / from.elapsed().as_secs_f64());
    }
    println!("{best:.2} {nr} {refused}");
}
