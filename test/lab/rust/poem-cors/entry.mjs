/** Middlewares of poem around an endpoint. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `use poem::endpoint::make_sync;
use poem::listener::TcpListener;
use poem::{EndpointExt, Server};

{modules}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let cors = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let address = format!("127.0.0.1:{}", given[2]);
    Server::new(TcpListener::bind(address)).run(make_sync(|_| "ok").with(cors)).await.unwrap();
}
`,
  (name) => `${name}::cors()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'poem 3.1.12' }],
  missing: whyNoRust,
  // Names of methods and headers are kept in sets.
  unordered: true,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
