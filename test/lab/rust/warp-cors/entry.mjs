/** Filters of warp around a route. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `use warp::Filter;

{modules}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let cors = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let port: u16 = given[2].parse().unwrap();
    warp::serve(warp::any().map(|| "ok").with(cors)).run(([127, 0, 0, 1], port)).await;
}
`,
  (name) => `${name}::cors()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'warp 0.3.7' }],
  missing: whyNoRust,
  // Names of methods and headers are kept in sets.
  unordered: true,
  // It panics while it is made.
  refusal: /ended before it listened/,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
