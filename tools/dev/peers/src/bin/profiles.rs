//! profiles EXPRESSIONS TRAVELLERS: us per traveller of the crate a-tree over
//! the files of `paxgate bench peers`. Events are made beforehand; best of
//! five rounds over all travellers. One line: us, hits, seconds to build.
use a_tree::{ATree, AttributeDefinition};
use std::{env, fs, hint::black_box, time::Instant};

fn main() {
    let args: Vec<String> = env::args().collect();
    let expressions = fs::read_to_string(&args[1]).unwrap();
    let table = fs::read_to_string(&args[2]).unwrap();
    let mut lines = table.lines();
    let columns: Vec<(&str, bool)> = lines
        .next()
        .unwrap()
        .split('\t')
        .map(|c| c.split_once(':').unwrap())
        .map(|(name, kind)| (name, kind == "text"))
        .collect();
    let attributes: Vec<AttributeDefinition> = columns
        .iter()
        .map(|&(name, text)| match text {
            true => AttributeDefinition::string(name),
            false => AttributeDefinition::integer(name),
        })
        .collect();
    let from = Instant::now();
    let mut tree = ATree::new(&attributes).unwrap();
    for (i, e) in expressions.lines().enumerate() {
        tree.insert(&(i as u64), e).unwrap();
    }
    let built = from.elapsed().as_secs_f64();
    let events: Vec<_> = lines
        .map(|line| {
            let mut b = tree.make_event();
            for (&(name, text), cell) in columns.iter().zip(line.split('\t')) {
                match (cell, text) {
                    ("", _) => b.with_undefined(name),
                    (_, true) => b.with_string(name, cell),
                    (_, false) => b.with_integer(name, cell.parse().unwrap()),
                }
                .unwrap();
            }
            b.build().unwrap()
        })
        .collect();
    let (mut best, mut hits) = (f64::MAX, 0);
    for _ in 0..5 {
        let from = Instant::now();
        hits = 0;
        for e in &events {
            hits += black_box(tree.search(e).unwrap()).matches().len();
        }
        best = best.min(from.elapsed().as_secs_f64() * 1e6 / events.len() as f64);
    }
    println!("{best:.2} {hits} {built:.2}");
}
