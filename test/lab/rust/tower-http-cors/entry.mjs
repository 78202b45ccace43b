/** Layers of tower-http around an application of axum. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `use axum::Router;

{modules}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let app = Router::new().fallback(|| async { "ok" });
    let app = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let address = format!("127.0.0.1:{}", given[2]);
    axum::serve(tokio::net::TcpListener::bind(address).await.unwrap(), app).await.unwrap();
}
`,
  (name) => `app.layer(${name}::cors())`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'tower-http 0.7.1 on axum 0.8.9' }],
  missing: whyNoRust,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
