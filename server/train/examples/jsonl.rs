//! scratch
use serde_json::{Value, json};
use std::io::{BufRead, Write};
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let v: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let s = |k: &str| v[k].as_str().unwrap().to_owned();
        let answer = if mode == "annotate" {
            let t = s("text");
            let sentences: Vec<Value> = ibid_evidence::annotate(&t).iter().map(|a| json!({"start":a.span.start,"end":a.span.end,"claim":a.claim,"hedge":a.hedge,"certainty":a.certainty,"definition":null})).collect();
            json!({"id":v["id"],"sentences":sentences})
        } else {
            let (c, e) = (s("claim"), s("evidence"));
            let f = ibid_evidence::verify(&c, &e);
            let m: Vec<Value> = f
                .mismatches
                .iter()
                .map(|m| json!({"kind":m.kind,"claim":m.claim.of(&c),"evidence":m.evidence.of(&e)}))
                .collect();
            json!({"id":v["id"],"verdict":f.verdict,"support":f.support,"coverage":f.coverage,"strength":{"claim":f.strength.claim,"evidence":f.strength.evidence},"mismatches":m})
        };
        writeln!(out, "{answer}").unwrap();
    }
}
