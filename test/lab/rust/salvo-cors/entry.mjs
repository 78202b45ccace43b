/** Handlers of salvo before a goal. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `use salvo::conn::TcpListener;
use salvo::prelude::*;

{modules}

#[handler]
async fn answer() -> &'static str {
    "ok"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let cors = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let cors = cors.into_handler();
    let acceptor = TcpListener::new(format!("127.0.0.1:{}", given[2])).bind().await;
    Server::new(acceptor).serve(Service::new(Router::new().goal(answer)).hoop(cors)).await;
}
`,
  (name) => `${name}::cors()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'salvo 0.95.2' }],
  missing: whyNoRust,
  // It panics while it is made.
  refusal: /ended before it listened/,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
